"""Matching locations as lists write them to facilities, and keeping the evidence (each spelling once)."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.actions.source_lists import OpenList
from holds.matching.facility import FacilityDirectory, FacilityEntry, Location
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.facility_learned import JUDGED, with_learned
from holds.store.base import Base, new_id
from holds.store.learned_places import LearnedPlaces, learned_places
from holds.store.many_rows import add_rows
from holds.store.places import Facility, FacilityName, FacilityStatement, PlaceMatch
from holds.store.spellings import Spelling, seal_spelling, spelling_fingerprint
from holds.store.vault import Vault

PLACES = Base.metadata.tables[PlaceMatch.__tablename__]
CERTAIN = frozenset({"exact", "confident"})
LOOKED_UP = 500


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
    former: dict[uuid.UUID, set[tuple[str, str | None]]] = {}
    for facility_id, address, zip_code in session.execute(
        select(FacilityStatement.facility_id, FacilityStatement.address, FacilityStatement.zip)
    ):
        if address:
            former.setdefault(facility_id, set()).add((address, zip_code))
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
            address=f.address,
            former=tuple(sorted(former.get(f.id, ()), key=str)),
        )
        for f in session.scalars(select(Facility).order_by(Facility.id))
    )


def matched(
    directory: FacilityDirectory, learned: LearnedPlaces, locations: Sequence[Location]
) -> list[FacilityMatch]:
    """One match a location, in order: by its name and place, and by what people judged of it before."""
    matches = directory.match_many(locations)
    if not learned:
        return matches
    return with_learned(directory, zip(locations, matches, strict=True), learned)


class PlaceBook:
    """The places of a list: what the record keeps of them is looked up, what is new is matched and kept.

    Looked up batch by batch: people judge places while a long list comes in, and what they said between two
    batches counts for the second. A new spelling is sealed under the key of the list being imported.
    """

    def __init__(self, session: Session, vault: Vault, opened: OpenList) -> None:
        self._size = _size_of_directory(session)
        self._directory = load_directory(session)
        self._ring, self._opened = vault.ring, opened
        self._marks: dict[Location, bytes] = {}

    def places(self, session: Session, locations: Iterable[Location]) -> dict[Location, Place]:
        """A place for each location with a text; a location seen before keeps its judgement."""
        wanted = {location for location in locations if location.text}
        for location in wanted - self._marks.keys():
            self._marks[location] = spelling_fingerprint(self._ring, spelling_of(location))
        kept = _kept(session, [self._marks[location] for location in wanted])
        known = {location: kept[mark] for location in wanted if (mark := self._marks[location]) in kept}
        fresh = sorted(wanted - known.keys(), key=spelling_of)
        rows = []
        for location, match in zip(fresh, self._matched(session, fresh), strict=True):
            facility_id = certain_facility(match)
            place = Place(new_id(), match.judgement, facility_id)
            known[location] = place
            rows.append(
                {
                    "id": place.match_id,
                    "fingerprint": self._marks[location],
                    "text": clear_text(match, location),
                    "sealed_spelling": seal_spelling(self._opened.key, place.match_id, spelling_of(location)),
                    "source_list_id": self._opened.id,
                    "facility_id": facility_id,
                    "judgement": match.judgement,
                    "evidence": evidence_of(match),
                }
            )
        if rows:
            add_rows(session.connection(), PLACES, rows)
        return known

    def _matched(self, session: Session, fresh: Sequence[Location]) -> list[FacilityMatch]:
        if not fresh:
            return []
        size = _size_of_directory(session)
        if size != self._size:  # a word may speak of a facility that came since
            self._size, self._directory = size, load_directory(session)
        return matched(self._directory, learned_places(session, self._ring), fresh)


def _kept(session: Session, marks: Sequence[bytes]) -> dict[bytes, Place]:
    """The places on record of these fingerprints."""
    columns = (PlaceMatch.fingerprint, PlaceMatch.id, PlaceMatch.judgement, PlaceMatch.facility_id)
    found = {}
    for start in range(0, len(marks), LOOKED_UP):
        some = marks[start : start + LOOKED_UP]
        for mark, match_id, judgement, facility_id in session.execute(
            select(*columns).where(PlaceMatch.fingerprint.in_(some))
        ):
            found[mark] = Place(match_id, judgement, facility_id if judgement in CERTAIN else None)
    return found


def _size_of_directory(session: Session) -> tuple[int, ...]:
    """How many rows and codes make up the directory: no import of facilities changes it without more."""
    parts = (Facility.id, Facility.detloc, FacilityName.name, FacilityStatement.id)
    return tuple(session.scalars(select(func.count(part))).one() for part in parts)


def certain_facility(match: FacilityMatch) -> uuid.UUID | None:
    """The facility of a match that needs no human."""
    certain = match.judgement in CERTAIN and match.facility_id is not None
    return uuid.UUID(match.facility_id) if certain and match.facility_id else None


def clear_text(match: FacilityMatch, location: Location) -> str | None:
    """What of a location may stand in clear: its text, where that certainly is a facility's name or code.

    A text that only a person knew to be a facility may name anybody too.
    """
    return location.text if certain_facility(match) and match.rule != JUDGED else None


def spelling_of(location: Location) -> Spelling:
    """A location as it is kept."""
    return (location.text, location.city or "", location.state or "", location.aor or "")


def location_of(spelling: Spelling) -> Location:
    """A location as it was written."""
    text, city, state, aor = spelling
    return Location(text, city or None, state or None, aor or None)


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
