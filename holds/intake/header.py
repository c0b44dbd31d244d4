"""The header row below the title block, and the fields its headings, or the cells below it, mean."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from itertools import islice, zip_longest

from holds.intake.column_content import is_data, propose
from holds.intake.layout import Field, Layout, normalise_heading
from holds.intake.workbook import Cell, Sheet, column_letter

UNDER = " › "  # between the two rows of a heading
HEADER_WITHIN = 60
SAMPLE = 60
LOOKS_RIGHT = 0.5


@dataclass(frozen=True)
class Candidate:
    """A row that may be the header; `row` is 1-based, of two header rows the lower, 0 where there is none."""

    row: int
    heading: tuple[str, ...]
    fields: dict[str, int]
    groups: int
    title: tuple[str, ...]
    sample: Sequence[Sequence[Cell]]
    why: Lookup[str, str] = field(default_factory=dict)


def best_header(
    rows: Sequence[Sequence[Cell]], layout: Layout, overrides: dict[str, str]
) -> Candidate | None:
    best: Candidate | None = None
    best_key = (0, 0, False)
    for index in range(min(len(rows), HEADER_WITHIN)):
        for heading, last in _headings_at(rows, index):
            if not any(heading):
                continue
            sample = rows[last + 1 : last + 1 + SAMPLE]
            fields = _assign(heading, sample, layout, overrides)
            groups = sum(
                any(name in fields or name in overrides for name in group) for group in layout.required
            )
            key = (groups, len(fields), last == index)
            if best is None or key > best_key:
                best_key = key
                title = tuple(
                    " ".join(c.text for c in row if c.text)
                    for row in rows[:index]
                    if any(c.text for c in row)
                )
                best = Candidate(last + 1, heading, fields, groups, title, sample)
    return best


def told_by_content(sheet: Sheet, found: Candidate, layout: Layout, overrides: dict[str, str]) -> Candidate:
    """The candidate with the columns that only their cells tell; where no heading said anything at all, the
    rows begin where such cells do."""
    wanted = [name for name in ("a_number", "birth_date", "name") if name not in {*found.fields, *overrides}]
    if all(one.name != "a_number" for one in layout.fields):  # a list of places, or of counsel
        return found
    if {"last_name", "first_name"} & found.fields.keys():
        wanted = [name for name in wanted if name != "name"]
    if not found.fields and not any(overrides.values()):
        found = _where_rows_begin(list(islice(sheet.rows(), HEADER_WITHIN + SAMPLE)), found)
    free = [
        column
        for column in range(max(map(len, found.sample), default=0))
        if column not in found.fields.values()
        and not (column < len(found.heading) and _meanings(found.heading[column], layout))
    ]
    proposals = list(propose(found.sample, free, wanted))
    if not proposals:
        return found
    width = max(len(found.heading), *(one.column + 1 for one in proposals))
    heading = [*found.heading, *[""] * (width - len(found.heading))]
    for one in proposals:
        # A heading of its own, so that a report of failing rows is understood when it comes back.
        meant = next(known for known in layout.fields if known.name == one.field)
        heading[one.column] = heading[one.column] or meant.synonyms[0]
    return replace(
        found,
        heading=tuple(heading),
        fields=found.fields | {one.field: one.column for one in proposals},
        why={one.field: one.evidence for one in proposals},
    )


def _where_rows_begin(rows: Sequence[Sequence[Cell]], found: Candidate) -> Candidate:
    """The heading above the first row of the list, or none where the list begins at once."""
    first = next((index for index, row in enumerate(rows) if is_data(row)), None)
    if first is None:
        return found
    above = [_tidy(cell.text) for cell in rows[first - 1]] if first else []
    headed = sum(map(bool, above)) > 1
    sample = rows[first : first + SAMPLE]
    return replace(
        found,
        row=first,
        heading=tuple(above) if headed else tuple("" for _ in max(sample, key=len)),
        sample=sample,
        title=tuple(" ".join(c.text for c in row if c.text) for row in rows[: max(first - 1, 0)]),
    )


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
        for rank, one in _meanings(text, layout):
            if one.name not in overrides:
                right = one.looks_like is None or share(one.looks_like, sample, column) >= LOOKS_RIGHT
                bids.append((not right, rank, column, one.name))
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


def share(looks_like: Callable[[Cell], bool], sample: Sequence[Sequence[Cell]], column: int) -> float:
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


def _tidy(text: str) -> str:
    return " ".join(text.split())
