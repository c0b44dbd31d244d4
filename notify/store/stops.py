"""Stops of sending: of all notices, of one way, or of one batch, until somebody lifts them.

Alarms carry standing approval and are never stopped here: whoever must not send them stops the worker.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from holds.store.base import Base, holdfast_now, new_id, new_reference
from notify.domain.delivery import Carriage, StopReason, one_of
from notify.store.deliveries import Delivery
from notify.store.notices import Batch


class SendingStop(Base):
    """That nothing more leaves: by `carriage`, of a batch, or, where it names neither, at all."""

    __tablename__ = "sending_stop"
    __table_args__ = (
        CheckConstraint("carriage IS NULL OR batch_id IS NULL", name="one_scope"),
        CheckConstraint(f"carriage IS NULL OR {one_of('carriage', Carriage)}", name="carriage"),
        CheckConstraint(one_of("reason", StopReason), name="reason"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    carriage: Mapped[str | None]
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notice_batch.id"))
    reason: Mapped[str]
    stopped_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    stopped_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class SendingStopEnd(Base):
    """That a stop was lifted, once."""

    __tablename__ = "sending_stop_end"

    stop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sending_stop.id"), primary_key=True)
    lifted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    lifted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


@dataclass(frozen=True)
class Standing:
    """One stop that nobody has lifted. `batch` is the public reference."""

    id: uuid.UUID
    reference: str
    carriage: Carriage | None
    batch_id: uuid.UUID | None
    batch: str | None
    reason: StopReason
    stopped_at: dt.datetime

    @property
    def of_all(self) -> bool:
        return self.carriage is None and self.batch_id is None


def standing_stops(session: Session) -> list[Standing]:
    """Every stop that stands at this moment, oldest first: whoever owns the worker, it stops for all."""
    rows = session.execute(
        select(SendingStop, Batch.reference)
        .outerjoin(SendingStopEnd, SendingStopEnd.stop_id == SendingStop.id)
        .outerjoin(Batch, Batch.id == SendingStop.batch_id)
        .where(SendingStopEnd.stop_id.is_(None))
        .order_by(SendingStop.stopped_at, SendingStop.id)
    )
    return [
        Standing(
            id=stop.id,
            reference=stop.reference,
            carriage=Carriage(stop.carriage) if stop.carriage else None,
            batch_id=stop.batch_id,
            batch=batch,
            reason=StopReason(stop.reason),
            stopped_at=stop.stopped_at,
        )
        for stop, batch in rows
    ]


def not_stopped(session: Session) -> list[ColumnElement[bool]]:
    """What a delivery must meet to leave at this moment; nothing is asked of alarms."""
    stops = standing_stops(session)
    alarm = Delivery.alarm_id.is_not(None)
    if any(stop.of_all for stop in stops):
        return [alarm]
    ways = {stop.carriage.value for stop in stops if stop.carriage}
    batches = {stop.batch_id for stop in stops if stop.batch_id}
    asked: list[ColumnElement[bool]] = []
    if ways:
        asked.append(alarm | Delivery.carriage.not_in(ways))
    if batches:
        asked.append(alarm | Delivery.batch_id.is_(None) | Delivery.batch_id.not_in(batches))
    return asked
