"""A second person compares a hold with the order or the rule it cites. It blocks meanwhile all the same."""

import uuid

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.actions.tasks import close_tasks
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.gate_lock import lock_gates
from holds.store.gates import HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import own_hold
from holds.store.stays import HoldVerification

VERIFY_HOLD = "verify_hold"


class VerificationRefusedError(RefusedError):
    """The hold cannot be verified like this; the message says why. It blocks as before."""


def verify_hold(session: Session, *, acting: Acting, hold_id: uuid.UUID) -> None:
    """Say that the hold agrees with what it cites. From then on it is no provisional stay."""
    require(acting, Verb.VERIFY_HOLD)
    hold = own_hold(session, acting, hold_id)
    lock_gates(session, [hold.person_id])
    if hold.placed_by == acting.id:
        raise VerificationRefusedError("Who placed a hold cannot verify it; a second person must.")
    if session.get(HoldEnding, hold_id) is not None:
        raise VerificationRefusedError("This hold has ended already.")
    if session.get(HoldVerification, hold_id) is not None:
        raise VerificationRefusedError("This hold was verified already.")
    row = {
        "hold_id": hold_id,
        "person_id": hold.person_id,
        "placed_by": hold.placed_by,
        "verified_by": acting.id,
    }
    session.execute(insert(HoldVerification), [row])
    tell(session, acting, "hold.verified", hold_id, person_id=hold.person_id)
    close_tasks(session, acting, VERIFY_HOLD, [hold_id])
