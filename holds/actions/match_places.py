"""Matching locations as lists write them to facilities, and keeping the evidence (each spelling once)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.matching.facility import FacilityDirectory, FacilityEntry, FacilityMatch, Location
from holds.store.base import new_id
from holds.store.places import Facility, FacilityName, PlaceMatch

CERTAIN = frozenset({"exact", "confident"})


@dataclass(frozen=True)
class Place:
    """A location as matched: `facility_id` only where no human is needed to tell."""

    match_id: uuid.UUID
    judgement: str
    facility_id: uuid.UUID | None


def load_directory(session: Session) -> FacilityDirectory:
    """Every facility on record, with all its names."""
    names: dict[uuid.UUID, list[str]] = {}
    for facility_id, name in session.execute(select(FacilityName.facility_id, FacilityName.name)):
        names.setdefault(facility_id, []).append(name)
    return FacilityDirectory(
        FacilityEntry(
            id=str(f.id),
            detloc=f.detloc,
            names=(f.name, *(n for n in sorted(names.get(f.id, [])) if n != f.name)),
            city=f.city,
            state=f.state,
            zip=f.zip,
            aor=f.aor,
            kind=f.kind,
            mailing=f.mailing,
            closed_on=f.closed_on,
        )
        for f in session.scalars(select(Facility).order_by(Facility.id))
    )


class PlaceBook:
    """The places matched so far: what the record keeps is read once, what is new is matched and kept."""

    def __init__(self, session: Session) -> None:
        self.directory = load_directory(session)
        self._known = {location_of(p): _place(p) for p in session.scalars(select(PlaceMatch))}

    def places(self, session: Session, locations: Iterable[Location]) -> dict[Location, Place]:
        """A place for each location with a text; a location seen before keeps its judgement."""
        wanted = {location for location in locations if location.text}
        fresh = sorted(wanted - self._known.keys(), key=_sort_key)
        rows = []
        for location, match in zip(fresh, self.directory.match_many(fresh), strict=True):
            facility_id = certain_facility(match)
            place = Place(new_id(), match.judgement, facility_id)
            self._known[location] = place
            rows.append(
                {
                    "id": place.match_id,
                    "text": location.text,
                    "city": location.city or "",
                    "state": location.state or "",
                    "aor": location.aor or "",
                    "facility_id": facility_id,
                    "judgement": match.judgement,
                    "evidence": evidence_of(match),
                }
            )
        if rows:
            session.execute(insert(PlaceMatch), rows)
        return {location: self._known[location] for location in wanted}


def _sort_key(location: Location) -> tuple[str, str, str, str]:
    return (location.text, location.city or "", location.state or "", location.aor or "")


def _place(row: PlaceMatch) -> Place:
    return Place(row.id, row.judgement, row.facility_id if row.judgement in CERTAIN else None)


def certain_facility(match: FacilityMatch) -> uuid.UUID | None:
    """The facility of a match that needs no human."""
    certain = match.judgement in CERTAIN and match.facility_id is not None
    return uuid.UUID(match.facility_id) if certain and match.facility_id else None


def location_of(row: PlaceMatch) -> Location:
    """The location as it was written."""
    return Location(row.text, row.city or None, row.state or None, row.aor or None)


def evidence_of(match: FacilityMatch) -> dict[str, object]:
    """What is kept of why a match was made, as JSON."""
    return {
        "candidate": match.facility_id,
        "score": round(match.score, 1),
        "agreed": list(match.agreed),
        "disagreed": list(match.disagreed),
        "runner_up": list(match.runner_up) if match.runner_up else None,
        "rule": match.rule,
    }
