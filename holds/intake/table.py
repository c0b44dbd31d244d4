"""The rows below the headings, read field by field, with every problem kept at its cell."""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from holds.domain.birth_date import AMBIGUOUS, MISSING, Convention, DateReading, column_convention, read_date
from holds.intake.columns import UNDER, Layout, Mapping
from holds.intake.problem import CellProblem
from holds.intake.sheet_choice import Part, Remark, choose_sheets
from holds.intake.workbook import EMPTY, Cell, Sheet, column_letter

_NOTE = re.compile(
    r"(?:notes?\b\s*[:.]|source\b\s*:|(?:grand |sub)?totals?\b|(?:row |record )?count\b\s*:"
    r"|end of (?:list|report|file|data)|page \d+|as of |confidential\b|for official use|generated (?:on|by)\b"
    r"|report (?:run|date)|\d[\d,]* (?:rows?|records?|people|persons|individuals)\b)",
    re.IGNORECASE,
)
# A mark may also stand before a name, so in a name's column it takes a sentence to make a footnote.
_MARKED = re.compile(r"(?:\*|†|‡|\[\d+\]|\(\d+\)\s)")
_SENTENCE_WORDS = 5
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_TOTAL = re.compile(
    r"(?:grand |sub-?|overall )?(?:totals?|sum|average|count)(?: [\w ]{1,30})?:?", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """One row below the headings. Reading a field that holds something unreadable adds to `problems`."""

    number: int
    cells: Sequence[Cell]
    mapping: Mapping
    today: dt.date
    conventions: Lookup[str, Convention | None]
    epoch_1904: bool | None = False
    problems: list[CellProblem] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether the file has a column for the field."""
        return name in self.mapping.fields

    def cell(self, name: str) -> Cell:
        """The field's cell; EMPTY where there is no such column, or the row ends before it."""
        column = self.mapping.fields.get(name)
        return EMPTY if column is None or column >= len(self.cells) else self.cells[column]

    def add_problem(self, code: str, name: str | None = None) -> None:
        """Note a problem at a field's cell, or at the row as a whole."""
        column = self.mapping.fields.get(name) if name else None
        if column is None:
            self.problems.append(CellProblem(self.number, "", "", code))
        else:
            heading = self.mapping.heading[column]
            self.problems.append(CellProblem(self.number, heading, column_letter(column), code))

    def text(self, name: str) -> str:
        """The field as text, spaces collapsed; "" where it is empty or an error value (a problem then)."""
        column = self.mapping.fields.get(name)
        if column is None or column >= len(self.cells):
            return ""
        cell = self.cells[column]
        if cell.kind == "error":
            self.add_problem("cell.error", name)
            return ""
        return " ".join(cell.text.split())

    def date_reading(self, name: str, latest: dt.date | None = None) -> DateReading:
        """The field as a date with its code; a problem is noted unless the cell is merely empty."""
        cell = self.cell(name)
        if cell.kind == "error":
            self.add_problem("cell.error", name)
            return DateReading((), MISSING)
        if cell.kind == "empty":
            return DateReading((), MISSING)
        value = cell.value if isinstance(cell.value, str | float | dt.date) else None
        read = partial(
            read_date,
            value,
            today=self.today,
            convention=self.conventions.get(name),
            epoch_1904=self.epoch_1904,
        )
        reading = read() if latest is None else read(latest=latest)
        if reading.problem not in (None, MISSING):
            self.add_problem(reading.problem or "", name)
        return reading

    def date(self, name: str) -> dt.date | None:
        """The field as one date; None where it is empty, unreadable or ambiguous (a problem then)."""
        reading = self.date_reading(name)
        return reading.dates[0] if reading.dates and reading.problem != AMBIGUOUS else None

    def yes_no(self, name: str) -> bool | None:
        """The field as yes or no; None where it is empty or neither (a problem then)."""
        text = self.text(name).casefold().strip(".")
        if text in {"y", "yes", "true", "1", "x", "si", "sí", "consented", "granted", "current"}:
            return True
        if text in {"n", "no", "false", "0", "declined", "refused", "none", "withdrawn"}:
            return False
        if text and text not in {"unknown", "n/a", "-", "?"}:
            self.add_problem("yes_no.malformed", name)
        return None

    def original_texts(self) -> tuple[str, ...]:
        """Every cell as it was, one for each heading, for the report of failing rows."""
        texts = [cell.text for cell in self.cells[: len(self.mapping.heading)]]
        return (*texts, *[""] * (len(self.mapping.heading) - len(texts)))

    def extra(self) -> dict[str, str]:
        """What stands in columns no field took, by heading."""
        return {
            heading: self.cells[column].text
            for column, heading in self.mapping.extra_columns
            if column < len(self.cells) and self.cells[column].text
        }

    def canonical_text(self, readings: Lookup[str, object]) -> str:
        """All mapped fields as unambiguous JSON, the same for the same content however its cells were typed.

        `readings` gives the read value of fields whose spelling does not matter (numbers, dates); what could
        not be read stands there as it was written.
        """
        values: list[tuple[str, object]] = []
        for name, column in self.mapping.sorted_fields:
            if read := readings.get(name):
                values.append((name, read))
            elif column < len(self.cells) and (text := self.cells[column].text):
                values.append((name, " ".join(text.split()).casefold()))
        return _ENCODED(values)


@dataclass(frozen=True)
class Table:
    """Sheets understood as one table. `skipped` counts, while rows are read, those that are no rows of it, by
    reason: blank, note (totals, footnotes, page lines), repeated_heading. `remarks` say what else was found.
    """

    parts: tuple[Part, ...]
    mapping: Mapping
    today: dt.date
    identifying: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def sheet(self) -> Sheet:
        """The sheet that fits best."""
        return next(part.sheet for part in self.parts if part.sheet.name == self.mapping.sheet)

    def rows(self) -> Iterator[Row]:
        """The rows of the table in order. `skipped` starts anew."""
        self.skipped.clear()
        heading = {text.rpartition(UNDER)[2] for text in self.mapping.heading if text}
        for part in self.parts:
            above: set[tuple[str, ...]] = set()
            for number, untyped in enumerate(part.sheet.rows(), start=1):
                cells = list(untyped)  # every one is looked at, so each is typed once
                if number <= part.header_row:
                    above.add(_filled_texts(cells))
                    continue
                arranged = part.arrange(number, cells)
                row = Row(
                    part.offset + number,
                    arranged,
                    self.mapping,
                    self.today,
                    self.conventions,
                    part.sheet.epoch_1904,
                )
                reason = self._reason_to_skip(row, cells, heading, above)
                if reason:
                    self.skipped[reason] += 1
                else:
                    yield row

    @cached_property
    def conventions(self) -> dict[str, Convention | None]:
        """Field -> how its column writes dates, from its heading or from its unmistakable dates."""
        fields = self.mapping.fields
        names = [name for name in fields if name.endswith(("date", "dates", "_on", "_in"))]
        stated = {name: _stated_convention(self.mapping.headings[name]) for name in names}
        asked = [name for name in names if stated[name] is None]
        columns: dict[str, set[str]] = {name: set() for name in asked}
        for part in self.parts if asked else ():
            own = {name: part.columns[fields[name]] for name in asked if fields[name] < len(part.columns)}
            there = {name: column for name, column in own.items() if column is not None}
            for texts in part.sheet.texts(list(there.values())):
                for name, text in zip(there, texts, strict=True):
                    if text and text[0].isdigit():
                        columns[name].add(text)
        return stated | {name: column_convention(values) for name, values in columns.items()}

    def _reason_to_skip(
        self, row: Row, cells: Sequence[Cell], heading: set[str], above: set[tuple[str, ...]]
    ) -> str | None:
        filled = [cell for cell in cells if cell.kind != "empty"]
        if not filled:
            return "blank"
        identified = [cell for name in self.identifying if (cell := row.cell(name)).kind != "empty"]
        others = [cell for cell in identified if cell is not filled[0]]
        if filled[0].kind == "text" and _is_total(filled, others):
            return "note"
        # A note has one or two cells ("Total", 6252), and nothing where a row says whom it is about.
        if len(filled) <= 2 and filled[0].kind == "text":
            nobody = all(cell.kind == "number" for cell in others)
            if nobody and _is_note(filled[0].text.strip()):
                return "note"
        return _repeats(filled, heading, above)


def read_table(
    path: Path,
    layout: Layout,
    *,
    identifying: tuple[str, ...],
    today: dt.date,
    overrides: Lookup[str, str] | None,
    every_sheet: bool = True,
) -> Table:
    """Find the sheets and columns of a file. `identifying` are the fields of which a row fills one or more.

    `every_sheet`: read each that has the columns, else the best alone. Raises IntakeError as `read_file` and
    `find_columns` do.
    """
    choice = choose_sheets(path, layout, overrides, every_sheet=every_sheet)
    return Table(choice.parts, choice.mapping, today, identifying, choice.remarks)


def _repeats(filled: list[Cell], heading: set[str], above: set[tuple[str, ...]]) -> str | None:
    """Whether the printed page begins again here: its title, its groups, its headings."""
    first = filled[0].text.strip()
    if first not in heading and not any(texts[:1] == (first,) for texts in above):
        return None
    texts = tuple(cell.text.strip() for cell in filled)
    if texts in above and all(cell.kind == "text" for cell in filled):
        return "note" if len(filled) == 1 else "repeated_heading"
    return "repeated_heading" if len(filled) > 2 and all(text in heading for text in texts) else None


def _is_note(text: str) -> bool:
    return bool(_NOTE.match(text) or (_MARKED.match(text) and len(text.split()) >= _SENTENCE_WORDS))


def _is_total(filled: list[Cell], identified: list[Cell]) -> bool:
    """A word for a sum and nothing but numbers, none of which could be somebody's A-number."""
    if not _TOTAL.fullmatch(filled[0].text.strip()) or len(filled) == 1:
        return False
    numbers = all(cell.kind in ("number", "error") for cell in filled[1:])
    return numbers and not any(
        isinstance(cell.value, float) and cell.value >= 1_000_000 for cell in identified
    )


def _filled_texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in cells if cell.kind != "empty")


def _stated_convention(heading: str) -> Convention | None:
    letters = re.sub(r"[^a-z]", "", heading.casefold())
    if "mmddyy" in letters:
        return "month_first"
    return "day_first" if "ddmmyy" in letters else None
