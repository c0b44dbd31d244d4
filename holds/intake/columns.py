"""Which column is what: the header row below the title block, and the fields its headings mean."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from holds.intake.column_content import shapes
from holds.intake.header import (
    HEADER_WITHIN,
    LOOKS_RIGHT,
    SAMPLE,
    UNDER,
    Candidate,
    best_header,
    share,
    told_by_content,
)
from holds.intake.layout import Field, Layout, normalise_heading, parse_fields
from holds.intake.problem import IntakeError
from holds.intake.workbook import Sheet, column_letter

__all__ = [
    "CODE_HEADING",
    "ERROR_HEADINGS",
    "MEND_HEADING",
    "PLACE_HEADING",
    "REPORT_HEADINGS",
    "UNDER",
    "Field",
    "Layout",
    "Mapping",
    "find_columns",
    "normalise_heading",
    "parse_fields",
]

MEND_HEADING = "What to mend"
CODE_HEADING = "Error codes"
PLACE_HEADING = "Sheet and row"
REPORT_HEADINGS = frozenset({MEND_HEADING, CODE_HEADING})
"""Columns that a report of failing rows adds to those of the file; read again, they are none of its."""
ERROR_HEADINGS = ("File", "Sheet", "Row", "Letter", "Column", "Code", "What is wrong")
"""Of the sheet in a report that lists its errors: a sheet so headed holds nobody."""


@dataclass(frozen=True)
class Mapping:
    """How a sheet was understood. `fields` maps field -> zero-based column, `headings` field -> heading as
    written.

    `evidence` says why a field is that column (`heading`, `chosen`, or what its cells are), `shapes` how its
    cells look, masked. `heading` is the heading of every column (two header rows joined), `unmapped` those no
    field took, `title` the lines above, `header_row` the 1-based row of the (lower) header, 0 without one.
    """

    sheet: str
    header_row: int
    heading: tuple[str, ...]
    fields: dict[str, int]
    headings: dict[str, str]
    unmapped: tuple[str, ...]
    title: tuple[str, ...]
    evidence: Lookup[str, str] = field(default_factory=dict)
    shapes: Lookup[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def sorted_fields(self) -> tuple[tuple[str, int], ...]:
        """(field, column) in the order of field names, which no rearranged file changes."""
        return tuple(sorted(self.fields.items()))

    @cached_property
    def extra_columns(self) -> tuple[tuple[int, str], ...]:
        """(column, heading) of the columns no field took; a report's own columns are none of them."""
        taken = set(self.fields.values())
        return tuple(
            (column, text)
            for column, text in enumerate(self.heading)
            if text and text not in {*REPORT_HEADINGS, PLACE_HEADING} and column not in taken
        )

    def display_rows(self) -> Iterator[tuple[str, str, str]]:
        """(field, column letter, heading) in column order, for showing before anything is written."""
        for name, column in sorted(self.fields.items(), key=lambda item: item[1]):
            yield name, column_letter(column), self.headings[name]


def find_columns(
    sheets: Sequence[Sheet], layout: Layout, overrides: Lookup[str, str] | None = None
) -> tuple[Sheet, Mapping]:
    """The sheet that fits the layout best, and its columns; visible sheets come before hidden ones.

    `overrides` maps a field to the heading or the column letter to take for it, or to "" where there is none.
    Raises IntakeError columns.missing, map.unknown_field or map.unknown_heading, each naming what was found.
    """
    chosen = dict(overrides or {})
    known = [known.name for known in layout.fields]
    for name in chosen:
        if name not in known:
            raise IntakeError(
                "map.unknown_field", f"A {layout.kind} has no field {name}; it has {', '.join(known)}."
            )
    best: tuple[tuple[bool, int, int], Sheet, Candidate] | None = None
    for sheet in sheets:
        candidate = best_header(list(islice(sheet.rows(), HEADER_WITHIN + SAMPLE)), layout, chosen)
        if candidate:
            key = (sheet.visible, candidate.groups, len(candidate.fields))
            if best is None or key > best[0]:
                best = (key, sheet, candidate)
    if best is None:
        raise IntakeError("file.empty", "There is no row of headings in the file, and nothing below it.")
    _, sheet, found = best
    if layout.by_content:
        found = told_by_content(sheet, found, layout, chosen)
    _demand_required(sheet, found, layout, chosen)
    return sheet, Mapping(
        sheet=sheet.name,
        header_row=found.row,
        heading=found.heading,
        fields=found.fields,
        headings={field: found.heading[column] for field, column in found.fields.items()},
        unmapped=tuple(
            text
            for column, text in enumerate(found.heading)
            if text and text not in REPORT_HEADINGS and column not in set(found.fields.values())
        ),
        title=found.title,
        evidence={
            name: found.why.get(name, "chosen" if name in chosen else "heading") for name in found.fields
        },
        shapes={name: shapes(found.sample, column) for name, column in found.fields.items()},
    )


def _demand_required(sheet: Sheet, found: Candidate, layout: Layout, overrides: dict[str, str]) -> None:
    where = f"The headings were looked for in row {found.row} of “{sheet.name}”."
    if found.fields:
        headings = ", ".join(f"“{text}”" for text in found.heading if text)
        where = f"Row {found.row} of “{sheet.name}” has {headings}."
    for name, wanted in overrides.items():
        if wanted and name not in found.fields:
            raise IntakeError("map.unknown_heading", f"There is no column “{wanted}” for {name}. {where}")
    for group in layout.required:
        if any(name in found.fields or name in overrides for name in group):
            continue
        field = next(field for field in layout.fields if field.name == group[0])
        likely = [
            text
            for column, text in enumerate(found.heading)
            if field.looks_like and text and share(field.looks_like, found.sample, column) >= LOOKS_RIGHT
        ]
        hint = f" “{likely[0]}” looks like it." if likely else ""
        raise IntakeError(
            "columns.missing",
            f"A {layout.kind} needs a column for {' or '.join(group)}. {where}{hint} "
            f'Say which it is with --map {group[0]}="HEADING", or --map {group[0]}= if there is none.',
        )
