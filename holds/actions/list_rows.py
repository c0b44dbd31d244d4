"""What the imports of counsel, custody and contacts share: a row that is not taken in, and why."""

import uuid
from collections.abc import Iterable, Sequence

from holds.actions.failing_rows import ListRow, OpenFailures
from holds.actions.named_people import Meant
from holds.actions.source_lists import NOT_ON_RECORD, Done, OpenList, failing_row
from holds.actions.tasks import NewTask
from holds.intake.columns import Mapping
from holds.intake.problem import CellProblem
from holds.intake.workbook import column_letter
from holds.store.sealing import OwnerKey


class Intake:
    """The rows of one batch: each is taken in, or kept to be mended with the reason at its cell."""

    def __init__(self, opened: OpenList, mapping: Mapping, failures: OpenFailures) -> None:
        self.opened = opened
        self.mapping = mapping
        self.failures = failures
        self.done = Done()
        self.doubts: list[NewTask] = []

    def count(self, name: str, number: int = 1) -> None:
        self.done.counts[name] += number

    def refuse(self, row: ListRow, *codes: str, at: str = "a_number") -> None:
        """Count a row as rejected, under its reason too, and keep it unless an earlier list keeps it."""
        self.count("rejected")
        for code in codes:
            self.count(code.rpartition(".")[2] if code == NOT_ON_RECORD else code)
        if not self.failures.untouched(row):
            self._keep(row, (*row.problems, *(self._problem(row, code, at) for code in codes)), None)

    def nobody(self, row: ListRow, found: Meant, doubt_kind: str) -> None:
        """Refuse a row that names nobody for certain; whoever it may have meant gets a human's task."""
        code = found.code or NOT_ON_RECORD
        self.refuse(row, code)
        if code != NOT_ON_RECORD:
            self.count("doubtful")
        place = f"{self.opened.id}/{row.row}"
        self.doubts += [
            NewTask(kind=doubt_kind, subject_id=pid, person_id=pid, detail=place, evidence={"code": code})
            for pid in found.near
        ]

    def take(
        self,
        row: ListRow,
        counted: str,
        person_id: uuid.UUID,
        key: OwnerKey | None,
        extra: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Count a row that was taken in; what could not be read of it is kept under the person's key.

        `extra` are further problems, as code and field.
        """
        self.count(counted)
        problems = (*row.problems, *(self._problem(row, code, at) for code, at in extra))
        mended = self.failures.mended_by(row, person_id, troubled=frozenset(p.column for p in problems))
        self.failures.forget(mended)
        self.done.mended += mended
        if problems and key is not None and not self.failures.untouched(row):
            self.count("rows_to_mend")
            self._keep(row, problems, key)

    def take_nameless(self, row: ListRow) -> None:
        """A row that names nobody (a facility) and was taken in; what could not be read is kept."""
        mended = self.failures.mended_by(row, None)
        self.failures.forget(mended)
        self.done.mended += mended
        if row.problems and not self.failures.untouched(row):
            self.count("rows_to_mend")
            self._keep(row, row.problems, None)

    def _keep(self, row: ListRow, problems: Sequence[CellProblem], key: OwnerKey | None) -> None:
        self.done.failing.append(
            failing_row(
                self.opened, row_number=row.row, cells=row.cells, problems=_once(problems), person_key=key
            )
        )

    def _problem(self, row: ListRow, code: str, field: str) -> CellProblem:
        column = self.mapping.fields.get(field)
        if column is None:
            return CellProblem(row.row, "", "", code)
        return CellProblem(row.row, self.mapping.heading[column], column_letter(column), code)


def _once(problems: Iterable[CellProblem]) -> list[CellProblem]:
    return list(dict.fromkeys(problems))
