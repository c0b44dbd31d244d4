"""A file of any kind, ready to be read: how its columns were understood, and its rows, typed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from holds.intake.columns import Mapping
from holds.intake.sheet_choice import Remark
from holds.intake.table import Row, Table

RowT_co = TypeVar("RowT_co", covariant=True)


@dataclass(frozen=True)
class ListFile(Generic[RowT_co]):
    """`mapping` can be shown before anything is written; `read_row` gives None for a row that is none."""

    table: Table
    read_row: Callable[[Row], RowT_co | None]

    @property
    def mapping(self) -> Mapping:
        """How the columns were understood."""
        return self.table.mapping

    @property
    def sheet(self) -> str:
        """The name of the sheet that fits best."""
        return self.table.mapping.sheet

    def place_of(self, row: int) -> tuple[str, int]:
        """The sheet a row stands on, and the number it has there: several sheets are read as one."""
        part = next(part for part in reversed(self.table.parts) if part.offset < row)
        return part.sheet.name, row - part.offset

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What else was found: sheets read and not read, what is hidden, what is merged."""
        return self.table.remarks

    @property
    def heading(self) -> tuple[str, ...]:
        """The headings of all columns, for the report of failing rows."""
        return self.table.mapping.heading

    @property
    def skipped(self) -> Counter[str]:
        """Rows that tell nothing, by reason (blank, note, heading, redacted); complete at the end."""
        return self.table.skipped

    @property
    def rows(self) -> Iterator[RowT_co]:
        """The rows in order, rejected ones included; each call reads from the start."""
        for row in self.table.rows():
            read = self.read_row(row)
            if read is not None:
                yield read
