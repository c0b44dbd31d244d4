"""A story that leaves a row in every append-only table of both packages."""

import datetime as dt
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.seal_ledger import seal_ledger
from holds.domain.judgement import DoubtKind
from holds.store.base import new_id
from holds.store.gates import Clearance, Removal
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from holds.store.places import PostureNote
from holds.store.reviews import Objection, ObjectionAnswer, ServiceDispute
from tests.holds.store.ends import tell_ends
from tests.holds.store.ground import compared, days, epoch, put, put_appearance, put_service, release
from tests.holds.store.merging import put_doubt, put_merge, put_split
from tests.holds.store.of_counsel import tell_of_counsel
from tests.holds.store.of_places import tell_of_places
from tests.holds.store.on_call import tell_of_alarms
from tests.holds.store.on_their_way import tell_opening, tell_transmission
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record
from tests.holds.store.stopping import tell_of_stops
from tests.holds.store.systems import tell_of_systems
from wsgi import METADATA


def tell_story(session: Session, record: Record, *, plain: bool = False) -> Held:
    """Held, served, disputed, objected, released, cleared, boarded, noticed; and the ledger sealed.

    A `plain` one has no row that only a later schema can hold: no client, no merge, no closing.
    """
    casey, field = record.staff["casey"], record.staff["field"]
    held = put_on_record(session, record, new_incident(session, record))
    objection_id, now = new_id(), database_now(session)
    words = {"objector": "person", "received_at": now, "recorded_by": casey.id}
    put(session, Objection, id=objection_id, hold_id=held.hold_id, person_id=held.person_id, **words)
    answer = {"sustained": False, "answered_by": record.staff["sol"].id}
    put(session, ObjectionAnswer, objection_id=objection_id, **answer)
    disputed = put_service(session, record, held, served_at=days(session, -50))
    dispute = {"disputed_by": "person", "recorded_by": casey.id}
    put(session, ServiceDispute, service_id=disputed, person_id=held.person_id, **dispute)
    release(session, record, held)
    put_appearance(session, record, held)
    list_id = session.scalars(select(METADATA.tables["source_list"].c.id)).first()
    posture = {"person_id": held.person_id, "sealed_posture": b"sealed", "source_list_id": list_id}
    put(session, PostureNote, **posture)
    row = {"exposure_id": held.exposure_id, "incident_id": held.incident_id, "fingerprint": b"f"}
    _add(session, "exposure_row", source_list_id=list_id, row_number=1, **row)
    clearance_id, seen = new_id(), epoch(session, held.person_id)
    leave = {"departure_kind": "removal", "destination": "CU", "issued_to": field.id}
    leave["expires_at"] = now + dt.timedelta(minutes=10)
    put(session, Clearance, id=clearance_id, person_id=held.person_id, epoch=seen + 1, **leave)
    compared(session, clearance_id)
    used = {"clearance_id": clearance_id, "recorded_by": field.id}
    put(session, Removal, person_id=held.person_id, epoch=seen + 2, **used)
    if not plain:
        tell_of_systems(session, record)
        tell_of_stops(session, record)
        tell_of_alarms(session, record)
        _merge(session, record, held)
        tell_ends(session, record)
        tell_opening(session, record)
        tell_of_counsel(session, record, held)
        tell_of_places(session, record)
    _notify(session, record, held)
    tell_transmission(session, record, held)
    seal_ledger(session, record.vault)
    return held


def _merge(session: Session, record: Record, held: Held) -> None:
    """Merged with another record and split again, and a near match judged; both are held afterwards."""
    incident = new_incident(session, record)
    one, other = (put_on_record(session, record, incident) for _ in range(2))
    put_split(session, record, put_merge(session, record, one, other))
    put_doubt(session, record, held.person_id, None, DoubtKind.NEAR_MATCH)


def _notify(session: Session, record: Record, held: Held) -> None:
    notice_id, delivery_id, attempt_id = new_id(), new_id(), new_id()
    operator = record.staff["operator"]
    _add(
        session,
        "notice",
        id=notice_id,
        organisation_id=session.get_one(Person, held.person_id).organisation_id,
        person_id=held.person_id,
        recipient_id=held.person_id,
        kind="exposure_notice",
        version=1,
        cause_id=session.scalars(select(LedgerRow.id)).first(),
        exposure_id=held.exposure_id,
        planned_by=operator.id,
    )
    way = {"carriage": "letter", "form": "full", "person_id": held.person_id}
    _add(session, "delivery", id=delivery_id, notice_id=notice_id, **way)
    attempt = {"number": 1, "claim": new_id(), "carrier": "letter", "language": "es"}
    attempt |= {"sealed_address": b"sealed", "started_by": operator.id}
    _add(session, "delivery_attempt", id=attempt_id, delivery_id=delivery_id, **attempt)
    _add(session, "attempt_result", attempt_id=attempt_id, outcome="accepted", reference="x")
    event = {"provider": "p", "event_id": "e", "attempt_id": attempt_id, "state": "delivered"}
    _add(session, "delivery_receipt", **event)


def _add(session: Session, table: str, **row: Any) -> None:
    mapped = next(m.class_ for m in Person.registry.mappers if m.local_table is METADATA.tables[table])
    session.execute(insert(mapped), [row])
