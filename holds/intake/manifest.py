"""A flight manifest: who is to be put on it, as CSV or XLSX. Every row is a line, readable or not."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from pathlib import Path

from holds.intake.columns import Layout, Mapping, parse_fields
from holds.intake.identity import IDENTIFYING, REQUIRED, identity_fields, read_identity
from holds.intake.problem import CellProblem
from holds.intake.table import Row, Table, read_table

_FIELDS = """
country: citizenship, nationality, country of citizenship, coc, country, country of nationality
mark: seat, seat number, line, line number, seq, sequence, no, manifest number, pax, row
"""
LAYOUT = Layout(
    "manifest", (*identity_fields("passenger", "pax"), *parse_fields(_FIELDS)), REQUIRED, by_content=False
)


@dataclass(frozen=True, kw_only=True)
class ManifestRow:
    """One line. `number_text` is the A-number as written: what it means, the check decides.

    `birth_dates` are several where day and month cannot be told apart; where something is written that gives
    none, it is `unread_birth_date`, else that is empty. `row` is that of the spreadsheet.
    """

    row: int
    number_text: str
    name: str | None
    birth_dates: tuple[dt.date, ...]
    unread_birth_date: str
    country: str
    mark: str | None
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True)
class ManifestFile:
    """A manifest ready to be read."""

    table: Table

    @property
    def mapping(self) -> Mapping:
        """How the columns were understood."""
        return self.table.mapping

    @property
    def skipped(self) -> Counter[str]:
        """Rows that are no lines, by reason; complete once `rows` is read through."""
        return self.table.skipped

    @property
    def rows(self) -> Iterator[ManifestRow]:
        """The lines in order."""
        return map(_read_line, self.table.rows())


def read_manifest_file(
    path: Path, *, overrides: Lookup[str, str] | None = None, today: dt.date
) -> ManifestFile:
    """Open a manifest, XLSX or CSV. Raises IntakeError (codes file.*, columns.missing, map.*)."""
    return ManifestFile(read_table(path, LAYOUT, identifying=IDENTIFYING, today=today, overrides=overrides))


def _read_line(row: Row) -> ManifestRow:
    identity = read_identity(row)
    # One number read without a doubt; anything else goes to the check as it stands, and is blocked there.
    doubtful = any(problem.code.startswith("a_number.") for problem in row.problems)
    text = row.text("a_number") if doubtful else " / ".join(identity.a_numbers)
    written = " ".join(part for part in _names(row) if part)
    return ManifestRow(
        row=row.number,
        number_text=text or "none",
        name=written or None,
        birth_dates=identity.birth_dates,
        unread_birth_date="" if identity.birth_dates else _written(row, "birth_date"),
        country=_written(row, "country"),
        mark=row.text("mark") or None,
        problems=tuple(row.problems),
    )


def _written(row: Row, name: str) -> str:
    """What stands in a field. A cell that a spreadsheet could not work out is not an empty one."""
    return "?" if row.cell(name).kind == "error" else row.text(name)


def _names(row: Row) -> tuple[str, ...]:
    if row.text("name"):
        return (row.text("name"),)
    return row.text("last_name"), row.text("first_name"), row.text("middle_name")
