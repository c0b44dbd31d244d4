"""A person's notices, the batches, and what lies in the spool. No address, and nothing of what it says."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from notify.store.alarms import Alarm
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.notices import Batch, Notice


@dataclass(frozen=True)
class DeliveryLine:
    """One way a notice took."""

    carriage: str
    form: str
    state: str
    attempts: int
    changed_at: dt.datetime


@dataclass(frozen=True)
class NoticeLine:
    """One notice of a person. `to`: `person` or `counsel`."""

    id: uuid.UUID
    reference: str
    kind: str
    version: int
    round: int
    to: str
    planned_at: dt.datetime
    deliveries: tuple[DeliveryLine, ...]


@dataclass(frozen=True)
class BatchLine:
    """One batch: counts of deliveries by state."""

    reference: str
    planned_at: dt.datetime
    approved_at: dt.datetime | None
    states: dict[str, int]


@dataclass(frozen=True)
class SpooledLine:
    """One file in the spool; `path` is below its folder."""

    reference: str
    carriage: str
    form: str
    path: str
    at: dt.datetime


def notices_of(session: Session, person_id: uuid.UUID, *, acting: Acting) -> list[NoticeLine]:
    """Everything that was planned about a person of the actor's organisation, oldest first."""
    require(acting, Verb.LOOK_AT_PERSON)
    ways: dict[uuid.UUID, list[DeliveryLine]] = {}
    for row in session.scalars(select(Delivery).where(Delivery.person_id == person_id).order_by(Delivery.id)):
        line = DeliveryLine(row.carriage, row.form, row.state, row.attempts, row.changed_at)
        if row.notice_id:
            ways.setdefault(row.notice_id, []).append(line)
    rows = session.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.organisation_id == acting.organisation_id)
        .order_by(Notice.id)
    )
    return [
        NoticeLine(
            row.id,
            row.reference,
            row.kind,
            row.version,
            row.round,
            "counsel" if row.counsel_id else "person",
            row.planned_at,
            tuple(ways.get(row.id, ())),
        )
        for row in rows
    ]


def batches(session: Session, *, acting: Acting) -> list[BatchLine]:
    """Every batch of the actor's organisation, the latest first."""
    require(acting, Verb.SEE_FIGURES)
    states: dict[uuid.UUID, dict[str, int]] = {}
    for batch_id, state, number in session.execute(
        select(Delivery.batch_id, Delivery.state, func.count()).group_by(Delivery.batch_id, Delivery.state)
    ):
        if batch_id is not None:
            states.setdefault(batch_id, {})[state] = number
    rows = session.scalars(
        select(Batch)
        .where(Batch.organisation_id == acting.organisation_id)
        .order_by(Batch.planned_at.desc(), Batch.id.desc())
    )
    return [BatchLine(row.reference, row.planned_at, row.approved_at, states.get(row.id, {})) for row in rows]


def spooled(session: Session, *, acting: Acting, limit: int | None = None) -> list[SpooledLine]:
    """What lies in the spool, notices and alarms, sorted by path; a file written again is listed once."""
    require(acting, Verb.OPEN_SPOOL)
    rows = session.execute(
        select(
            func.coalesce(Notice.reference, Alarm.reference).label("reference"),
            Delivery.carriage,
            Delivery.form,
            AttemptResult.reference.label("path"),
            func.max(AttemptResult.finished_at).label("at"),
        )
        .select_from(AttemptResult)
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .outerjoin(Notice, Notice.id == Delivery.notice_id)
        .outerjoin(Alarm, Alarm.id == Delivery.alarm_id)
        .where(
            AttemptResult.outcome == "accepted",
            Attempt.carrier.in_(("letter", "spool")),
            func.coalesce(Notice.organisation_id, Alarm.organisation_id) == acting.organisation_id,
        )
        .group_by(
            Notice.reference, Alarm.reference, Delivery.carriage, Delivery.form, AttemptResult.reference
        )
        .order_by(AttemptResult.reference)
        .limit(limit)
    )
    return [SpooledLine(row.reference, row.carriage, row.form, row.path or "", row.at) for row in rows]
