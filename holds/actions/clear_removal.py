"""Clearance and boarding: check and execute as one step (guarantee 5).

Whoever shares an A-number with the person is looked at too: two records may be one human being, and a hold
on either keeps them. The triggers know one gate at a time and cannot see this, so it is refused here alone;
a twin who comes on record after the look is seen at the next step.
"""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.departure import DepartureKind, destination_code
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.engine import Database
from holds.store.gate_lock import lock_gates
from holds.store.gates import Clearance, Removal
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.lookup import sharing_number
from holds.store.merged import members_of
from holds.store.openness import closed_reasons
from holds.store.places import Facility

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
    """Clear one departure of a person nothing holds; raises `BlockedError`, and the trigger looks again.

    The trigger sees the holds of this person's record, not those of others under the same A-number.
    """
    require(acting, Verb.EXECUTE_REMOVAL)
    known = select(Facility.detloc).where(Facility.detloc == destination.strip().upper())
    code = destination_code(destination, {detloc for detloc in session.scalars(known) if detloc})
    if code is None:
        raise RefusedError(
            "Give the destination as a country code (CU) or the DETLOC code of a facility on record."
        )
    closed = closed_reasons(session, database.vault.ring, database.metadata)
    epoch, held = _lock(session, person_id, departure_kind)
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
        "destination": code,
        "issued_to": acting.id,
        "expires_at": now + LIFE,
    }
    session.execute(insert(Clearance), [row])
    tell(session, acting, "clearance.issued", clearance_id, person_id=person_id, codes={"epoch": epoch + 1})
    return clearance_id


def record_boarding(
    session: Session, database: Database, *, acting: Acting, clearance_id: uuid.UUID
) -> uuid.UUID:
    """Use a clearance up and record the boarding. The trigger refuses a void, expired or used one, and
    cannot see a hold on another record under the same A-number: that is refused here.

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
    epoch, held = _lock(session, person_id, DepartureKind(cleared.departure_kind))
    if held:
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


def _lock(session: Session, person_id: uuid.UUID, departure_kind: DepartureKind) -> tuple[int, bool]:
    """Lock the gates of everyone under the numbers of the person's record; the epoch to state, and whether
    anything holds any of them back from this departure."""
    people = frozenset[uuid.UUID]().union(
        *(sharing_number(session, m) for m in members_of(session, person_id))
    )
    epochs = lock_gates(session, people)
    return epochs[person_id], any(active_bases(session, people, departure_kind).values())
