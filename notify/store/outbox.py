"""The outbox: claiming what is due, committing attempts before the call, and writing what came of them.

A claim is a compare-and-set on rows: of two workers at once each gets other rows (`SKIP LOCKED` on
PostgreSQL; SQLite has one writer at a time). Everything after the claim asks whether it still holds.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, insert, select, update
from sqlalchemy.orm import Session

from holds.store.base import holdfast_now, new_id
from notify.domain.delivery import CLAIMABLE, Carriage, Form, State, move
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.stops import not_stopped


@dataclass(frozen=True)
class Claimed:
    """One delivery that is ours to send until the lease runs out: of a notice, or of an alarm."""

    id: uuid.UUID
    notice_id: uuid.UUID | None
    person_id: uuid.UUID | None
    carriage: Carriage
    form: Form
    attempts: int
    alarm_id: uuid.UUID | None = None

    @property
    def told(self) -> uuid.UUID:
        """The notice or the alarm: one of them is there, the schema says."""
        found = self.notice_id or self.alarm_id
        assert found is not None  # noqa: S101 - a CHECK of the table
        return found


def of_what(notice_id: uuid.UUID | None, alarm_id: uuid.UUID | None) -> dict[str, str]:
    """For the ledger's codes: which notice, or which alarm, a delivery is of."""
    return {"notice": str(notice_id)} if notice_id else {"alarm": str(alarm_id)}


@dataclass(frozen=True)
class Claim:
    """What one claim got. `id` is what proves it ours."""

    id: uuid.UUID
    deliveries: tuple[Claimed, ...]


