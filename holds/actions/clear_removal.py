"""Clearance and boarding: check and execute as one step (guarantee 5)."""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.departure import DepartureKind
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.engine import Database
from holds.store.gate_lock import lock_gates
from holds.store.gates import Clearance, Removal
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.openness import closed_reasons

LIFE = dt.timedelta(minutes=15)


class BlockedError(RefusedError):
    """No removal. The message carries the reason codes."""


def issue_clearance(
    session: Session,
    database: Database,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    departure_kind: DepartureKind,
    destination: str,
) -> uuid.UUID:
    """Clear one departure of a person nothing holds; raises `BlockedError`, and the trigger looks again."""
    require(acting, Verb.EXECUTE_REMOVAL)
    closed = closed_reasons(session, database.vault.ring, database.metadata)
    epoch = lock_gates(session, [person_id])[person_id]
    held = active_bases(session, [person_id], departure_kind)[person_id]
    if closed or held:
        raise BlockedError(f"blocked: {', '.join(closed or ('hold.active',))}")
    now = session.scalars(select(holdfast_now())).one()
    clearance_id = new_id()
    row = {
        "id": clearance_id,
        "reference": new_reference(),
        "person_id": person_id,
        "epoch": epoch + 1,
        "departure_kind": departure_kind.value,
        "destination": destination,
        "issued_to": acting.id,
        "expires_at": now + LIFE,
    }
    session.execute(insert(Clearance), [row])
    tell(session, acting, "clearance.issued", clearance_id, person_id=person_id, codes={"epoch": epoch + 1})
    return clearance_id


def record_boarding(
    session: Session, database: Database, *, acting: Acting, clearance_id: uuid.UUID
) -> uuid.UUID:
    """Use a clearance up and record the boarding. The trigger refuses a void, expired or used one.

    A database that closed since the clearance boards nobody: its trigger may be the very thing that changed.
    """
    require(acting, Verb.EXECUTE_REMOVAL)
    closed = closed_reasons(session, database.vault.ring, database.metadata)
    if closed:
        raise BlockedError(f"blocked: {', '.join(closed)}")
    cleared = session.get(Clearance, clearance_id)
    if cleared is None:
        raise BlockedError("blocked: clearance.unknown")
    person_id = cleared.person_id
    epoch = lock_gates(session, [person_id])[person_id]
    if active_bases(session, [person_id], DepartureKind(cleared.departure_kind))[person_id]:
        raise BlockedError("blocked: hold.active")
    removal_id = new_id()
    row = {
        "id": removal_id,
        "person_id": person_id,
        "epoch": epoch + 1,
        "clearance_id": clearance_id,
        "recorded_by": acting.id,
    }
    session.execute(insert(Removal), [row])
    tell(session, acting, "removal.boarded", removal_id, person_id=person_id, codes={"epoch": epoch + 1})
    return removal_id
