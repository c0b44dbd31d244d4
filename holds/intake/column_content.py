"""What a column holds, told by its cells: for headings that say nothing, and to be shown masked."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from holds.domain.a_number import read_a_numbers
from holds.domain.birth_date import read_date
from holds.domain.country import country_code
from holds.intake.workbook import Cell

LEAST_CELLS = 3
LEAST_SHARE = 0.8
_LONGEST_SHAPE = 24
_SHAPES = 3
_COMPACT_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NO_PERSON = re.compile(
    r"\b(?:cent(?:er|re)|county|jail|facility|detention|prison|processing|correctional|office|hotel|court"
    r"|street|avenue|llc|llp|pc|law|order|status|fear|proceedings|released|detained|custody)\b",
    re.IGNORECASE,
)
_YEARS_APART = 5  # birth dates of three people or more spread wider than the events of a list


@dataclass(frozen=True)
class Proposal:
    """A column that holds a field by its content; `filled` of its sample's cells, `fitting` look like it."""

    field: str
    column: int
    fitting: int
    filled: int

    @property
    def evidence(self) -> str:
        """What speaks for it, in words."""
        return f"content: {self.fitting} of {self.filled} cells are {_KINDS[self.field].plural}"


@dataclass(frozen=True)
class _Content:
    plural: str
    fits: Callable[[Cell], bool]
    holds: Callable[[Sequence[Cell]], bool]


def propose(
    sample: Sequence[Sequence[Cell]], free: Sequence[int], wanted: Sequence[str]
) -> Iterator[Proposal]:
    """For each wanted field the one free column that holds it by its cells, if there is one; the most
    unmistakable kind first."""
    left = list(free)
    for name in (name for name in _KINDS if name in wanted):
        found = [one for column in left if (one := _read_as(name, sample, column)) is not None]
        if found:
            best = max(found, key=lambda one: (one.fitting / one.filled, one.filled, -one.column))
            left.remove(best.column)
            yield best


def _read_as(name: str, sample: Sequence[Sequence[Cell]], column: int) -> Proposal | None:
    cells = [row[column] for row in sample if column < len(row) and row[column].kind != "empty"]
    kind = _KINDS[name]
    fitting = sum(map(kind.fits, cells))
    if len(cells) < LEAST_CELLS or fitting < LEAST_SHARE * len(cells) or not kind.holds(cells):
        return None
    return Proposal(name, column, fitting, len(cells))


def is_data(row: Sequence[Cell]) -> bool:
    """Whether a row without a meaning is one of the list, and no heading: headings have no numbers."""
    return any(
        cell.kind in ("number", "date") or sum(char.isdigit() for char in cell.text) >= 4 for cell in row
    )


def shapes(sample: Sequence[Sequence[Cell]], column: int) -> tuple[str, ...]:
    """How the cells of a column look, the most frequent first, and nothing of what stands in them."""
    cells = (row[column] for row in sample if column < len(row))
    counted = Counter(shape(cell.text) for cell in cells if cell.kind != "empty")
    return tuple(text for text, _ in counted.most_common(_SHAPES))


def shape(text: str) -> str:
    """`A900-000-001` as `A999-999-999`, `GARCIA, ANA` as `Xx, Xx`: digits are 9, words are Xx, signs stay."""
    plain = re.sub(r"\d", "9", " ".join(text.split()))
    masked = re.sub(r"[^\W\d_]+", lambda word: "A" if word[0] in "Aa" and word.end() < 3 else "Xx", plain)
    return masked if len(masked) <= _LONGEST_SHAPE else f"{masked[: _LONGEST_SHAPE - 1]}…"


def _is_number(cell: Cell) -> bool:
    if cell.kind not in ("text", "number") or not isinstance(cell.value, str | float):
        return False
    digits = re.sub(r"\D", "", cell.text)
    prefixed = cell.text.strip()[:1] in ("A", "a")
    if not prefixed and (len(digits) < 8 or _COMPACT_DATE.fullmatch(digits)):
        return False
    reading = read_a_numbers(cell.value)
    # "(504) 555-0142" has seven digits at its end; a telephone number is none.
    return bool(reading.numbers) and (prefixed or reading.problem is None)


def _is_name(cell: Cell) -> bool:
    text = cell.text.strip()
    return (
        cell.kind == "text"
        and not any(char.isdigit() for char in text)
        and 2 <= len(re.findall(r"\w+", text)) <= 7
        and not _NO_PERSON.search(text)
        and country_code(text) is None
    )


def _is_date(cell: Cell) -> bool:
    return bool(_dates(cell))


def _dates(cell: Cell) -> tuple[date, ...]:
    if cell.kind == "number" or not isinstance(cell.value, str | date):
        return ()  # any five digits may be a day's serial number
    return read_date(cell.value, today=date(2099, 12, 31)).dates


def _mostly_different(cells: Sequence[Cell]) -> bool:
    return len({cell.text.casefold() for cell in cells}) > len(cells) / 2


def _spread(cells: Sequence[Cell]) -> bool:
    days = [days[0] for cell in cells if (days := _dates(cell))]
    return bool(days) and max(days).year - min(days).year >= _YEARS_APART


_KINDS: Mapping[str, _Content] = {
    "a_number": _Content("A-numbers", _is_number, _mostly_different),
    "birth_date": _Content("dates, years apart", _is_date, _spread),
    "name": _Content("names", _is_name, _mostly_different),
}
