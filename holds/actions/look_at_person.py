"""Looking at a person. Every look is in the ledger, whether anything was shown or not (guarantee 14)."""

import uuid

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from holds.domain.look import LookReason
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.ledger import tell
from holds.store.people import Person


class NotYoursError(RefusedError):
    """Nobody of the actor's organisation; said in the same words whether or not such a record exists."""


def look_at_person(
    session: Session, *, acting: Acting, person_id: uuid.UUID, shown: bool, reason: LookReason
) -> uuid.UUID:
    """Write that the actor looks, and why. `shown`: the name and number were opened. Returns the row's id."""
    require(acting, Verb.LOOK_AT_PERSON)
    ours = exists().where(Person.id == person_id, Person.organisation_id == acting.organisation_id)
    if not session.scalar(select(ours)):
        raise NotYoursError("Nobody on your record answers to this; check the number or the reference.")
    return tell(
        session,
        acting,
        "person.seen",
        person_id,
        person_id=person_id,
        codes={"shown": shown, "reason": reason.value},
    )
