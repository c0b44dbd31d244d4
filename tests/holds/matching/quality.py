"""Labelled locations, and how many of them the directory finds without a person and with one.

A label is a code of the 2017 list, `none` (the list has no such place) or `unsure` (the two lists do not
tell); a match without a person is right only where it is the label's code.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import FacilityMatch

LABELS = Path(__file__).parent / "facility_labels.csv"
ALIASES = Path(__file__).parent / "facility_aliases.csv"
HELD_BACK = Path(__file__).parent / "facility_aliases_held_back.csv"
NO_CODE = frozenset({"none", "unsure"})


@dataclass(frozen=True)
class Score:
    """`listed` locations are on the list; `right` and `wrong` were matched without a person, with `proposed`
    a person is shown the right facility; `mistakes` names the wrong ones.
    """

    listed: int
    right: int
    wrong: int
    proposed: int
    mistakes: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / self.listed

    def __str__(self) -> str:
        with_person = (self.right + self.proposed) / self.listed
        return (
            f"{self.right} of {self.listed} found and {self.wrong} wrong without a person (precision "
            f"{self.precision:.4f}, recall {self.recall:.4f}); with a person to ask {with_person:.4f}"
        )


def labelled(path: Path) -> list[Mapping[str, str]]:
    """The rows of a file of labels: name, city, state, detloc and why."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(directory: FacilityDirectory, rows: Sequence[Mapping[str, str]], given: str) -> Score:
    """Match every row by its name and `given`: "city and state", "state" or "nothing" more."""
    right = wrong = proposed = 0
    mistakes = []
    for row in rows:
        found = directory.match(_location(row["name"], row["city"], row["state"], given))
        if found.certain and found.facility_id == row["detloc"]:
            right += 1
        elif found.certain:
            wrong += 1
            mistakes.append(f"{row['name']}, {row['city']}: {found.facility_id}, labelled {row['detloc']}")
        elif found.facility_id == row["detloc"]:
            proposed += 1
    listed = sum(row["detloc"] not in NO_CODE for row in rows)
    return Score(listed, right, wrong, proposed, tuple(mistakes))


def absent(directory: FacilityDirectory, given: str) -> tuple[int, list[tuple[str, FacilityMatch]]]:
    """(how many facilities were asked for while they were missing from the directory, which of them were then
    taken for another without a person).

    What stands in another state is never matched without one, so that each state is asked by itself.
    """
    of_state: dict[str, list[FacilityEntry]] = defaultdict(list)
    for entry in directory.entries:
        if entry.city and entry.state:
            of_state[entry.state].append(entry)
    wrong = []
    for state, entries in of_state.items():
        for entry in entries:
            others = FacilityDirectory(one for one in entries if one is not entry)
            found = others.match(_location(entry.names[0], entry.city or "", state, given))
            if found.certain:
                wrong.append((entry.id, found))
    return sum(map(len, of_state.values())), wrong


def _location(name: str, city: str, state: str, given: str) -> Location:
    return Location(
        name,
        city=city or None if given == "city and state" else None,
        state=state or None if given != "nothing" else None,
    )
