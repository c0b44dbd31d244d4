"""Recording what a provider reports of an attempt: once an event, and states only move forward."""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from notify.actions.stored_receipts import apply_receipts
from notify.domain.delivery import State
from notify.store.deliveries import Attempt, Delivery, Receipt

REPORTED = frozenset({State.ACCEPTED, State.DELIVERED, State.RETURNED, State.FAILED})
"""All that a provider can know. Its "delivered", and a link that was opened, are no service."""


class UnknownAttemptError(RefusedError):
    """The receipt is of no attempt of ours."""


def record_receipt(
    session: Session,
    *,
    acting: Acting,
    provider: str,
    event_id: str,
    attempt_id: uuid.UUID,
    state: State,
    code: str | None = None,
    occurred_at: dt.datetime | None = None,
) -> bool:
    """Record one event; True if the delivery moved. An event seen before, or an older one, moves nothing.

    While the delivery is being sent the event waits; one of an attempt that is not the newest is only kept.
    """
    require(acting, Verb.SEND_NOTICES)
    if state not in REPORTED:
        raise ValueError(f"A provider cannot report {state.value}.")
    delivery = session.scalar(
        select(Delivery)
        .join(Attempt, Attempt.delivery_id == Delivery.id)
        .where(Attempt.id == attempt_id)
        .with_for_update(of=Delivery)
        .execution_options(populate_existing=True)
    )
    if delivery is None:
        raise UnknownAttemptError("This receipt belongs to no attempt on record.")
    # Looked for under the delivery's lock: of two copies of an event at once, the second finds the first.
    seen = select(Receipt.id).where(Receipt.provider == provider, Receipt.event_id == event_id)
    if session.scalar(seen) is not None:
        return False
    row = {
        "id": new_id(),
        "provider": provider,
        "event_id": event_id,
        "attempt_id": attempt_id,
        "state": state.value,
        "code": code,
        "occurred_at": occurred_at,
    }
    session.execute(insert(Receipt), [row])
    return delivery.id in apply_receipts(session, acting, [delivery.id])
