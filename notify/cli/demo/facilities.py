"""The demonstration's directory: about seventy detention sites in use in 2022.

Compiled from the agency's published facility list of November 2017 (DETLOC, AOR) and its detention statistics
for fiscal year 2022 (name, address, average population). Public facts about places; nothing about people.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

TABLE = Path(__file__).with_name("facilities.csv")

HEADINGS = (
    "detloc",
    "name",
    "address",
    "city",
    "state",
    "zip",
    "aor",
    "kind",
    "operator",
    "closed_on",
    "aliases",
)


@dataclass(frozen=True)
class Facility:
    """One site. ``population`` is the average daily population of fiscal year 2022, which weighs the draw."""

    detloc: str
    name: str
    city: str
    state: str
    aor: str
    kind: str
    closed_on: date | None
    aliases: tuple[str, ...]
    population: int


@cache
def facilities() -> tuple[Facility, ...]:
    return tuple(
        Facility(
            detloc=row["detloc"],
            name=row["name"],
            city=row["city"],
            state=row["state"],
            aor=row["aor"],
            kind=row["kind"],
            closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
            population=int(row["fy22_population"]),
        )
        for row in _rows()
    )


def draw_facility(rng: Random) -> Facility:
    return rng.choices(facilities(), cum_weights=_weights())[0]


def draw_family_facility(rng: Random) -> Facility:
    """Return one of the residential centers: the only places that held families."""
    return rng.choice([facility for facility in facilities() if "RESIDENTIAL" in facility.name])


def open_facilities(today: date) -> tuple[Facility, ...]:
    """Return where someone can be transferred to: open that day, and no hold room, hotel or hospital."""
    return tuple(
        facility
        for facility in facilities()
        if facility.kind == "facility" and (facility.closed_on is None or facility.closed_on > today)
    )


def write_facilities(path: Path) -> None:
    """Write the directory as the CSV that ``holdfast import facilities`` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_rows())


@cache
def _weights() -> tuple[int, ...]:
    return tuple(accumulate(facility.population for facility in facilities()))


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
