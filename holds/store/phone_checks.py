"""Checks by telephone: what the duty desk was asked, what it found, and that it was read back."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import Base, holdfast_now, new_id, new_reference

DECISIONS = "('blocked', 'no_active_hold', 'not_on_record')"


class PhoneCheck(Base):
    """A question by telephone and its answer, worth nothing before it was read back.

    `contact_id` is the number on record of the caller's office, by which they are called back; `check_id`
    the ledger row of the answer. `sealed_call` is JSON under a data key of its own: who called, their badge
    and the number they gave, and whom they asked about.
    """

    __tablename__ = "phone_check"
    __table_args__ = (
        CheckConstraint(f"decision IN {DECISIONS}", name="decision"),
        CheckConstraint("stage IN ('manifest', 'staging', 'boarding')", name="stage"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    office: Mapped[str]
    contact_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alarm_contact.id"))
    stage: Mapped[str]
    departure_kind: Mapped[str]
    destination: Mapped[str]
    decision: Mapped[str]
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    check_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"))
    sealed_call: Mapped[bytes]
    taken_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    taken_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class PhoneReadBack(Base):
    """What the officer repeated when called back. A trigger refuses one that comes too late, or that says it
    agrees where it does not; and a clearance of the duty desk without one that agrees."""

    __tablename__ = "phone_read_back"
    __table_args__ = (CheckConstraint(f"heard IN {DECISIONS}", name="heard"),)

    phone_check_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("phone_check.id"), primary_key=True)
    heard: Mapped[str]
    agreed: Mapped[bool]
    read_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    read_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
