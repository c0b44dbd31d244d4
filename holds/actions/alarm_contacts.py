"""Whom alarms reach: an office's mailbox or telephone, and who of our staff is on call."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import close_tasks
from holds.domain.alarm_contact import ContactWay, Duty, dialled, way_of
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.domain.transmission import office_name
from holds.store.alarm_contacts import AlarmContact
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.ledger import tell
from holds.store.people import Task
from holds.store.staff import Actor
from holds.store.vault import Vault


class AlarmContactError(RefusedError):
    """The contact cannot be recorded or found as asked; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    """A contact in a list. `whose` is an office, or the login of who is on call."""

    reference: str
    duty: Duty
    whose: str
    way: ContactWay
    rank: int
    value: str = field(repr=False)


def add_alarm_contact(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    duty: Duty,
    value: str,
    office: str | None = None,
    login: str | None = None,
    rank: int = 1,
) -> str:
    """Record one address or number for an office, or for a member of staff on call; returns its reference."""
    require(acting, Verb.MANAGE_CONTACTS)
    way = way_of(value)
    if way is None:
        raise AlarmContactError("Give an e-mail address, or a telephone number with its area code.")
    if (duty is Duty.ON_CALL) != (login is not None) or (duty is Duty.ON_CALL) == (office is not None):
        raise AlarmContactError(
            "Name an office (--office AOR or DETLOC), or who is on call (--login), not both."
        )
    if rank < 1:
        raise AlarmContactError("Ranks begin at 1: who is called first.")
    contact_id, reference = new_id(), new_reference()
    key = vault.add_key(session, contact_id, "alarm_contact")
    stored = (dialled(value) or value.strip()) if way is ContactWay.PHONE else value.strip()
    row = {
        "id": contact_id,
        "reference": reference,
        "organisation_id": acting.organisation_id,
        "duty": duty.value,
        "office": office_name(office),
        "actor_id": _staff(session, acting, login) if login else None,
        "way": way.value,
        "rank": rank,
        "sealed_value": key.seal("alarm_contact", "sealed_value", contact_id, stored.encode()),
        "recorded_by": acting.id,
    }
    session.execute(insert(AlarmContact), [row])
    codes = {"duty": duty.value, "way": way.value, "rank": rank, "office": office_name(office)}
    tell(session, acting, "alarm_contact.recorded", contact_id, codes=codes)
    if office is not None:
        _answer_tasks(session, acting, duty, office)
    return reference


def end_alarm_contact(session: Session, *, acting: Acting, reference: str) -> None:
    """From here on no alarm goes there."""
    require(acting, Verb.MANAGE_CONTACTS)
    found = _own(session, acting, reference)
    session.execute(update(AlarmContact).where(AlarmContact.id == found).values(ended_at=holdfast_now()))
    tell(session, acting, "alarm_contact.ended", found)


def alarm_contacts(session: Session, vault: Vault, *, acting: Acting) -> tuple[ContactLine, ...]:
    """Every contact in force, on-call first, by office and rank."""
    require(acting, Verb.MANAGE_CONTACTS)
    rows = session.execute(
        select(AlarmContact, Actor.login)
        .outerjoin(Actor, Actor.id == AlarmContact.actor_id)
        .where(AlarmContact.ended_at.is_(None), AlarmContact.organisation_id == acting.organisation_id)
        .order_by(AlarmContact.office.is_not(None), AlarmContact.office, AlarmContact.rank)
    ).all()
    keys = vault.keys(session, [row.id for row, _ in rows])
    return tuple(
        ContactLine(
            reference=row.reference,
            duty=Duty(row.duty),
            whose=row.office or login,
            way=ContactWay(row.way),
            rank=row.rank,
            value=keys[row.id].open("alarm_contact", "sealed_value", row.id, row.sealed_value).decode(),
        )
        for row, login in rows
        if row.id in keys
    )


def _staff(session: Session, acting: Acting, login: str) -> uuid.UUID:
    found = session.scalar(
        select(Actor.id).where(
            Actor.login == login,
            Actor.kind == "staff",
            Actor.active,
            Actor.organisation_id == acting.organisation_id,
        )
    )
    if found is None:
        raise AlarmContactError(f"No active member of staff has the login {login}.")
    return found


def _own(session: Session, acting: Acting, reference: str) -> uuid.UUID:
    found = session.scalar(
        select(AlarmContact.id).where(
            AlarmContact.reference == reference.strip().upper(),
            AlarmContact.organisation_id == acting.organisation_id,
            AlarmContact.ended_at.is_(None),
        )
    )
    if found is None:
        raise AlarmContactError("There is no such contact in force; see: holdfast contact list")
    return found


def _answer_tasks(session: Session, acting: Acting, duty: Duty, office: str) -> None:
    """The task that asked for this office's contact is done."""
    rows = session.execute(
        select(Task.id, Task.subject_id, Task.evidence).where(
            Task.kind == "office_without_contact",
            Task.closed_at.is_(None),
            Task.organisation_id == acting.organisation_id,
        )
    ).all()
    done = [
        row.subject_id
        for row in rows
        if (row.evidence.get("office"), row.evidence.get("kind")) == (office_name(office), duty.value)
    ]
    close_tasks(session, acting, "office_without_contact", done)
