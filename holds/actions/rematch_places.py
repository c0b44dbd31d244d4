"""Matching again what no facility was found for, once more facilities are on record."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.actions.match_places import (
    CERTAIN,
    certain_facility,
    clear_text,
    evidence_of,
    load_directory,
    location_of,
)
from holds.domain.staff import Acting
from holds.store.ledger import Entry, write_ledger
from holds.store.places import Custody, PlaceMatch
from holds.store.spellings import open_spellings
from holds.store.vault import Vault

CHUNK = 500


def rematch_places(session: Session, vault: Vault, *, acting: Acting) -> int:
    """Match open spellings again, with the custody lines that rest on them; how many found their facility.

    What a human judged stays as judged, what was certain stays matched, and what a shredded list wrote can no
    longer be read. A spelling that is certain now may stand in clear.
    """
    directory = load_directory(session)
    waiting = session.scalars(
        select(PlaceMatch)
        .where(PlaceMatch.judgement.not_in(CERTAIN), PlaceMatch.judged_by.is_(None))
        .order_by(PlaceMatch.id)
    ).all()
    found: list[PlaceMatch] = []
    spellings = open_spellings(session, vault, waiting)
    readable = [place for place in waiting if place.id in spellings]
    locations = [location_of(spellings[place.id]) for place in readable]
    for place, location, match in zip(readable, locations, directory.match_many(locations), strict=True):
        evidence = evidence_of(match)
        if (place.judgement, place.evidence) == (match.judgement, evidence):
            continue
        place.judgement, place.evidence = match.judgement, evidence
        place.text = clear_text(match, location)
        if match.judgement in CERTAIN:
            place.facility_id = certain_facility(match)
            found.append(place)
    session.flush()
    for start in range(0, len(found), CHUNK):
        _follow(session, found[start : start + CHUNK])
    write_ledger(
        session,
        [
            Entry(
                verb="place.matched",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=place.id,
                codes={"facility": str(place.facility_id), "judgement": place.judgement},
            )
            for place in found
        ],
    )
    return len(found)


def _follow(session: Session, places: Sequence[PlaceMatch]) -> None:
    """Letters go to `custody.facility_id`, so it follows its spelling; nobody released is at a facility."""
    facility = select(PlaceMatch.facility_id).where(PlaceMatch.id == Custody.place_match_id).scalar_subquery()
    session.execute(
        update(Custody)
        .where(
            Custody.place_match_id.in_([place.id for place in places]),
            Custody.facility_id.is_(None),
            Custody.status != "released",
        )
        .values(facility_id=facility)
        .execution_options(synchronize_session=False)
    )
