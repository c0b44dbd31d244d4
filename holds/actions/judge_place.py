"""Judging which facility a location is: one person's word, kept with its reason, for the next list too.

A word takes effect at once, and so does a word against it: the location waits again, and nobody's mail goes
to the place in doubt. It waits for the batch of an import at work: neither may miss what the other does.
"""

import uuid

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from holds.actions.match_places import CERTAIN, location_of
from holds.actions.rematch_places import rematch
from holds.actions.source_lists import one_import_at_a_time
from holds.domain.place_word import PlaceVerdict
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.matching.facility_learned import could_be_anywhere, key_of
from holds.store.base import new_id
from holds.store.learned_places import place_fingerprint
from holds.store.ledger import tell
from holds.store.people import Person
from holds.store.place_judgements import PlaceJudgement
from holds.store.places import Custody, Facility, FacilityName, PlaceMatch
from holds.store.spellings import open_spellings
from holds.store.vault import Vault, seal_json

LOCK_NOT_AVAILABLE = "55P03"


class PlaceRefusedError(RefusedError):
    """Nothing was judged; the message says why."""


def judge_place(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    match_id: uuid.UUID,
    verdict: PlaceVerdict,
    facility_id: uuid.UUID | None = None,
    reason: str,
) -> PlaceMatch:
    """Judge a location somebody of the actor's organisation is at; the match as it stands now.

    `facility_id` with the verdict `facility` alone. All that was written alike is matched again with it.
    """
    require(acting, Verb.JUDGE_PLACE)
    _wait_for_imports(session)
    place = _ours(session, acting, match_id)
    if not reason.strip():
        raise PlaceRefusedError("A judgement needs its reason: --reason TEXT.")
    if (verdict is PlaceVerdict.FACILITY) != (facility_id is not None):
        raise PlaceRefusedError("Say which facility it is, or that it is none, or that you are unsure.")
    spelling = open_spellings(session, vault, [place]).get(place.id)
    if spelling is None:
        raise PlaceRefusedError("The list that wrote this was shredded; it can no longer be read or judged.")
    location = location_of(spelling)
    key = key_of(location)
    if not key.name:
        raise PlaceRefusedError("This location has no words to remember it by; correct it in the list.")
    if facility_id is not None and could_be_anywhere(location):
        raise PlaceRefusedError(
            "These words name no place: whoever is written so in any state would be sent there."
            " Add the city or state in the list, or say --unsure."
        )
    judgement_id, seal = new_id(), vault.key(session, place.source_list_id)
    words = {"reason": reason.strip()}
    candidate = _candidate(place)
    row = {
        "id": judgement_id,
        "place_match_id": place.id,
        "place_key": place_fingerprint(vault.ring, key.text),
        "verdict": verdict.value,
        "facility_id": facility_id,
        "candidate_id": candidate,
        "sealed_reason": seal_json(seal, "place_judgement", "sealed_reason", judgement_id, words),
        "judged_by": acting.id,
    }
    session.execute(insert(PlaceJudgement), [row])
    named = {"facility": facility_id, "candidate": candidate}
    tell(
        session,
        acting,
        "place.judged",
        place.id,
        codes={
            "verdict": verdict.value,
            "judgement": str(judgement_id),
            **{name: str(one) for name, one in named.items() if one},
        },
        details=words,
        key=seal,
    )
    place.judged_by = acting.id
    among = _may_read_alike(place.id, {one for one in named.values() if one})
    touched = session.scalars(select(PlaceMatch).where(among).order_by(PlaceMatch.id)).all()
    spellings = open_spellings(session, vault, touched)
    alike = [
        one
        for one in touched
        if one.id in spellings and key_of(location_of(spellings[one.id])).name == key.name
    ]
    rematch(session, vault, acting=acting, places=alike)
    return place


def facility_meant(session: Session, text: str) -> uuid.UUID:
    """The one facility with this code, id or name. Raises where it is none, or several."""
    wanted = " ".join(text.split())
    named = select(FacilityName.facility_id).where(FacilityName.name == wanted)
    found = session.scalars(
        select(Facility).where(
            or_(Facility.detloc == wanted.upper(), Facility.name == wanted, Facility.id.in_(named))
        )
    ).all()
    if not found and (identity := _uuid(wanted)):
        found = session.scalars(select(Facility).where(Facility.id == identity)).all()
    if len(found) > 1:
        which = "; ".join(f"{one.detloc or one.id} in {one.city}, {one.state}" for one in found)
        raise PlaceRefusedError(f"Several facilities bear that name; give the code or id of one: {which}")
    if not found:
        raise PlaceRefusedError("The directory has no such facility; see: holdfast facility show CODE|NAME")
    return found[0].id


def match_called(text: str) -> uuid.UUID:
    """The id of a location, as the queue shows it."""
    found = _uuid(text.strip())
    if found is None:
        raise _nothing()
    return found


def _wait_for_imports(session: Session) -> None:
    """A batch takes half a second; the trial of a list holds its place to its end, longer than one waits."""
    try:
        one_import_at_a_time(session)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise PlaceRefusedError("A list is being imported or tried; judge again when it is done.") from None


def _may_read_alike(match_id: uuid.UUID, facilities: set[uuid.UUID]) -> ColumnElement[bool]:
    """What waits or was judged before, and what was matched to the facility that is now in question."""
    return or_(
        PlaceMatch.id == match_id,
        PlaceMatch.judgement.not_in(CERTAIN),
        PlaceMatch.judged_by.is_not(None),
        PlaceMatch.facility_id.in_(facilities),
    )


def _ours(session: Session, acting: Acting, match_id: uuid.UUID) -> PlaceMatch:
    """A location where the custody line of somebody of the organisation was, or is."""
    here = (
        select(Custody.id)
        .join(Person, Person.id == Custody.person_id)
        .where(Custody.place_match_id == match_id, Person.organisation_id == acting.organisation_id)
    )
    place = session.get(PlaceMatch, match_id, with_for_update=True)  # of two words the later sees both
    if place is None or session.scalar(here.limit(1)) is None:
        raise _nothing()
    return place


def _candidate(place: PlaceMatch) -> uuid.UUID | None:
    candidate = place.evidence.get("candidate")
    return place.facility_id or (uuid.UUID(candidate) if candidate else None)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _nothing() -> PlaceRefusedError:
    return PlaceRefusedError("There is no such location on your record; see: holdfast place queue")
