"""A person's custody line: stretches with a place each, in the order of their days. Pure.

A change that arrives late finds its place in the line and never moves the person back: only what has no later
stretch behind it says where they are now.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Status = Literal["detained", "released", "removed"]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One stretch: `place` stands for the facility, or for a location as written that nobody has matched.

    `since` is None where the list that told of it did not say; `until` is None where it lasts.
    """

    id: uuid.UUID
    status: str
    place: uuid.UUID | None
    housing_unit: str | None
    since: dt.date | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a custody file says of a day. Without `place` someone `moved` is nobody knows where; someone who
    merely is detained has stayed where they were."""

    status: Status
    moved: bool
    place: uuid.UUID | None
    housing_unit: str | None
    day: dt.date


@dataclass(frozen=True, kw_only=True)
class Insertion:
    """Where a change goes: after `closes` (None: first of all), until `until` (None: where they are now).

    `stays`: the place of the stretch before is kept, with its own spelling.
    """

    closes: Stretch | None
    until: dt.date | None
    stays: bool
    housing_unit: str | None


def insertion(line: Sequence[Stretch], change: Change) -> Insertion | None:
    """Where the change goes into the line, or None when the line says it already.

    `line` is in the order in which its stretches were noted.
    """
    ordered = sorted(line, key=lambda stretch: stretch.since or dt.date.min)
    before = [stretch for stretch in ordered if (stretch.since or dt.date.min) <= change.day]
    after = [stretch for stretch in ordered if stretch not in before]
    last = before[-1] if before else None
    stays = last is not None and change.place is None and not change.moved and last.status == "detained"
    stays = stays and change.status == "detained"
    place = last.place if last is not None and stays else change.place
    unit = change.housing_unit
    if last is not None and unit is None and place is not None and place == last.place:
        unit = last.housing_unit
    said = (change.status, place, unit) if change.status == "detained" else (change.status, None, None)
    # A move, a release or a removal on another day is news though the line ends in the same state: what lay
    # between may still be on its way. That somebody is still where they were is none.
    still = change.status == "detained" and not change.moved
    if still and last is not None and _told(last) == said:
        return None
    if any(stretch.since == change.day and _told(stretch) == said for stretch in before):
        return None
    return Insertion(closes=last, until=after[0].since if after else None, stays=stays, housing_unit=said[2])


def _told(stretch: Stretch) -> tuple[str, uuid.UUID | None, str | None]:
    if stretch.status == "detained":
        return (stretch.status, stretch.place, stretch.housing_unit)
    return (stretch.status, None, None)
