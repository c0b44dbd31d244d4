"""One day's custody changes: who was transferred or released, and which housing unit others are in."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from notify.cli.demo.cases import FINAL_ORDER, NEGATIVE, POSITIVE_WITH_NTA, Case
from notify.cli.demo.facilities import Facility, open_facilities

HEADINGS = ("A-Number", "Name", "DOB", "Event", "Facility", "Housing Unit", "Date", "Posture")

TRANSFERRED, RELEASED, DETAINED = "Transferred", "Released", "Detained"


@dataclass(frozen=True)
class CustodyCounts:
    """What the day's file holds, in rows."""

    transferred: int
    released: int
    detained: int

    @property
    def rows(self) -> int:
        return self.transferred + self.released + self.detained


def write_custody(rng: Random, path: Path, cases: Sequence[Case], today: date) -> CustodyCounts:
    """Write ``today``'s changes for about one in ten of the detained among ``cases``."""
    detained = [case for case in cases if case.stay.released_on is None]
    chosen = rng.sample(detained, max(3, len(detained) // 10))
    rows = list(_rows(rng, chosen, today))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    events = [row["Event"] for row in rows]
    return CustodyCounts(events.count(TRANSFERRED), events.count(RELEASED), events.count(DETAINED))


def _rows(rng: Random, cases: Sequence[Case], today: date) -> Iterator[dict[str, str]]:
    for position, case in enumerate(cases):
        # The first three show each event, however short the list.
        events = (TRANSFERRED, RELEASED, DETAINED)
        event = events[position] if position < 3 else rng.choices(events, (30, 18, 52))[0]
        facility = _elsewhere(rng, case.stay.facility, today) if event == TRANSFERRED else case.stay.facility
        yield {
            "A-Number": f"A{case.person.number}",
            "Name": case.person.name.listed(),
            "DOB": case.person.born.isoformat(),
            "Event": event,
            "Facility": "" if event == RELEASED else rng.choice((facility.detloc, facility.name)),
            "Housing Unit": "" if event == RELEASED else _housing_unit(rng),
            "Date": today.isoformat(),
            "Posture": _posture(rng, case),
        }


def _elsewhere(rng: Random, facility: Facility, today: date) -> Facility:
    others = [other for other in open_facilities(today) if other != facility]
    return rng.choices(others, [other.population for other in others])[0]


def _housing_unit(rng: Random) -> str:
    return rng.choice(
        (f"{rng.choice('ABCDEF')}-{rng.randrange(1, 5)}{rng.randrange(10):02}", f"POD {rng.randrange(1, 13)}")
    )


def _posture(rng: Random, case: Case) -> str:
    """Return what is new in court, for a few; empty means nothing is."""
    if rng.random() >= 0.12:
        return ""
    return {POSITIVE_WITH_NTA: FINAL_ORDER, NEGATIVE: POSITIVE_WITH_NTA}.get(case.screening.posture, "")
