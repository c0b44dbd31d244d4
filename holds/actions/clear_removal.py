"""Clearance and boarding: check and execute as one step (guarantee 5).

Whoever shares an A-number with the person is looked at too: two records may be one human being, and a hold
on either keeps them. So does a hold on somebody who bears the name and birth date that were asked for, and
came on record since. All are locked and looked at here, and by the triggers once more.
"""

import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.destinations import DESTINATION_WANTED, read_destination
from holds.actions.questions import Question, index_keys_of, read_question
from holds.domain.clearance import clearance_terms, decide_clearance
from holds.domain.departure import DepartureKind
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.clearance_indexes import (
    ClearanceIndex,
    index_rows_of,
    named_alike,
    near_match_is_held,
)
from holds.store.engine import Database
from holds.store.gate_lock import lock_gates
from holds.store.gates import Clearance, Removal
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.lookup import sharing_number
from holds.store.merged import members_of
from holds.store.openness import closed_now

NOT_COMPARED = "clearance.not_compared"


class BlockedError(RefusedError):
    """No removal. The message carries the reason codes."""


def issue_clearance(
    session: Session,
    database: Database,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    question: Question,
    departure_kind: DepartureKind,
    destination: str,
) -> uuid.UUID:
    """Clear one departure of a person nothing holds; raises `BlockedError`, and the trigger looks again.

    `question` is what was asked of them, with name and birth date: boarding looks again under its indexes.
    """
    require(acting, Verb.EXECUTE_REMOVAL)
    code = read_destination(session, destination)
    if code is None:
        raise RefusedError(DESTINATION_WANTED)
    closed = closed_now(session, database)
    epoch, held = _lock(session, person_id, departure_kind)
    _refuse(decide_clearance(closed=closed, held=held))
    now = session.scalars(select(holdfast_now())).one()
    asked = read_question(index_keys_of(database.vault.ring), question, today=now.date())
    if not asked.compared:
        raise BlockedError(f"blocked: {NOT_COMPARED}")
    terms = clearance_terms(seen_epoch=epoch, now=now)
    clearance_id = new_id()
    row = {
        "id": clearance_id,
        "reference": new_reference(),
        "person_id": person_id,
        "epoch": terms.epoch,
        "departure_kind": departure_kind.value,
        "destination": code,
        "issued_to": acting.id,
        "expires_at": terms.expires_at,
    }
    session.execute(insert(Clearance), [row])
    session.execute(insert(ClearanceIndex), index_rows_of(clearance_id, asked.terms))
    codes = {
        "epoch": terms.epoch,
        "departure": departure_kind.value,
        "expires": terms.expires_at.isoformat(),
    }
    tell(session, acting, "clearance.issued", clearance_id, person_id=person_id, codes=codes)
    return clearance_id


def record_boarding(
    session: Session, database: Database, *, acting: Acting, clearance_id: uuid.UUID
) -> uuid.UUID:
    """Use a clearance up and record the boarding. The trigger refuses a void, expired or used one, one of
    somebody else's, and where a near match of whoever was cleared is held by now.

    A database that closed since the clearance boards nobody: its trigger may be the very thing that changed.
    """
    require(acting, Verb.EXECUTE_REMOVAL)
    _refuse(decide_clearance(closed=closed_now(session, database), held=False))
    cleared = session.get(Clearance, clearance_id)
    if cleared is None or cleared.issued_to != acting.id:
        raise BlockedError("blocked: clearance.unknown")
    person_id = cleared.person_id
    kind = DepartureKind(cleared.departure_kind)
    epoch, held = _lock(session, person_id, kind, named_alike(session, clearance_id))
    _refuse(decide_clearance(closed=(), held=held))
    if near_match_is_held(session, clearance_id, person_id):
        raise BlockedError("blocked: identity.near_match")
    removal_id = new_id()
    row = {
        "id": removal_id,
        "person_id": person_id,
        "epoch": epoch + 1,
        "clearance_id": clearance_id,
        "recorded_by": acting.id,
    }
    # Told between the lock and the trigger's look at the clock: the time in the ledger is never later than
    # that look, so whoever has the ledger alone can prove that no clearance outlived its end.
    codes = {"epoch": epoch + 1, "clearance": str(clearance_id)}
    tell(session, acting, "removal.boarded", removal_id, person_id=person_id, codes=codes)
    session.execute(insert(Removal), [row])
    return removal_id


def _refuse(reasons: tuple[str, ...]) -> None:
    if reasons:
        raise BlockedError(f"blocked: {', '.join(reasons)}")


def _lock(
    session: Session,
    person_id: uuid.UUID,
    departure_kind: DepartureKind,
    alike: frozenset[uuid.UUID] = frozenset(),
) -> tuple[int, bool]:
    """Lock the gates of everyone under the numbers of the person's record, and of those named alike; the
    epoch to state, and whether anything holds any of the former back from this departure."""
    people = frozenset[uuid.UUID]().union(
        *(sharing_number(session, m) for m in members_of(session, person_id))
    )
    epochs = lock_gates(session, people | alike)
    return epochs[person_id], any(active_bases(session, people, departure_kind).values())
