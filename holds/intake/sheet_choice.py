"""Which sheets of a file are read, put side by side as one table; and what is said of the others.

People are on every sheet that has the columns of the list, hidden ones too: a list split over two sheets
loses nobody. The sheets of a facility workbook tell of the same places again and again: the best is taken.
"""

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from holds.intake.columns import (
    ERROR_HEADINGS,
    PLACE_HEADING,
    Layout,
    Mapping,
    find_columns,
    normalise_heading,
)
from holds.intake.problem import IntakeError
from holds.intake.workbook import Cell, Sheet, Unread, column_letter, read_file, text_cell

_MOST_NAMED = 8


@dataclass(frozen=True)
class Part:
    """A sheet that is read. `columns`: of every column of the whole its own, None where it has none. `offset`
    is added to its row numbers, so that no two rows of a file have the same.
    """

    sheet: Sheet
    header_row: int
    columns: tuple[int | None, ...]
    offset: int = 0
    placed: bool = False

    def arrange(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """A row of the sheet under the headings of the whole, with its own place last."""
        if not self.placed:
            return cells
        arranged = [
            text_cell("") if column is None or column >= len(cells) else cells[column]
            for column in self.columns
        ]
        return [*arranged, text_cell(f"{self.sheet.name}, row {number}")]


@dataclass(frozen=True)
class Remark:
    """Something about a file that whoever imports it should know. `code` is for machines."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Choice:
    """The sheets that are read, in their order, the columns of the whole, and what there is to say."""

    parts: tuple[Part, ...]
    mapping: Mapping
    remarks: tuple[Remark, ...]


def choose_sheets(
    path: Path, layout: Layout, overrides: Lookup[str, str] | None, *, every_sheet: bool
) -> Choice:
    """Raises IntakeError as `read_file` and `find_columns` do."""
    found = read_file(path)
    everything = [sheet for sheet in found if isinstance(sheet, Sheet)]
    sheets = [sheet for sheet in everything if not _lists_errors(sheet)]
    best, mapping = find_columns(sheets, layout, overrides)
    remarks = [
        Remark("sheet.unread", f"“{sheet.name}” was not read: it is a {sheet.because}.")
        for sheet in found
        if isinstance(sheet, Unread)
    ]
    fitting: list[tuple[Sheet, Mapping]] = []
    for sheet in sheets:
        if sheet is best:
            fitting.append((sheet, mapping))
            continue
        own = _mapping_of(sheet, layout, overrides)
        if own is not None and every_sheet:
            fitting.append((sheet, own))
        else:
            why = f"it has no columns of a {layout.kind}" if own is None else f"“{best.name}” says more"
            remarks.append(Remark("sheet.unread", f"“{sheet.name}” was not read: {why}."))
    choice = _joined(mapping, fitting)
    said = [remark for part in choice.parts for remark in _remarks(part, choice.mapping)]
    if len(choice.parts) > 1:
        names = ", ".join(f"“{part.sheet.name}”" for part in choice.parts)
        said.insert(0, Remark("sheet.several", f"{len(choice.parts)} sheets were read as one list: {names}."))
    return replace(choice, remarks=(*said, *remarks))


def _lists_errors(sheet: Sheet) -> bool:
    """The second sheet of a report that comes back: its rows are errors, and none of them is a person."""
    first = next(iter(sheet.rows()), ())
    return tuple(cell.text for cell in first) == ERROR_HEADINGS


def _mapping_of(sheet: Sheet, layout: Layout, overrides: Lookup[str, str] | None) -> Mapping | None:
    try:
        _, mapping = find_columns([sheet], layout, overrides)
    except IntakeError:
        return None
    return mapping


def _joined(mapping: Mapping, read: Sequence[tuple[Sheet, Mapping]]) -> Choice:
    """The sheets in their order under the columns of the one that fits best, which is `mapping`."""
    if len(read) == 1:
        whole = tuple(range(len(mapping.heading)))
        return Choice((Part(read[0][0], mapping.header_row, whole),), mapping, ())
    heading, fields = list(mapping.heading), dict(mapping.fields)
    itself = {column: column for column in range(len(heading))}
    columns = [itself if own is mapping else _align(own, heading, fields) for _, own in read]
    parts: list[Part] = []
    offset = 0
    for (sheet, own), taken in zip(read, columns, strict=True):
        arrangement = tuple(taken.get(column) for column in range(len(heading)))
        parts.append(Part(sheet, own.header_row, arrangement, offset, placed=True))
        offset += sum(1 for _ in sheet.rows())
    heading.append(PLACE_HEADING)
    whole_mapping = replace(
        mapping,
        heading=tuple(heading),
        fields=fields,
        headings={field: heading[column] for field, column in fields.items()},
        unmapped=tuple(
            text for column, text in enumerate(heading[:-1]) if text and column not in set(fields.values())
        ),
    )
    return Choice(tuple(parts), whole_mapping, ())


def _align(own: Mapping, heading: list[str], fields: dict[str, int]) -> dict[int, int]:
    """Column of the whole -> own column. What the whole does not have yet is added to it."""
    taken: dict[int, int] = {}
    for field, column in own.fields.items():
        if field not in fields:
            fields[field] = len(heading)
            heading.append(own.heading[column])
        taken[fields[field]] = column
    mapped = set(own.fields.values())
    for column, text in enumerate(own.heading):
        if not text or column in mapped:
            continue
        same = [
            place
            for place, there in enumerate(heading)
            if place not in taken
            and place not in fields.values()
            and normalise_heading(there) == normalise_heading(text)
        ]
        if not same:
            same = [len(heading)]
            heading.append(text)
        taken[same[0]] = column
    return taken


def _remarks(part: Part, mapping: Mapping) -> list[Remark]:
    sheet = part.sheet
    said: list[Remark] = []
    if not sheet.visible:
        said.append(Remark("sheet.hidden", f"“{sheet.name}” is hidden; it was read."))
    if sheet.hidden_columns:
        places = {own: column for column, own in enumerate(part.columns) if own is not None}
        names = [
            f"{column_letter(column)} (“{mapping.heading[places[column]]}”)"
            if column in places and mapping.heading[places[column]]
            else column_letter(column)
            for column in sheet.hidden_columns[:_MOST_NAMED]
        ]
        more = (
            "" if len(sheet.hidden_columns) <= _MOST_NAMED else f" and {len(sheet.hidden_columns) - 8} more"
        )
        said.append(
            Remark("columns.hidden", f"Hidden columns of “{sheet.name}” were read: {', '.join(names)}{more}.")
        )
    hidden_rows = sum(row >= part.header_row for row in sheet.hidden_rows)
    if hidden_rows:
        said.append(Remark("rows.hidden", f"{hidden_rows:,} hidden rows of “{sheet.name}” were read."))
    if sheet.merged:
        said.append(
            Remark(
                "cells.merged",
                f"{sheet.merged:,} merged cells of “{sheet.name}” stand for several rows, and each has it.",
            )
        )
    return said
