"""Matching again what is not certain or what a person judged: the directory grew, or somebody judged one."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from holds.actions.match_places import (
    CERTAIN,
    certain_facility,
    clear_text,
    evidence_of,
    load_directory,
    location_of,
    matched,
)
from holds.domain.staff import Acting
from holds.matching.facility_judgement import FacilityMatch
from holds.matching.facility_learned import JUDGED
from holds.store.learned_places import learned_places
from holds.store.ledger import Entry, write_ledger
from holds.store.places import Custody, PlaceMatch
from holds.store.spellings import open_spellings
from holds.store.vault import Vault

CHUNK = 500


def rematch_places(session: Session, vault: Vault, *, acting: Acting) -> int:
    """Match open spellings again, with the custody lines that rest on them; how many found their facility.

    What is certain without a person stays matched. What a person judged stays so, unless a facility that was
    not known then is now certainly meant: that waits for a person.
    """
    by_a_person = PlaceMatch.evidence["rule"].as_string() == JUDGED
    waiting = session.scalars(
        select(PlaceMatch)
        .where(or_(PlaceMatch.judgement.not_in(CERTAIN), by_a_person))
        .order_by(PlaceMatch.id)
    ).all()
    return rematch(session, vault, acting=acting, places=waiting)


def rematch(session: Session, vault: Vault, *, acting: Acting, places: Sequence[PlaceMatch]) -> int:
    """Match these again, with all that was judged; how many have a facility that is not the one before.

    What a shredded list wrote can no longer be read. A spelling that is certain may stand in clear.
    """
    directory, learned = load_directory(session), learned_places(session, vault.ring)
    spellings = open_spellings(session, vault, places)
    readable = [place for place in places if place.id in spellings]
    locations = [location_of(spellings[place.id]) for place in readable]
    moved: dict[uuid.UUID | None, list[PlaceMatch]] = {}
    for place, location, match in zip(
        readable, locations, matched(directory, learned, locations), strict=True
    ):
        was = place.facility_id if place.judgement in CERTAIN else None
        _set(place, match, clear_text(match, location))
        if was != place.facility_id:
            moved.setdefault(was, []).append(place)
    session.flush()
    for was, gone in moved.items():
        for start in range(0, len(gone), CHUNK):
            _follow(session, gone[start : start + CHUNK], was)
    write_ledger(session, [_entry(acting, place, was) for was, gone in moved.items() for place in gone])
    return sum(place.facility_id is not None for gone in moved.values() for place in gone)


def _set(place: PlaceMatch, match: FacilityMatch, clear: str | None) -> None:
    evidence = evidence_of(match)
    if (place.judgement, place.evidence) == (match.judgement, evidence):
        return
    place.judgement, place.evidence = match.judgement, evidence
    place.text = clear
    place.facility_id = certain_facility(match)


def _follow(session: Session, places: Sequence[PlaceMatch], was: uuid.UUID | None) -> None:
    """Letters go to `custody.facility_id`, so it follows its spelling; nobody released is at a facility.

    A line that was brought elsewhere by other means than its spelling stays there.
    """
    facility = select(PlaceMatch.facility_id).where(PlaceMatch.id == Custody.place_match_id).scalar_subquery()
    session.execute(
        update(Custody)
        .where(
            Custody.place_match_id.in_([place.id for place in places]),
            Custody.facility_id.is_(None) if was is None else Custody.facility_id == was,
            Custody.status != "released",
        )
        .values(facility_id=facility)
        .execution_options(synchronize_session=False)
    )


def _entry(acting: Acting, place: PlaceMatch, was: uuid.UUID | None) -> Entry:
    now: Mapping[str, uuid.UUID | None] = {"facility": place.facility_id, "was": was}
    return Entry(
        verb="place.matched" if place.facility_id else "place.unmatched",
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=place.id,
        codes={
            "judgement": place.judgement,
            "rule": place.evidence["rule"],
            **{name: str(one) for name, one in now.items() if one},
        },
    )
