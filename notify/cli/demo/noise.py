"""How people write things: A-numbers, birth dates and places as real lists spell them.

Everything here can be read by a careful reader; what cannot is a defect and lives in ``defects``.
"""

import re
from collections.abc import Callable
from datetime import date
from random import Random

from notify.cli.demo.facilities import Facility

EN_DASH = "\u2013"
HYPHEN_THAT_HOLDS = "\u2011"
SPACE_THAT_HOLDS = "\u00a0"

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FIRST_UNAMBIGUOUS_DAY = 13


def _grouped(number: int, between: str) -> str:
    digits = str(number)
    return between.join((digits[:3], digits[3:6], digits[6:]))


NUMBER_SPELLINGS: tuple[tuple[Callable[[int], str | int], int], ...] = (
    (lambda number: f"A{number}", 520),
    (lambda number: number, 150),
    (lambda number: f"A{_grouped(number, '-')}", 90),
    (lambda number: _grouped(number, "-"), 60),
    (lambda number: f"A {_grouped(number, ' ')}", 45),
    (str, 40),
    (lambda number: f"A# {number}", 25),
    (lambda number: f"A-{number}", 20),
    (lambda number: f"A{_grouped(number, EN_DASH)}", 15),
    (lambda number: f"A{_grouped(number, SPACE_THAT_HOLDS)}", 12),
    (lambda number: f"a{number}", 9),
    (lambda number: f"A{_grouped(number, HYPHEN_THAT_HOLDS)}", 8),
    (lambda number: f" A{number} ", 6),
)


def spell_number(rng: Random, number: int) -> str | int:
    """Write an A-number in one of the ways people do; an ``int`` becomes a numeric cell."""
    spellings, weights = zip(*NUMBER_SPELLINGS, strict=True)
    spell: Callable[[int], str | int] = rng.choices(spellings, weights)[0]
    return spell(number)


def spell_birth_date(rng: Random, born: date) -> str | date:
    """Write a birth date so that it can be read without knowing the column: mostly a date cell.

    Slashes appear in both orders, and only where the day is above 12. So the column has no single convention,
    and a slash date with a day up to 12 is truly ambiguous.
    """
    shape = rng.random()
    if shape < 0.86:
        return born
    if shape < 0.92:
        return spell_month_name(born)
    if shape < 0.96 or born.day < FIRST_UNAMBIGUOUS_DAY:
        return born.isoformat()
    return month_first(born) if shape < 0.985 else day_first(born)


def spell_month_name(day: date) -> str:
    return f"{day.day:02}-{MONTHS[day.month - 1]}-{day.year}"


def month_first(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def day_first(day: date) -> str:
    return f"{day:%d/%m/%Y}"


ABBREVIATIONS = (
    ("DETENTION CENTER", ("DET CTR", "DET CENTER", "DETENTION CTR", "D.C.")),
    ("DETENTION FACILITY", ("DET FACILITY", "DET FAC", "DETENTION FCLTY")),
    ("CORRECTIONAL CENTER", ("CORR CTR", "CORR. CENTER", "CORRECTIONAL CTR")),
    ("CORRECTIONAL FACILITY", ("CORR FAC", "CORR FACILITY", "CORRECTIONAL FCLTY")),
    ("SERVICE PROCESSING CENTER", ("SPC", "SVC PROCESSING CTR", "SERVICE PROC CTR")),
    ("ICE PROCESSING CENTER", ("IPC", "ICE PROC CTR", "PROCESSING CENTER")),
    ("PROCESSING CENTER", ("PROC CTR", "PROC. CENTER")),
    ("RESIDENTIAL CENTER", ("RES CTR", "RESIDENTIAL CTR")),
    ("COUNTY", ("CO", "CO.", "CNTY")),
    ("CORRECTIONAL", ("CORR", "CORRECTNL")),
    ("REGIONAL", ("REG", "REGL")),
    ("FACILITY", ("FAC", "FCLTY")),
    ("SOUTH", ("SO", "S")),
    ("CENTER", ("CTR",)),
)


def spell_facility(rng: Random, facility: Facility) -> str:
    """Write where someone is held: a DETLOC code, a name, or a name with the spelling noise of real lists."""
    shape = rng.random()
    if shape < 0.34:
        return facility.detloc
    if shape < 0.68:
        return facility.name
    name = rng.choice((facility.name, *facility.aliases)) if facility.aliases else facility.name
    if rng.random() < 0.5:
        name = _abbreviated(rng, name)
    if rng.random() < 0.16:
        name = _mistyped(rng, name)
    return _with_tail(rng, name, facility)


def _abbreviated(rng: Random, name: str) -> str:
    done = 0
    for full, shorts in ABBREVIATIONS:
        # Whole words only: nobody shortens the SOUTH in SOUTHERN.
        shortened = re.sub(rf"\b{full}\b", rng.choice(shorts), name, count=1)
        done += shortened != name
        name = shortened
        if done == 2:
            break
    return name


def _mistyped(rng: Random, name: str) -> str:
    """Drop, double or swap one letter inside the name."""
    spot = rng.randrange(1, len(name) - 2)
    slip = rng.randrange(3)
    if slip == 0:
        return name[:spot] + name[spot + 1 :]
    if slip == 1:
        return name[:spot] + name[spot] + name[spot:]
    return name[:spot] + name[spot + 1] + name[spot] + name[spot + 2 :]


def _with_tail(rng: Random, name: str, facility: Facility) -> str:
    tails = (
        name,
        f"{name} ({facility.city}, {facility.state})",
        f"{name}, {facility.city} {facility.state}",
        f"{name}{rng.randrange(1, 4)}",
        f"{facility.detloc} - {name}",
        name.title(),
        f"  {name.replace(' ', '  ', 1)} ",
    )
    return rng.choices(tails, (18, 30, 15, 10, 10, 10, 7))[0]
