"""Rows of earlier lists that still need mending: which of them a new row mends; opening them for a report.

A mended row is known by its untouched cells: it agrees with the row that failed in every cell but those that
were to be mended. A row of the same person that now says, without a problem, what could not be read closes
it too.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.actions.source_lists import Failure, OpenList
from holds.domain.staff import Acting
from holds.intake.columns import MEND_HEADING, REPORT_HEADINGS
from holds.intake.problem import CellProblem
from holds.intake.report import FailingRow as RowToMend
from holds.intake.workbook import column_letter
from holds.store.exposures import FailingRow, SourceList
from holds.store.ledger import Entry, write_ledger
from holds.store.vault import Vault, open_json

KEYS_AT_ONCE = 500
ABOUT_WHO = ("person.", "identity.")
"""Codes of problems that a change in any identifying cell may mend."""


class ListRow(Protocol):
    """What rows of every kind of list have in common."""

    @property
    def row(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def problems(self) -> tuple[CellProblem, ...]: ...


class OpenFailures:
    """What earlier lists of the same kind (and incident) left to mend. Read once a run; it may be empty."""

    def __init__(
        self, session: Session, vault: Vault, opened: OpenList, identifying: Iterable[str] = ()
    ) -> None:
        self._kept = _advice_left_out(opened.heading)
        self._about_who = {
            place for place, i in enumerate(self._kept) if opened.heading[i] in set(identifying)
        }
        self._like: dict[frozenset[int], dict[tuple[str, ...], list[Failure]]] = {}
        self._whole: set[tuple[str, ...]] = set()
        self.of_person: dict[uuid.UUID, list[Failure]] = defaultdict(list)
        self._of_report = MEND_HEADING in opened.heading
        headings = [opened.heading[i] for i in self._kept]
        self._said = frozenset(headings)
        lists = session.scalars(
            select(SourceList).where(
                SourceList.kind == opened.kind,
                SourceList.incident_id.is_not_distinct_from(opened.incident_id),
                SourceList.id != opened.id,
            )
        ).all()
        for source_list in lists:
            for stored, cells in _opened_rows(session, vault, source_list.id):
                failure = Failure(
                    stored.source_list_id,
                    stored.row_number,
                    stored.person_id,
                    frozenset(p["column"] for p in stored.problems if p["column"]),
                    frozenset(p["code"] for p in stored.problems),
                )
                if stored.person_id is not None:
                    self.of_person[stored.person_id].append(failure)
                kept = _advice_left_out(source_list.heading)
                if [source_list.heading[i] for i in kept] == headings:
                    self._remember(failure, stored, [cells[i] for i in kept], kept)

    def _remember(
        self, failure: Failure, stored: FailingRow, cells: Sequence[str], kept: Sequence[int]
    ) -> None:
        texts = tuple(_tidy(text) for text in cells)
        self._whole.add(texts)
        letters = {column_letter(index): place for place, index in enumerate(kept)}
        to_mend = {letters[p["letter"]] for p in stored.problems if p["letter"] in letters}
        if any(p["code"].startswith(ABOUT_WHO) for p in stored.problems):
            to_mend |= self._about_who
        same = self._like.setdefault(frozenset(to_mend), {})
        same.setdefault(_without(texts, frozenset(to_mend)), []).append(failure)

    def _texts(self, row: ListRow) -> tuple[str, ...]:
        return tuple(_tidy(row.cells[i]) for i in self._kept)

    def untouched(self, row: ListRow) -> bool:
        """Whether the row is one that failed before, and nobody has changed anything in it."""
        return bool(self._whole) and self._texts(row) in self._whole

    def like(self, row: ListRow) -> list[Failure]:
        """The failures that agree with the row in every cell but those to be mended.

        A row that named nobody has too little left to be told by: only a report, sent back, mends it.
        """
        if not self._like:
            return []
        texts = self._texts(row)
        found = [f for places, same in self._like.items() for f in same.get(_without(texts, places), ())]
        return [f for f in found if self._of_report or f.person_id is not None]

    def mended_by(
        self,
        row: ListRow,
        person_id: uuid.UUID | None,
        *,
        troubled: frozenset[str] | None = None,
        numbered: bool = False,
    ) -> list[Failure]:
        """The failures that a row which was taken in closes: of its own cells, and of the person it names.

        `troubled` are the headings of cells that still need mending (of `row.problems` where not given);
        `numbered`: the row gives the person's number, under whatever heading.
        """
        if troubled is None:
            troubled = frozenset(problem.column for problem in row.problems)
        # Of a row mended in part the rest is kept with the new one, so that each error stands open once.
        own = [f for f in self.like(row) if f.person_id is None or not f.columns or f.columns - troubled]
        theirs = [
            f
            for f in (self.of_person.get(person_id, ()) if person_id else ())
            if (f.columns and f.columns <= self._said and not f.columns & troubled)
            or (numbered and all(code.startswith("a_number.") for code in f.codes))
        ]
        return list(dict.fromkeys((*own, *theirs)))

    def forget(self, mended: Iterable[Failure]) -> None:
        """Leave out what is mended."""
        gone = set(mended)
        for same in self._like.values():
            for texts, failures in same.items():
                same[texts] = [f for f in failures if f not in gone]
        for person_id, failures in self.of_person.items():
            self.of_person[person_id] = [f for f in failures if f not in gone]


def mend(session: Session, *, acting: Acting, opened: OpenList, mended: Sequence[Failure]) -> None:
    """Close failing rows: the list that was opened mended them."""
    rows = list({(f.source_list_id, f.row_number): f for f in mended}.values())
    if not rows:
        return
    session.execute(
        update(FailingRow),
        [
            {
                "source_list_id": f.source_list_id,
                "row_number": f.row_number,
                "mended_by": opened.id,
            }
            for f in rows
        ],
    )
    write_ledger(
        session,
        [
            Entry(
                verb="row.mended",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=f.source_list_id,
                person_id=f.person_id,
                codes={"row": f.row_number, "by": str(opened.id)},
            )
            for f in rows
        ],
    )


def rows_to_mend(
    session: Session, vault: Vault, source_list_id: uuid.UUID
) -> list[tuple[RowToMend, uuid.UUID | None]]:
    """A list's open failing rows in order, in clear, each with the person it is about."""
    return [
        (
            RowToMend(
                stored.row_number,
                tuple(cells),
                tuple(
                    CellProblem(stored.row_number, p["column"], p["letter"], p["code"])
                    for p in stored.problems
                ),
            ),
            stored.person_id,
        )
        for stored, cells in _opened_rows(session, vault, source_list_id)
    ]


def _opened_rows(
    session: Session, vault: Vault, source_list_id: uuid.UUID
) -> Iterator[tuple[FailingRow, list[str]]]:
    """Open failing rows with their cells; those of a person who was shredded are gone."""
    stored = session.scalars(
        select(FailingRow)
        .where(FailingRow.source_list_id == source_list_id, FailingRow.mended_by.is_(None))
        .order_by(FailingRow.row_number)
    ).all()
    for start in range(0, len(stored), KEYS_AT_ONCE):
        chunk = stored[start : start + KEYS_AT_ONCE]
        keys = vault.keys(session, {row.key_owner_id for row in chunk})
        for row in chunk:
            if row.key_owner_id in keys:
                place = f"{row.source_list_id}/{row.row_number}"
                key = keys[row.key_owner_id]
                yield row, open_json(key, "failing_row", "sealed_cells", place, row.sealed_cells)


def _advice_left_out(heading: Sequence[str]) -> list[int]:
    return [index for index, text in enumerate(heading) if text not in REPORT_HEADINGS]


def _without(texts: tuple[str, ...], places: frozenset[int]) -> tuple[str, ...]:
    return tuple("" if place in places else text for place, text in enumerate(texts))


def _tidy(text: str) -> str:
    return " ".join(text.split())
