"""Deliveries (the outbox), the attempts made at them, what came of each, and what providers reported."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import MUTABLE, Base, holdfast_now, new_id
from notify.domain.delivery import Carriage, Form, State, one_of


class Delivery(Base):
    """One notice, or one alarm, by one way: the row that is the outbox entry.

    It names no address: that is resolved when it is sent, and sealed on the attempt. `leased_by` is one
    claim of one worker, good until `lease_until`; only that claim may attempt it and tell what came of it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["notice_id", "person_id"], ["notice.id", "notice.person_id"]),
        UniqueConstraint("notice_id", "carriage", "form"),
        UniqueConstraint("alarm_id", "carriage"),
        CheckConstraint("(notice_id IS NULL) <> (alarm_id IS NULL)", name="notice_or_alarm"),
        CheckConstraint("(notice_id IS NULL) = (person_id IS NULL)", name="notice_of_a_person"),
        # Alarms carry standing approval: none ever waits for a batch.
        CheckConstraint("alarm_id IS NULL OR (batch_id IS NULL AND state <> 'planned')", name="no_batch"),
        CheckConstraint(one_of("carriage", Carriage), name="carriage"),
        CheckConstraint(one_of("form", Form), name="form"),
        CheckConstraint(one_of("state", State), name="state"),
        CheckConstraint("(leased_by IS NULL) = (lease_until IS NULL)", name="leased"),
        CheckConstraint("(state = 'sending') = (leased_by IS NOT NULL)", name="sending_is_leased"),
        Index("ix_delivery_due", "state", "priority", "due_at"),
        Index("ix_delivery_person_id", "person_id", "state"),
        Index("ix_delivery_batch_id", "batch_id", "state"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    notice_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    alarm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alarm.id"))
    carriage: Mapped[str]
    form: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.PLANNED.value)
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("notice_batch.id"))
    priority: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[uuid.UUID | None]
    lease_until: Mapped[dt.datetime | None]
    changed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Attempt(Base):
    """That we are about to hand a delivery over. Committed before the call; append-only.

    An attempt without a result means that the worker died on the way: it may have gone. `carrier` is the
    channel module that took it. `sealed_address` is JSON under the recipient's data key.
    """

    __tablename__ = "delivery_attempt"
    __table_args__ = (UniqueConstraint("delivery_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    delivery_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("delivery.id"))
    number: Mapped[int]
    claim: Mapped[uuid.UUID]
    carrier: Mapped[str]
    language: Mapped[str]
    sealed_address: Mapped[bytes]
    started_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    started_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class AttemptResult(Base):
    """What came of an attempt. `reference` is the provider's message id, or the path of a spooled file."""

    __tablename__ = "attempt_result"
    __table_args__ = (
        CheckConstraint("outcome IN ('accepted', 'not_processed', 'rejected', 'unclear')", name="outcome"),
        CheckConstraint("outcome <> 'accepted' OR reference IS NOT NULL", name="accepted_has_reference"),
        Index("ix_attempt_result_reference", "reference"),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("delivery_attempt.id"), primary_key=True)
    outcome: Mapped[str]
    reference: Mapped[str | None]
    code: Mapped[str | None]
    sha256: Mapped[bytes | None]
    finished_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Receipt(Base):
    """What a provider reported of an attempt, once an event. Never service, never acknowledgement."""

    __tablename__ = "delivery_receipt"
    __table_args__ = (UniqueConstraint("provider", "event_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    event_id: Mapped[str]
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("delivery_attempt.id"), index=True)
    state: Mapped[str]
    code: Mapped[str | None]
    occurred_at: Mapped[dt.datetime | None]
    received_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
