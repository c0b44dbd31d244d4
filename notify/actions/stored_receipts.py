"""Putting stored receipts to their deliveries: when one comes in, and again when an attempt has ended.

A receipt may be faster than the answer it belongs to. It is kept, and counts as soon as the delivery is no
longer being sent.
"""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from notify.domain.delivery import TRANSITIONS, State
from notify.domain.plan import TaskKind
from notify.store.deliveries import Attempt, Delivery, Receipt

LOST_TASKS = {State.RETURNED: TaskKind.DELIVERY_RETURNED, State.FAILED: TaskKind.DELIVERY_FAILED}


def apply_receipts(
    session: Session, acting: Acting, delivery_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, State]:
    """Move deliveries along the receipts of their newest attempt, in the order in which they came.

    Returns those that moved, with the state they came to. A receipt that was applied moves nothing again.
    The caller holds the deliveries' row locks.
    """
    receipts = _receipts(session, delivery_ids)
    if not receipts:
        return {}
    found = session.scalars(
        select(Delivery)
        .where(Delivery.id.in_({delivery_id for delivery_id, _ in receipts}))
        .execution_options(populate_existing=True)
    )
    deliveries = {delivery.id: delivery for delivery in found}
    before = {delivery_id: State(delivery.state) for delivery_id, delivery in deliveries.items()}
    states, doubts = dict(before), dict[uuid.UUID, NewTask]()
    for delivery_id, receipt in receipts:
        state, delivery = State(receipt.state), deliveries[delivery_id]
        current = states[delivery_id]
        if current is State.SENDING or state not in TRANSITIONS[current]:
            continue
        states[delivery_id] = state
        codes = {"state": state.value, "provider": receipt.provider}
        codes |= {"code": receipt.code} if receipt.code else {}
        tell(session, acting, "delivery.reported", delivery_id, person_id=delivery.person_id, codes=codes)
        if state in LOST_TASKS and delivery.alarm_id is None:
            doubts[delivery_id] = _doubt(delivery, state, receipt.code)
    moved = {delivery_id: state for delivery_id, state in states.items() if state is not before[delivery_id]}
    for delivery_id, state in moved.items():
        session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id)
            .values(state=state.value, changed_at=holdfast_now())
        )
    settled = [delivery_id for delivery_id in moved if before[delivery_id] is State.UNKNOWN]
    close_tasks(session, acting, TaskKind.DELIVERY_UNKNOWN.value, settled)
    raise_tasks(session, acting, doubts.values())
    return moved


def _receipts(session: Session, delivery_ids: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, Receipt]]:
    """Receipts of the newest attempts: what is told of an earlier one is about another sending."""
    newest = (
        select(Attempt.delivery_id, func.max(Attempt.number).label("number"))
        .where(Attempt.delivery_id.in_(delivery_ids))
        .group_by(Attempt.delivery_id)
        .subquery()
    )
    rows = session.execute(
        select(Attempt.delivery_id, Receipt)
        .join(Attempt, Attempt.id == Receipt.attempt_id)
        .join(newest, (newest.c.delivery_id == Attempt.delivery_id) & (newest.c.number == Attempt.number))
        .order_by(Receipt.received_at, Receipt.id)
    )
    return [(row[0], row[1]) for row in rows]


def _doubt(delivery: Delivery, state: State, code: str | None) -> NewTask:
    return NewTask(
        kind=LOST_TASKS[state].value,
        subject_id=delivery.id,
        person_id=delivery.person_id,
        detail=code or "",
        evidence={"carriage": delivery.carriage, "notice": str(delivery.notice_id)},
    )
