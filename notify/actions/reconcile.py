"""After a crash: telling what never went from what may have gone. Nothing is ever sent again blindly."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.ledger import Entry, write_ledger
from notify.actions.stored_receipts import apply_receipts
from notify.domain.delivery import State, move
from notify.domain.plan import TaskKind
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.outbox import of_what

REPEATABLE = frozenset({"letter", "spool"})
"""Carriers whose attempt may be made again: a spool write under the same name leaves the same one file. No
provider is one of them: neither Twilio's messages nor SendGrid's mail has an idempotency key."""
VERBS = {State.UNKNOWN: "delivery.unknown", State.QUEUED: "delivery.put_off"}


@dataclass(frozen=True)
class Abandoned:
    """A delivery whose lease ran out; `attempt_id` and `carrier` where an attempt was begun and not ended."""

    id: uuid.UUID
    notice_id: uuid.UUID | None
    person_id: uuid.UUID | None
    carriage: str
    attempt_id: uuid.UUID | None
    carrier: str | None
    alarm_id: uuid.UUID | None


def reconcile(
    session: Session, *, acting: Acting, repeatable: Collection[str] = REPEATABLE, limit: int = 500
) -> Counter[str]:
    """Settle deliveries whose lease ran out; counts by the state they came to.

    Without an attempt nothing went: back into the queue. With an attempt and no result it may have gone:
    `unknown`, and a task; a receipt or a human tells. Only a repeatable carrier's goes back into the queue.
    """
    require(acting, Verb.SEND_NOTICES)
    found = _abandoned(session, limit)
    to: dict[uuid.UUID, State] = {}
    for one in found:
        may_have_gone = one.attempt_id is not None and one.carrier not in repeatable
        to[one.id] = move(State.SENDING.value, State.UNKNOWN if may_have_gone else State.QUEUED)
    for state in set(to.values()):
        session.execute(
            update(Delivery)
            .where(Delivery.id.in_([one.id for one in found if to[one.id] is state]))
            .values(state=state.value, leased_by=None, lease_until=None, changed_at=holdfast_now())
        )
    write_ledger(session, [_entry(acting, one, to[one.id]) for one in found])
    # What the provider reported while we waited for its answer may tell after all.
    told = apply_receipts(session, acting, [one.id for one in found if to[one.id] is State.UNKNOWN])
    unclear = [one for one in found if {**to, **told}[one.id] is State.UNKNOWN and one.alarm_id is None]
    raise_tasks(session, acting, [_doubt(one) for one in unclear])
    return Counter(state.value for state in {**to, **told}.values())


def _abandoned(session: Session, limit: int) -> list[Abandoned]:
    expired = session.scalars(
        select(Delivery)
        .where(Delivery.state == State.SENDING.value, Delivery.lease_until <= holdfast_now())
        .order_by(Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    begun = session.execute(
        select(Attempt.delivery_id, Attempt.claim, Attempt.id, Attempt.carrier)
        .outerjoin(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(
            Attempt.delivery_id.in_([delivery.id for delivery in expired]),
            AttemptResult.attempt_id.is_(None),
        )
    )
    attempts = {(row.delivery_id, row.claim): (row.id, row.carrier) for row in begun}
    found = []
    for delivery in expired:
        last = attempts.get((delivery.id, delivery.leased_by)) if delivery.leased_by else None
        attempt_id, carrier = last or (None, None)
        found.append(
            Abandoned(
                delivery.id,
                delivery.notice_id,
                delivery.person_id,
                delivery.carriage,
                attempt_id,
                carrier,
                delivery.alarm_id,
            )
        )
    return found


def _doubt(one: Abandoned) -> NewTask:
    return NewTask(
        kind=TaskKind.DELIVERY_UNKNOWN.value,
        subject_id=one.id,
        person_id=one.person_id,
        detail="no_result",
        evidence={"carriage": one.carriage, "notice": str(one.notice_id), "attempt": str(one.attempt_id)},
    )


def _entry(acting: Acting, one: Abandoned, state: State) -> Entry:
    return Entry(
        verb=VERBS[state],
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=one.id,
        person_id=one.person_id,
        codes={
            **of_what(one.notice_id, one.alarm_id),
            "carriage": one.carriage,
            "code": "lease.expired",
            **({"attempt": str(one.attempt_id)} if one.attempt_id else {}),
        },
    )
