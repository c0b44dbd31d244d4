"""Names as the agency writes them, composed from common given and family names of each country.

The lists are in ``names.toml``. Capitals without accents, ``LAST, FIRST MIDDLE``; one name has no comma.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

Sex = Literal["M", "F"]

LISTS = Path(__file__).with_name("names.toml")


@dataclass(frozen=True)
class Culture:
    """How one naming culture composes a name: lists of names and the probability of each part."""

    families: tuple[str, ...]
    given: dict[Sex, tuple[str, ...]]
    middle: dict[Sex, tuple[str, ...]]
    second_family: float
    second_given: float
    middle_share: float
    middle_first: tuple[str, ...]
    mononym: float
    gendered: bool


@dataclass(frozen=True)
class AgencyName:
    """One name in the agency's capitals; ``given`` is empty for a person with one name."""

    family: str
    given: str

    def listed(self) -> str:
        """Return ``LAST, FIRST MIDDLE``."""
        return f"{self.family}, {self.given}" if self.given else self.family


def draw_name(rng: Random, culture: Culture, sex: Sex, *, family: str | None = None) -> AgencyName:
    """Compose one name; ``family`` carries a family unit's name on to its next member."""
    if family is None:
        family = _draw_family(rng, culture, sex)
        if rng.random() < culture.mononym:
            return AgencyName(rng.choice(culture.given[sex]), "")
    given = [rng.choice(culture.given[sex])]
    if rng.random() < culture.second_given:
        second = rng.choice(culture.given[sex])
        if second not in given:
            given.append(second)
    if culture.middle[sex] and rng.random() < culture.middle_share:
        middle = rng.choice(culture.middle[sex])
        if middle not in (*given, family):
            given.insert(0 if middle in culture.middle_first else len(given), middle)
    return AgencyName(family, " ".join(given))


def _draw_family(rng: Random, culture: Culture, sex: Sex) -> str:
    first = rng.choice(culture.families)
    if culture.gendered and sex == "F" and first.endswith(("OV", "EV", "IN")):
        first += "A"
    if rng.random() >= culture.second_family:
        return first
    second = rng.choice(culture.families)
    # Most lists leave the space, some clerks join two surnames with a hyphen.
    return f"{first}-{second}" if rng.random() < 0.06 and "-" not in first + second else f"{first} {second}"


@cache
def cultures() -> dict[str, Culture]:
    """Read every naming culture, each with the lists of the one it extends."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    return {key: _culture(table, tables) for key, table in tables.items()}


def _culture(table: dict[str, Any], tables: dict[str, dict[str, Any]]) -> Culture:
    base = tables[table["extends"]] if "extends" in table else {}

    def words(key: str) -> tuple[str, ...]:
        written = f"{base.get(key, '')} {table.get(key, '')}"
        return tuple(word.replace("_", " ") for word in written.split())

    def share(key: str, default: float) -> float:
        return float(table.get(key, base.get(key, default)))

    return Culture(
        families=words("families"),
        given={"M": words("male"), "F": words("female")},
        middle={"M": words("middle_male"), "F": words("middle_female")},
        second_family=share("second_family", 0.0),
        second_given=share("second_given", 0.0),
        middle_share=share("middle", 0.0),
        middle_first=words("middle_first"),
        mononym=share("mononym", 0.0),
        gendered=bool(table.get("gendered", False)),
    )
