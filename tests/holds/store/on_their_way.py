"""Rows of a hold on its way and of a database that was opened again, inserted past every action."""

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.openings import DatabaseOpening, Reconciliation
from holds.store.staff import Actor
from holds.store.transmissions import Acknowledgement, Transmission, TransmissionEnd, TransmissionRung
from tests.holds.store.ground import put
from tests.holds.store.record import Held, Record, database_now


def tell_transmission(session: Session, record: Record, held: Held) -> None:
    """Sent to the officer's office, overdue, acknowledged late, and over with a transfer."""
    field, now, sent_id = record.staff["field"], database_now(session), new_id()
    session.execute(update(Actor).where(Actor.id == field.id).values(office="NOL"))
    put(
        session,
        Transmission,
        id=sent_id,
        organisation_id=field.organisation_id,
        hold_id=held.hold_id,
        person_id=held.person_id,
        kind="field_office",
        office="NOL",
        round=1,
        detained=True,
        transmitted_by=record.staff["operator"].id,
        transmitted_at=now - dt.timedelta(minutes=2),
        due_at=now - dt.timedelta(minutes=1),
    )
    put(session, TransmissionRung, transmission_id=sent_id, rung="addressee_again")
    put(
        session,
        Acknowledgement,
        transmission_id=sent_id,
        acknowledged_by=field.id,
        communicated_at=database_now(session),
    )
    put(session, TransmissionEnd, transmission_id=sent_id)


def tell_opening(session: Session, record: Record) -> None:
    """Compared by one supervisor, opened by another."""
    first, second, compared_id = record.staff["sunny"], record.staff["sol"], new_id()
    found = {"found": b"f" * 32, "lost_rows": 0, "lost_people": 0}
    put(session, Reconciliation, id=compared_id, proposed_by=first.id, **found)
    opening = {"reconciliation_id": compared_id, "proposed_by": first.id, "opened_by": second.id}
    put(session, DatabaseOpening, number=2, **opening)
