"""Whose people they are: an organisation acts on its own people's records, and sees no others.

Checks, placing a hold and clearances are for anyone's people and do not ask this.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.gates import Hold
from holds.store.people import Person

NOBODY = "Nobody on record answers to this; check the number or the reference."


class NotFoundError(RefusedError):
    """Nothing on record answers to this, or to exactly one, or it is not yours; the message does not tell
    the last from the first."""


def is_own(session: Session, acting: Acting, person_id: uuid.UUID) -> bool:
    """Whether the person is on record, and of the actor's organisation."""
    owner = session.scalar(select(Person.organisation_id).where(Person.id == person_id))
    return owner is not None and owner == acting.organisation_id


def own_person(session: Session, acting: Acting, person_id: uuid.UUID) -> None:
    """Raise `NotFoundError` unless `is_own`: absent and not yours read the same."""
    if not is_own(session, acting, person_id):
        raise NotFoundError(NOBODY)


def own_hold(session: Session, acting: Acting, hold_id: uuid.UUID) -> Hold:
    """The hold, on a person of the actor's organisation; else `NotFoundError`."""
    hold = session.get(Hold, hold_id)
    if hold is None:
        raise NotFoundError(NOBODY)
    own_person(session, acting, hold.person_id)
    return hold
