"""Recording what a provider reports of an attempt: once an event, and states only move forward."""

import datetime as dt
import uuid

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import Doubt, raise_tasks
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import tell
from notify.domain.delivery import TRANSITIONS, State
from notify.domain.plan import TaskKind
from notify.store.deliveries import Attempt, Delivery, Receipt

REPORTED = frozenset({State.ACCEPTED, State.DELIVERED, State.RETURNED, State.FAILED})
"""All that a provider can know. Its "delivered", and a link that was opened, are no service."""
LOST_TASKS = {State.RETURNED: TaskKind.DELIVERY_RETURNED, State.FAILED: TaskKind.DELIVERY_FAILED}


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
    """Record one event; True if the delivery moved. An event seen before, or an older one, moves nothing."""
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
    if state not in TRANSITIONS[State(delivery.state)] or delivery.state == State.SENDING.value:
        return False
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id)
        .values(state=state.value, changed_at=holdfast_now())
    )
    codes = {"state": state.value, "provider": provider, **({"code": code} if code else {})}
    tell(session, acting, "delivery.reported", delivery.id, person_id=delivery.person_id, codes=codes)
    if state in LOST_TASKS:
        doubt = Doubt(
            kind=LOST_TASKS[state].value,
            subject_id=delivery.id,
            person_id=delivery.person_id,
            detail=code or "",
            evidence={"carriage": delivery.carriage, "notice": str(delivery.notice_id)},
        )
        raise_tasks(session, acting, [doubt])
    return True
