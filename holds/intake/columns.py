"""Which column is what: the header row below the title block, and the fields its headings mean."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, zip_longest

from holds.intake.problem import IntakeError
from holds.intake.workbook import Cell, Sheet, column_letter

MEND_HEADING = "What to mend"
PLACE_HEADING = "Sheet and row"
_OWN_HEADINGS = (MEND_HEADING, PLACE_HEADING)

UNDER = " › "  # between the two rows of a heading
_HEADER_WITHIN = 60
_SAMPLE = 60
_LOOKS_RIGHT = 0.5


@dataclass(frozen=True)
class Field:
    """A field a file may have. `synonyms` are headings, the most telling first; `looks_like` judges a filled
    cell.
    """

    name: str
    synonyms: tuple[str, ...]
    looks_like: Callable[[Cell], bool] | None = None


def parse_fields(text: str) -> tuple[Field, ...]:
    """Fields written as `name: heading, other heading, …`, one to a line; an indented line continues the
    last.
    """
    lines = re.sub(r"\n\s+", " ", text.strip()).splitlines()
    pairs = [line.partition(": ") for line in lines]
    return tuple(
        Field(name, tuple(part.strip() for part in synonyms.split(","))) for name, _, synonyms in pairs
    )


@dataclass(frozen=True)
class Layout:
    """What a kind of file has. Of each group in `required` at least one field must have a column."""

    kind: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]

    @cached_property
    def ranks(self) -> dict[str, list[tuple[int, Field]]]:
        """Normalised heading -> the fields it may mean, with the place it has among the field's synonyms."""
        ranks: dict[str, list[tuple[int, Field]]] = {}
        for field in self.fields:
            for rank, synonym in enumerate((*field.synonyms, field.name)):
                ranks.setdefault(normalise_heading(synonym), []).append((rank, field))
        return ranks


@dataclass(frozen=True)
class Mapping:
    """How a sheet was understood. `fields` maps field -> zero-based column, `headings` field -> heading as
    written.

    `heading` is the heading of every column (two header rows joined), `unmapped` those no field took, `title`
    the lines above, `header_row` the 1-based row of the (lower) header.
    """

    sheet: str
    header_row: int
    heading: tuple[str, ...]
    fields: dict[str, int]
    headings: dict[str, str]
    unmapped: tuple[str, ...]
    title: tuple[str, ...]

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
            if text and text not in _OWN_HEADINGS and column not in taken
        )

    def display_rows(self) -> Iterator[tuple[str, str, str]]:
        """(field, column letter, heading) in column order, for showing before anything is written."""
        for field, column in sorted(self.fields.items(), key=lambda item: item[1]):
            yield field, column_letter(column), self.headings[field]


