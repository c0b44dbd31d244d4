"""A check by telephone, for an officer without a network: asked, called back, and read back.

Whoever calls says which office they are of; who they are is known only by calling that office back, by the
number on record. Until the officer has repeated the answer there, nobody is cleared.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.check_removal import check_removal
from holds.actions.clear_removal import NOT_COMPARED
from holds.actions.destinations import DESTINATION_WANTED, read_destination
from holds.actions.questions import Question
from holds.actions.removal_calls import ClearanceIssued, check_and_clear
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.alarm_contact import ContactWay, Duty
from holds.domain.decision import Answer, Decision
from holds.domain.departure import DepartureKind, Stage
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.domain.transmission import office_name
from holds.store.alarm_contacts import AlarmContact
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.engine import Database
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from holds.store.phone_checks import PhoneCheck, PhoneReadBack
from holds.store.vault import open_json, seal_json

LIFE = dt.timedelta(minutes=15)
DISAGREED = "phone_check_disagreed"


class PhoneCheckError(RefusedError):
    """Nothing was answered or cleared; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who called, as they said: office (AOR or DETLOC), name, badge, the number they called from."""

    office: str
    caller: str = field(repr=False)
    badge: str = field(repr=False)
    number_given: str = field(repr=False, default="")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom they asked about, and for what journey. `birth_date` as spoken."""

    a_number: str = field(repr=False)
    name: str | None = field(repr=False, default=None)
    birth_date: str | None = field(repr=False, default=None)
    stage: Stage
    departure_kind: DepartureKind
    destination: str


@dataclass(frozen=True, kw_only=True)
class PhoneAnswer:
    """To be read to whoever answers at `call_back`, the numbers on record, and repeated by them."""

    reference: str
    answer: Answer
    call_back: tuple[str, ...]
    until: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ReadBack:
    """`agreed`: the officer repeated what was found. `clearance` where that may board somebody."""

    agreed: bool
    decision: Decision
    clearance: ClearanceIssued | None = None


def check_by_phone(
    session: Session, database: Database, *, acting: Acting, call: Call, asked: Asked
) -> PhoneAnswer:
    """Check, and keep the answer until it is read back. An office without a number on record gets none."""
    require(acting, Verb.ANSWER_BY_PHONE)
    office = office_name(call.office)
    if not office or not call.caller.strip() or not call.badge.strip():
        raise PhoneCheckError("Ask for the office, the name and the badge of whoever calls.")
    code = read_destination(session, asked.destination)
    if code is None:
        raise PhoneCheckError(DESTINATION_WANTED)
    numbers = _numbers_on_record(session, database, acting, office)
    if not numbers:
        raise PhoneCheckError(
            f"No telephone of {office} is on record, so nobody there can be called back: nobody boards. "
            "An administrator records it with: holdfast contact add"
        )
    answer = check_removal(session, database, acting=acting, question=_question(asked, code))
    if answer.reference is None or answer.at is None:
        raise PhoneCheckError("The record could not be asked: nobody boards.")
    check_id, phone_id, reference = uuid.UUID(answer.reference), new_id(), new_reference()
    key = database.vault.add_key(session, phone_id, "phone_check")
    person_id = session.scalar(select(LedgerRow.person_id).where(LedgerRow.id == check_id))
    said = {
        "caller": call.caller.strip(),
        "badge": call.badge.strip(),
        "number_given": call.number_given.strip(),
        "a_number": asked.a_number,
        "name": asked.name,
        "birth_date": asked.birth_date,
    }
    row = {
        "id": phone_id,
        "reference": reference,
        "organisation_id": acting.organisation_id,
        "office": office,
        "contact_id": numbers[0][0],
        "stage": asked.stage.value,
        "departure_kind": asked.departure_kind.value,
        "destination": code,
        "decision": answer.decision.value,
        "person_id": person_id,
        "check_id": check_id,
        "sealed_call": seal_json(key, "phone_check", "sealed_call", phone_id, said),
        "taken_by": acting.id,
    }
    session.execute(insert(PhoneCheck), [row])
    codes = {"office": office, "check": answer.reference, "decision": answer.decision.value}
    tell(session, acting, "phone.checked", phone_id, person_id=person_id, codes=codes)
    return PhoneAnswer(
        reference=reference,
        answer=answer,
        call_back=tuple(number for _, number in numbers),
        until=answer.at + LIFE,
    )


