"""Invented affected persons: who they are, and the family units some of them are part of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from notify.cli.demo.countries import Country, draw_country
from notify.cli.demo.names import AgencyName, Sex, cultures, draw_name

AS_OF = date(2022, 11, 19)
"""The day the leaked list told of."""

FIRST_SYNTHETIC_NUMBER = 900_000_000
"""A-numbers from here up have been assigned to no one."""


@dataclass(frozen=True)
class Person:
    """One invented person. ``number`` is the A-number as an integer, 900,000,000 to 999,999,999."""

    number: int
    name: AgencyName
    born: date
    sex: Sex
    citizenship: Country
    birth_country: Country
    language: str
    family_unit: str


def draw_numbers(rng: Random, count: int) -> list[int]:
    """Draw ``count`` different synthetic A-numbers, scattered as a real list's are."""
    return rng.sample(range(FIRST_SYNTHETIC_NUMBER, 1_000_000_000), count)


def make_people(rng: Random, numbers: list[int]) -> list[Person]:
    """Return one person for each number; about one in fourteen is in a family unit of two to four."""
    return list(_people(rng, numbers))


def _people(rng: Random, numbers: list[int]) -> Iterator[Person]:
    position = 0
    while position < len(numbers):
        size = rng.choices((1, 2, 3, 4), (975, 12, 9, 4))[0]
        members = numbers[position : position + size]
        position += size
        if len(members) == 1:
            yield _adult(rng, members[0])
        else:
            yield from _family(rng, members)


def _adult(rng: Random, number: int, family_unit: str = "") -> Person:
    country = draw_country(rng)
    sex: Sex = "M" if rng.random() < 0.74 else "F"
    culture = cultures()[country.cultures.draw(rng)]
    age = 18.1 + 60 * rng.betavariate(1.5, 4.9)
    return Person(
        number=number,
        name=draw_name(rng, culture, sex),
        born=_born(rng, age),
        sex=sex,
        citizenship=country,
        birth_country=_birth_country(rng, country),
        language=country.languages.draw(rng),
        family_unit=family_unit,
    )


def _family(rng: Random, numbers: list[int]) -> Iterator[Person]:
    """One parent, the other parent or children: the children carry the parent's family name."""
    unit = f"FMU{rng.randrange(100_000, 1_000_000)}"
    parent = _adult(rng, numbers[0], unit)
    yield parent
    culture = cultures()[parent.citizenship.cultures.draw(rng)]
    parent_age = (AS_OF - parent.born).days / 365.25
    for number in numbers[1:]:
        sex: Sex = "M" if rng.random() < 0.5 else "F"
        yield Person(
            number=number,
            name=draw_name(rng, culture, sex, family=parent.name.family),
            born=_born(rng, rng.uniform(1.5, min(17.9, max(2.0, parent_age - 17)))),
            sex=sex,
            citizenship=parent.citizenship,
            birth_country=_birth_country(rng, parent.citizenship),
            language=parent.language,
            family_unit=unit,
        )


def _born(rng: Random, age: float) -> date:
    """Return the birth date of someone ``age`` years old on the list's day."""
    return AS_OF - timedelta(days=int(age * 365.25) + rng.randrange(0, 7))


def _birth_country(rng: Random, citizenship: Country) -> Country:
    return draw_country(rng) if rng.random() < 0.02 else citizenship