def normalise_heading(text: str) -> str:
    """Lower case, no accents, `#` as `number`, no punctuation: `A#` and `A-Number` are `a number`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("#", " number ").replace("&", " and ")).strip()


def find_columns(
    sheets: Sequence[Sheet], layout: Layout, overrides: Lookup[str, str] | None = None
) -> tuple[Sheet, Mapping]:
    """The sheet that fits the layout best, and its columns; visible sheets come before hidden ones.

    `overrides` maps a field to the heading or the column letter to take for it, or to "" where there is none.
    Raises IntakeError columns.missing, map.unknown_field or map.unknown_heading, each naming what was found.
    """
    chosen = dict(overrides or {})
    known = [field.name for field in layout.fields]
    for field in chosen:
        if field not in known:
            raise IntakeError(
                "map.unknown_field", f"A {layout.kind} has no field {field}; it has {', '.join(known)}."
            )
    best: tuple[tuple[bool, int, int], Sheet, _Candidate] | None = None
    for sheet in sheets:
        candidate = _best_header(list(islice(sheet.rows(), _HEADER_WITHIN + _SAMPLE)), layout, chosen)
        if candidate:
            key = (sheet.visible, candidate.groups, len(candidate.fields))
            if best is None or key > best[0]:
                best = (key, sheet, candidate)
    if best is None:
        raise IntakeError("file.empty", "There is no row of headings in the file, and nothing below it.")
    _, sheet, found = best
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
            if text and column not in set(found.fields.values())
        ),
        title=found.title,
    )


@dataclass(frozen=True)
class _Candidate:
    row: int
    heading: tuple[str, ...]
    fields: dict[str, int]
    groups: int
    title: tuple[str, ...]
    sample: Sequence[Sequence[Cell]]


def _best_header(
    rows: Sequence[Sequence[Cell]], layout: Layout, overrides: dict[str, str]
) -> _Candidate | None:
    best: _Candidate | None = None
    best_key = (0, 0, False)
    for index in range(min(len(rows), _HEADER_WITHIN)):
        for heading, last in _headings_at(rows, index):
            if not any(heading):
                continue
            sample = rows[last + 1 : last + 1 + _SAMPLE]
            fields = _assign(heading, sample, layout, overrides)
            groups = sum(
                any(field in fields or field in overrides for field in group) for group in layout.required
            )
            key = (groups, len(fields), last == index)
            if best is None or key > best_key:
                best_key = key
                title = tuple(
                    " ".join(c.text for c in row if c.text)
                    for row in rows[:index]
                    if any(c.text for c in row)
                )
                best = _Candidate(last + 1, heading, fields, groups, title, sample)
    return best


def _headings_at(rows: Sequence[Sequence[Cell]], index: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """The row as header, then the row and the next as one header of two rows: `Name` over `Last`, `First`."""
    upper = [_tidy(cell.text) for cell in rows[index]]
    yield tuple(upper), index
    if index + 1 == len(rows) or not any(upper):
        return
    lower = [_tidy(cell.text) for cell in rows[index + 1]]
    joined: list[str] = []
    over = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        over = above or over  # a merged cell has its text in its first column only
        joined.append(f"{over}{UNDER}{below}" if over and below else below or above)
    yield tuple(joined), index + 1


def _assign(
    heading: tuple[str, ...], sample: Sequence[Sequence[Cell]], layout: Layout, overrides: dict[str, str]
) -> dict[str, int]:
    fields: dict[str, int] = {}
    for name, wanted in overrides.items():
        chosen = _column_called(wanted, heading)
        if chosen is not None:
            fields[name] = chosen
    bids: list[tuple[bool, int, int, str]] = []
    for column, text in enumerate(heading):
        for rank, field in _meanings(text, layout):
            if field.name not in overrides:
                right = field.looks_like is None or _share(field.looks_like, sample, column) >= _LOOKS_RIGHT
                bids.append((not right, rank, column, field.name))
    for _, _, column, name in sorted(bids):
        if name not in fields and column not in fields.values():
            fields[name] = column
    return fields


def _meanings(text: str, layout: Layout) -> list[tuple[int, Field]]:
    # "DOB (MM/DD/YYYY)" is a DOB, and of a heading in two rows the lower may say enough.
    for attempt in (text, re.sub(r"\([^)]*\)", " ", text), text.rpartition(UNDER)[2]):
        if meanings := layout.ranks.get(normalise_heading(attempt)):
            return meanings
    return []


def _share(looks_like: Callable[[Cell], bool], sample: Sequence[Sequence[Cell]], column: int) -> float:
    filled = [row[column] for row in sample if column < len(row) and row[column].kind != "empty"]
    return sum(map(looks_like, filled)) / len(filled) if filled else 0.0


def _column_called(wanted: str, heading: tuple[str, ...]) -> int | None:
    normal = normalise_heading(wanted)
    for column, text in enumerate(heading):
        if normal and normalise_heading(text) == normal:
            return column
    if re.fullmatch(r"[A-Z]{1,3}", wanted):
        letters = [column_letter(column) for column in range(len(heading))]
        return letters.index(wanted) if wanted in letters else None
    return None


def _demand_required(sheet: Sheet, found: _Candidate, layout: Layout, overrides: dict[str, str]) -> None:
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
            if field.looks_like and text and _share(field.looks_like, found.sample, column) >= _LOOKS_RIGHT
        ]
        hint = f" “{likely[0]}” looks like it." if likely else ""
        raise IntakeError(
            "columns.missing",
            f"A {layout.kind} needs a column for {' or '.join(group)}. {where}{hint} "
            f'Say which it is with --map {group[0]}="HEADING", or --map {group[0]}= if there is none.',
        )


def _tidy(text: str) -> str:
    return " ".join(text.split())
