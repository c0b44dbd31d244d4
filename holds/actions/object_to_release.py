"""Objecting to a proposed release, by card, phone or mail, and answering an objection."""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import tell
from holds.store.ownership import NOBODY, NotFoundError, own_hold, own_person
from holds.store.reviews import Objection, ObjectionAnswer


class ObjectionRefusedError(RefusedError):
    """The objection or its answer cannot be recorded like this; the message says why."""


def record_objection(
    session: Session, *, acting: Acting, hold_id: uuid.UUID, objector: str, received_at: dt.datetime
) -> uuid.UUID:
    """Record that the person or counsel objects; the hold is not released while it is open."""
    require(acting, Verb.LOOK_AT_PERSON)
    person_id = own_hold(session, acting, hold_id).person_id
    if received_at > session.scalars(select(holdfast_now())).one():
        raise ObjectionRefusedError("The time of the objection lies in the future.")
    objection_id = new_id()
    row = {
        "id": objection_id,
        "hold_id": hold_id,
        "person_id": person_id,
        "objector": objector,
        "received_at": received_at,
        "recorded_by": acting.id,
    }
    session.execute(insert(Objection), [row])
    tell(
        session, acting, "objection.recorded", objection_id, person_id=person_id, codes={"objector": objector}
    )
    return objection_id


def answer_objection(session: Session, *, acting: Acting, objection_id: uuid.UUID, sustained: bool) -> None:
    """Answer an objection, once. Sustained, it keeps the hold."""
    require(acting, Verb.ANSWER_OBJECTION)
    objection = session.get(Objection, objection_id)
    if objection is None:
        raise NotFoundError(NOBODY)
    own_person(session, acting, objection.person_id)
    if session.get(ObjectionAnswer, objection_id) is not None:
        raise ObjectionRefusedError("This objection was answered before; an answer stands.")
    row = {"objection_id": objection_id, "sustained": sustained, "answered_by": acting.id}
    session.execute(insert(ObjectionAnswer), [row])
    tell(
        session,
        acting,
        "objection.answered",
        objection_id,
        person_id=objection.person_id,
        codes={"sustained": sustained},
    )
