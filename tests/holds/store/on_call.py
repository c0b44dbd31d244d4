"""Rows of an alarm, of whom it reaches, and of a check by telephone, inserted past every action."""

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.store.alarm_contacts import AlarmContact
from holds.store.base import new_id
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from holds.store.phone_checks import PhoneCheck, PhoneReadBack
from tests.holds.store.ground import put
from tests.holds.store.record import Record
from wsgi import METADATA


def tell_of_alarms(session: Session, record: Record) -> None:
    """An office's telephone, a question by it and its answer read back, and an alarm to the same.

    The alarm has no delivery: an older schema has no place for one, and would stop every way down.
    """
    admin, casey = record.staff["admin"], record.staff["casey"]
    contact_id, check_id, alarm_id = new_id(), new_id(), new_id()
    cause = session.scalars(select(LedgerRow.id)).first()
    ours: dict[str, Any] = {"organisation_id": admin.organisation_id}
    reached = {"duty": "field_office", "office": "NOL", "way": "phone", "sealed_value": b"sealed"}
    put(session, AlarmContact, id=contact_id, recorded_by=admin.id, **ours, **reached)
    asked: dict[str, Any] = {"office": "NOL", "stage": "boarding", "departure_kind": "removal"}
    asked |= {"destination": "CU", "decision": "blocked", "sealed_call": b"sealed", "taken_by": casey.id}
    put(session, PhoneCheck, id=check_id, contact_id=contact_id, check_id=cause, **ours, **asked)
    put(session, PhoneReadBack, phone_check_id=check_id, heard="blocked", agreed=True, read_by=casey.id)
    told: dict[str, Any] = {"kind": "page", "recipient_kind": "contact", "recipient_id": contact_id}
    told |= {"facts": {}, "planned_by": admin.id, "cause_id": cause}
    _add(session, "alarm", id=alarm_id, **ours, **told)
    _add(session, "alarmed_row", ledger_row_id=cause, alarms=1)


def _add(session: Session, table: str, **row: Any) -> None:
    mapped = next(m.class_ for m in Person.registry.mappers if m.local_table is METADATA.tables[table])
    session.execute(insert(mapped), [row])
