"""Sending that was stopped and went on."""

from sqlalchemy.orm import Session

from holds.store.base import new_id
from notify.store.stops import SendingStop, SendingStopEnd
from tests.holds.store.ground import put
from tests.holds.store.record import Record


def tell_of_stops(session: Session, record: Record) -> None:
    """A stop of all texts, lifted."""
    manager, stop_id = record.staff["sunny"], new_id()
    put(
        session,
        SendingStop,
        id=stop_id,
        organisation_id=manager.organisation_id,
        carriage="sms",
        reason="provider",
        stopped_by=manager.id,
    )
    put(session, SendingStopEnd, stop_id=stop_id, lifted_by=manager.id)
