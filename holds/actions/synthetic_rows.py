"""A demonstration database takes in synthetic people alone: rows with any other number are refused."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from holds.actions.failing_rows import ListRow, OpenFailures
from holds.actions.source_lists import Done, OpenList, failing_row
from holds.domain.a_number import is_synthetic, read_a_numbers
from holds.intake.columns import Mapping
from holds.intake.problem import CellProblem
from holds.intake.workbook import column_letter
from holds.store.openness import is_demo

REFUSED = "a_number.not_for_demo"
NUMBER_FIELDS = ("a_number", "other_a_numbers")
RowT = TypeVar("RowT", bound=ListRow)


def synthetic_only(
    session: Session,
    opened: OpenList,
    mapping: Mapping,
    failures: OpenFailures,
    work: Callable[[Session, Sequence[RowT]], Done],
) -> Callable[[Session, Sequence[RowT]], Done]:
    """The work as it is in a real database; in a demo, the work without rows that give a real number."""
    columns = [mapping.fields[field] for field in NUMBER_FIELDS if field in mapping.fields]
    if not columns or not is_demo(session):
        return work

    def checked(session: Session, rows: Sequence[RowT]) -> Done:
        real = {row.row: at for row in rows if (at := _real(row, columns)) is not None}
        done = work(session, [row for row in rows if row.row not in real])
        for row in rows:
            if row.row in real:
                done.counts["rows"] += 1
                done.counts["rejected"] += 1
                if not failures.untouched(row):
                    done.failing.append(_failing(opened, mapping, row, real[row.row]))
        return done

    return checked


def _real(row: ListRow, columns: Sequence[int]) -> int | None:
    """The first column that gives a number outside the synthetic range."""
    for column in columns:
        if not all(map(is_synthetic, read_a_numbers(row.cells[column]).numbers)):
            return column
    return None


def _failing(opened: OpenList, mapping: Mapping, row: ListRow, column: int) -> dict[str, object]:
    problem = CellProblem(row.row, mapping.heading[column], column_letter(column), REFUSED)
    return failing_row(opened, row_number=row.row, cells=row.cells, problems=(*row.problems, problem))