@dataclass(frozen=True, kw_only=True)
class NewAttempt:
    """An attempt about to be made."""

    delivery_id: uuid.UUID
    number: int
    carrier: str
    language: str
    sealed_address: bytes
    id: uuid.UUID = field(default_factory=new_id)


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of an attempt, and what becomes of its delivery. `retry_seconds`: again after so long."""

    attempt_id: uuid.UUID
    delivery_id: uuid.UUID
    outcome: str
    state: State
    reference: str | None = None
    code: str | None = None
    sha256: bytes | None = None
    retry_seconds: int = 0


def claim_due(
    session: Session, carriage: Carriage, *, limit: int, seconds: int, alarms: bool = False
) -> Claim:
    """Claim what is due by one carriage, the most urgent first: notices, or `alarms` and nothing else.

    What a stop holds is due to nobody.
    """
    now = session.scalars(select(holdfast_now())).one()
    claimable = [state.value for state in CLAIMABLE]
    rows = session.execute(
        select(
            Delivery.id,
            Delivery.notice_id,
            Delivery.person_id,
            Delivery.carriage,
            Delivery.form,
            Delivery.attempts,
            Delivery.alarm_id,
        )
        .where(
            Delivery.state.in_(claimable),
            Delivery.alarm_id.is_not(None) if alarms else Delivery.alarm_id.is_(None),
            Delivery.carriage == carriage.value,
            Delivery.due_at <= now,
            *not_stopped(session),
        )
        .order_by(Delivery.priority, Delivery.due_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    claim = Claim(
        new_id(), tuple(Claimed(r[0], r[1], r[2], Carriage(r[3]), Form(r[4]), r[5], r[6]) for r in rows)
    )
    if rows:
        session.execute(
            update(Delivery)
            .where(Delivery.id.in_([row[0] for row in rows]), Delivery.state.in_(claimable))
            .values(
                state=State.SENDING.value,
                leased_by=claim.id,
                lease_until=now + dt.timedelta(seconds=seconds),
                changed_at=now,
            )
        )
    return claim


def _still_ours(
    session: Session, claim_id: uuid.UUID, ids: Collection[uuid.UUID], *, stops: bool = False
) -> set[uuid.UUID]:
    rows = session.scalars(
        select(Delivery.id)
        .where(
            Delivery.id.in_(ids),
            Delivery.leased_by == claim_id,
            Delivery.state == State.SENDING.value,
            Delivery.lease_until > holdfast_now(),
            *(not_stopped(session) if stops else ()),
        )
        .order_by(Delivery.id)
        .with_for_update()
    )
    return set(rows)


def begin_attempts(
    session: Session, claim_id: uuid.UUID, actor_id: uuid.UUID, attempts: Sequence[NewAttempt]
) -> set[uuid.UUID]:
    """Write attempts of deliveries that are still ours, and return the ids of those attempts.

    Only what comes back may be handed over, and only once this is committed (guarantee 8). What was stopped
    since the claim goes back into the queue.
    """
    ours = _still_ours(session, claim_id, {attempt.delivery_id for attempt in attempts}, stops=True)
    begun = [attempt for attempt in attempts if attempt.delivery_id in ours]
    if begun:
        session.execute(
            insert(Attempt),
            [
                {
                    "id": attempt.id,
                    "delivery_id": attempt.delivery_id,
                    "number": attempt.number,
                    "claim": claim_id,
                    "carrier": attempt.carrier,
                    "language": attempt.language,
                    "sealed_address": attempt.sealed_address,
                    "started_by": actor_id,
                }
                for attempt in begun
            ],
        )
        session.execute(update(Delivery).where(Delivery.id.in_(ours)).values(attempts=Delivery.attempts + 1))
    stopped = {attempt.delivery_id for attempt in attempts} - ours
    if stopped:
        drop(session, claim_id, dict.fromkeys(stopped, State.QUEUED))
    return {attempt.id for attempt in begun}


def drop(session: Session, claim_id: uuid.UUID, moves: dict[uuid.UUID, State]) -> dict[uuid.UUID, State]:
    """Take claimed deliveries out without an attempt; returns those that were still ours."""
    ours = _still_ours(session, claim_id, moves)
    gone = {delivery_id: state for delivery_id, state in moves.items() if delivery_id in ours}
    _settle(session, gone, {})
    return gone


def finish_attempts(session: Session, claim_id: uuid.UUID, results: Sequence[Result]) -> list[Result]:
    """Write results, which are facts whoever holds the lease by now, and move deliveries on.

    A delivery that was reconciled meanwhile moves only if the table has the edge: a late `accepted` settles
    an `unknown`, and nothing else changes. Returns the results whose delivery moved.
    """
    session.execute(
        insert(AttemptResult),
        [
            {
                "attempt_id": result.attempt_id,
                "outcome": result.outcome,
                "reference": result.reference,
                "code": result.code,
                "sha256": result.sha256,
            }
            for result in results
        ],
    )
    rows = session.execute(
        select(Delivery.id, Delivery.state, Delivery.leased_by)
        .where(Delivery.id.in_([result.delivery_id for result in results]))
        .order_by(Delivery.id)
        .with_for_update()
    )
    found = {row.id: row for row in rows}
    moved = []
    for result in results:
        row = found[result.delivery_id]
        ours = row.state == State.SENDING.value and row.leased_by == claim_id
        late = row.state == State.UNKNOWN.value and result.state is State.ACCEPTED
        if ours or late:
            move(row.state, result.state)
            moved.append(result)
    _settle(
        session,
        {result.delivery_id: result.state for result in moved},
        {result.delivery_id: result.retry_seconds for result in moved if result.state is State.QUEUED},
    )
    return moved


def _settle(session: Session, moves: dict[uuid.UUID, State], waits: dict[uuid.UUID, int]) -> None:
    now = session.scalars(select(holdfast_now())).one()
    for state in set(moves.values()):
        ids = [delivery_id for delivery_id, to in moves.items() if to is state]
        due = {did: now + dt.timedelta(seconds=waits[did]) for did in ids if waits.get(did)}
        values = {"state": state.value, "leased_by": None, "lease_until": None, "changed_at": now}
        statement = update(Delivery).where(Delivery.id.in_(ids))
        if due:
            statement = statement.values(due_at=case(due, value=Delivery.id, else_=Delivery.due_at))
        session.execute(statement.values(**values))
