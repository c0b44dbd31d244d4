"""The rows that are wrong in known ways: about one in a hundred, each kind counted.

No defect can be mended by a careless reader into a real person's A-number: no text holds a run of seven to
nine digits below 900000000.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from notify.cli.demo.noise import EN_DASH, month_first

NUMBER = "A-Number"
NAME = "Last Name, First Middle"
BIRTH_DATE = "DOB"
LOCATION = "Detention Location"


class Defect(StrEnum):
    """What was made wrong with a row; a row has one defect at most."""

    NUMBER_MISSING = "number missing"
    NUMBER_MALFORMED = "number malformed"
    NUMBER_LOST_PRECISION = "number lost precision"
    NUMBER_SEVERAL = "several numbers in one cell"
    NUMBER_ERROR_CELL = "error cell instead of the number"
    BIRTH_DATE_MISSING = "birth date missing"
    BIRTH_DATE_MALFORMED = "birth date malformed"
    BIRTH_DATE_AMBIGUOUS = "birth date ambiguous"
    BIRTH_DATE_IMPLAUSIBLE = "birth date implausible"
    BIRTH_DATE_ERROR_CELL = "error cell instead of the birth date"
    LOCATION_UNKNOWN = "facility unknown"
    LOCATION_MISSING = "facility missing"
    NAME_MISSING = "name missing"
    NO_IDENTITY = "neither number nor name"
    DUPLICATE_ROW = "the same row again"
    CONFLICTING_BIRTH_DATE = "same number, another birth date"


COPIES = frozenset({Defect.DUPLICATE_ROW, Defect.CONFLICTING_BIRTH_DATE})
"""Kinds that add a second row for someone the list already has."""

WITHOUT_USABLE_NUMBER = frozenset(
    {
        Defect.NUMBER_MISSING,
        Defect.NUMBER_MALFORMED,
        Defect.NUMBER_LOST_PRECISION,
        Defect.NUMBER_SEVERAL,
        Defect.NUMBER_ERROR_CELL,
    }
)

PER_TEN_THOUSAND: Mapping[Defect, int] = {
    Defect.NUMBER_MISSING: 10,
    Defect.NUMBER_MALFORMED: 10,
    Defect.NUMBER_LOST_PRECISION: 8,
    Defect.NUMBER_SEVERAL: 8,
    Defect.NUMBER_ERROR_CELL: 3,
    Defect.BIRTH_DATE_MISSING: 6,
    Defect.BIRTH_DATE_MALFORMED: 6,
    Defect.BIRTH_DATE_AMBIGUOUS: 8,
    Defect.BIRTH_DATE_IMPLAUSIBLE: 3,
    Defect.BIRTH_DATE_ERROR_CELL: 3,
    Defect.LOCATION_UNKNOWN: 8,
    Defect.LOCATION_MISSING: 4,
    Defect.NAME_MISSING: 6,
    Defect.NO_IDENTITY: 5,
    Defect.DUPLICATE_ROW: 12,
    Defect.CONFLICTING_BIRTH_DATE: 6,
}

FEWEST_ROWS = 100
"""Below this a list cannot hold every kind of defect and still look like one."""


@dataclass(frozen=True)
class ErrorCell:
    """A cell whose formula failed, as a spreadsheet stores it: an error, neither text nor empty."""

    code: str = "#N/A"


Cell = str | int | date | ErrorCell | None
Row = dict[str, Cell]


def count_defects(rows: int) -> dict[Defect, int]:
    """Return how many of ``rows`` rows get each defect: at least one of every kind."""
    return {kind: max(1, round(rows * share / 10_000)) for kind, share in PER_TEN_THOUSAND.items()}


def spoil(rng: Random, kind: Defect, row: Row, *, number: int, born: date, spare: int) -> Row:
    """Return the row with one defect. ``spare`` is a synthetic number nobody else on the list has."""
    change = CHANGES[kind]
    return {**row, **change(rng, number, born, spare)}


def _malformed(rng: Random, number: int, _born: date, _spare: int) -> Row:
    digits = str(number)
    return {
        NUMBER: rng.choice(
            (
                f"A{digits}{rng.randrange(10)}",
                f"A{digits[:6]}",
                f"A{digits[:3]}-{digits[3:6]}-???",
                f"A{digits[:3]}-{digits[3:5]}O-{digits[6:8]}B",
                "SEE REMARKS",
                f"A{digits[:5]}XXXX",
            )
        )
    }


def _lost_precision(rng: Random, number: int, _born: date, _spare: int) -> Row:
    return {NUMBER: rng.choice((f"{number:.5E}", f"{number:.2E}"))}


def _several(rng: Random, number: int, _born: date, spare: int) -> Row:
    between = rng.choice((" / ", "; ", ", ", " AND ", " AKA ", "\n"))
    return {NUMBER: f"A{number}{between}A{spare}"}


def _malformed_date(rng: Random, _number: int, born: date, _spare: int) -> Row:
    return {
        BIRTH_DATE: rng.choice(
            (f"31-FEB-{born.year}", f"00/00/{born.year}", f"{born.year}", f"13/32/{born.year}", "SEE FILE")
        )
    }


def _implausible_date(rng: Random, _number: int, born: date, _spare: int) -> Row:
    wrong_year = rng.choice((1023, 1882, 2091))
    return {BIRTH_DATE: f"{wrong_year}-{born.month:02}-{min(born.day, 28):02}"}


def _unknown_location(rng: Random, _number: int, _born: date, _spare: int) -> Row:
    return {
        LOCATION: rng.choice(
            (
                "IN TRANSIT",
                "ZQXWVTX",
                f"OVERFLOW TENT {rng.randrange(1, 9)}{EN_DASH}B",
                "UNKNOWN",
                "AWAITING PLACEMENT",
                "QUONSET VILLAGE (NOWHERE, ZZ)",
            )
        )
    }


def _nothing_known(rng: Random, _number: int, _born: date, _spare: int) -> Row:
    return {NUMBER: rng.choice((None, "", "N/A")), NAME: rng.choice((None, ""))}


CHANGES: Mapping[Defect, Callable[[Random, int, date, int], Row]] = {
    Defect.NUMBER_MISSING: lambda rng, _number, _born, _spare: {
        NUMBER: rng.choice((None, "", "N/A", "PENDING"))
    },
    Defect.NUMBER_MALFORMED: _malformed,
    Defect.NUMBER_LOST_PRECISION: _lost_precision,
    Defect.NUMBER_SEVERAL: _several,
    Defect.NUMBER_ERROR_CELL: lambda _rng, _number, _born, _spare: {NUMBER: ErrorCell()},
    Defect.BIRTH_DATE_MISSING: lambda rng, _number, _born, _spare: {
        BIRTH_DATE: rng.choice((None, "UNKNOWN"))
    },
    Defect.BIRTH_DATE_MALFORMED: _malformed_date,
    Defect.BIRTH_DATE_AMBIGUOUS: lambda _rng, _number, born, _spare: {BIRTH_DATE: month_first(born)},
    Defect.BIRTH_DATE_IMPLAUSIBLE: _implausible_date,
    Defect.BIRTH_DATE_ERROR_CELL: lambda rng, _number, _born, _spare: {
        BIRTH_DATE: rng.choice((ErrorCell(), ErrorCell("#VALUE!"), "#N/A"))
    },
    Defect.LOCATION_UNKNOWN: _unknown_location,
    Defect.LOCATION_MISSING: lambda _rng, _number, _born, _spare: {LOCATION: None},
    Defect.NAME_MISSING: lambda rng, _number, _born, _spare: {NAME: rng.choice((None, ""))},
    Defect.NO_IDENTITY: _nothing_known,
}


def is_ambiguous(born: date) -> bool:
    """Whether day and month of this date could be taken for each other."""
    return born.day <= 12 and born.day != born.month
