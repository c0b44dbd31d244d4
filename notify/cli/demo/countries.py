"""Nationalities in the leak's proportions, each with the agency's spelling, naming cultures and languages."""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

TABLE = Path(__file__).with_name("countries.csv")


@dataclass(frozen=True)
class Shares:
    """Words with cumulative weights."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.words, cum_weights=self.weights)[0]


@dataclass(frozen=True)
class Country:
    """One nationality. ``share`` is per thousand or so: only the proportions matter."""

    code: str
    agency_name: str
    share: int
    cultures: Shares
    languages: Shares


@cache
def countries() -> tuple[Country, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Country(
                code=row["code"],
                agency_name=row["agency_name"],
                share=int(row["share"]),
                cultures=_shares(row["cultures"]),
                languages=_shares(row["languages"]),
            )
            for row in csv.DictReader(file)
        )


def draw_country(rng: Random) -> Country:
    return rng.choices(countries(), cum_weights=_weights())[0]


@cache
def _weights() -> tuple[int, ...]:
    return tuple(accumulate(country.share for country in countries()))


def _shares(written: str) -> Shares:
    """Read ``Spanish:62|Mam:15``; a lone word has the whole weight."""
    parts = [part.partition(":") for part in written.split("|")]
    weights = accumulate(float(weight or 1) for _, _, weight in parts)
    return Shares(tuple(word for word, _, _ in parts), tuple(weights))