def read_back(
    session: Session, database: Database, *, acting: Acting, reference: str, heard: Decision
) -> ReadBack:
    """Record what the officer repeated when called back. What agrees clears a boarding, if nothing has come
    since; what does not is a task, and the call is taken anew."""
    require(acting, Verb.ANSWER_BY_PHONE)
    found = session.scalar(
        select(PhoneCheck).where(
            PhoneCheck.reference == reference.strip().upper(),
            PhoneCheck.organisation_id == acting.organisation_id,
        )
    )
    if found is None:
        raise PhoneCheckError("There is no call with this reference.")
    if session.get(PhoneReadBack, found.id) is not None:
        raise PhoneCheckError("This answer was read back before; take the call anew.")
    if session.scalars(select(holdfast_now())).one() >= found.taken_at + LIFE:
        raise PhoneCheckError("More than fifteen minutes have passed; take the call anew.")
    decision = Decision(found.decision)
    agreed = heard is decision
    row = {"phone_check_id": found.id, "heard": heard.value, "agreed": agreed, "read_by": acting.id}
    session.execute(insert(PhoneReadBack), [row])
    codes = {"heard": heard.value, "agreed": agreed, "decision": decision.value}
    tell(session, acting, "phone.read_back", found.id, person_id=found.person_id, codes=codes)
    if not agreed:
        evidence = {"call": found.reference, "heard": heard.value, "found": decision.value}
        doubt = NewTask(kind=DISAGREED, subject_id=found.id, person_id=found.person_id, evidence=evidence)
        raise_tasks(session, acting, [doubt])
        return ReadBack(agreed=False, decision=decision)
    if decision is not Decision.NO_ACTIVE_HOLD or found.stage != Stage.BOARDING.value:
        return ReadBack(agreed=True, decision=decision)
    return _cleared(session, database, acting, found)


def _cleared(session: Session, database: Database, acting: Acting, found: PhoneCheck) -> ReadBack:
    said = open_json(
        database.vault.key(session, found.id), "phone_check", "sealed_call", found.id, found.sealed_call
    )
    asked = Asked(
        a_number=said["a_number"],
        name=said["name"],
        birth_date=said["birth_date"],
        stage=Stage(found.stage),
        departure_kind=DepartureKind(found.departure_kind),
        destination=found.destination,
    )
    done = check_and_clear(
        session,
        database,
        acting=acting,
        question=_question(asked, found.destination),
        departure_kind=asked.departure_kind,
        destination=found.destination,
    )
    if isinstance(done, ClearanceIssued):
        return ReadBack(agreed=True, decision=Decision.NO_ACTIVE_HOLD, clearance=done)
    if done.code == NOT_COMPARED:
        raise PhoneCheckError("A clearance needs name and birth date: take the call anew, with both.")
    return ReadBack(agreed=True, decision=Decision.BLOCKED)


def _question(asked: Asked, destination: str) -> Question:
    return Question(
        a_number=asked.a_number,
        name=asked.name,
        birth_date=asked.birth_date,
        journey={
            "departure_kind": asked.departure_kind.value,
            "destination": destination,
            "stage": asked.stage.value,
            "by": "phone",
        },
    )


def _numbers_on_record(
    session: Session, database: Database, acting: Acting, office: str
) -> Sequence[tuple[uuid.UUID, str]]:
    rows = session.execute(
        select(AlarmContact.id, AlarmContact.sealed_value)
        .where(
            AlarmContact.duty != Duty.ON_CALL.value,
            AlarmContact.office == office,
            AlarmContact.way == ContactWay.PHONE.value,
            AlarmContact.ended_at.is_(None),
            AlarmContact.organisation_id == acting.organisation_id,
        )
        .order_by(AlarmContact.rank, AlarmContact.id)
    ).all()
    keys = database.vault.keys(session, [row.id for row in rows])
    return [
        (row.id, keys[row.id].open("alarm_contact", "sealed_value", row.id, row.sealed_value).decode())
        for row in rows
        if row.id in keys
    ]
