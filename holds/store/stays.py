"""Provisional stays, and the second person's verification of a hold that cites a rule. Append-only."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.hold import RULES
from holds.store.base import Base, holdfast_now


class Stay(Base):
    """The order, or the rule, on which one person placed a hold: it blocks from the commit, alone.

    Provisional until somebody else verified it. `sealed_order` is JSON: court, docket number. The end of
    an order raises a task, and ends nothing. `link_id`: counsel placed it themselves, through this link.
    """

    __tablename__ = "stay"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        ForeignKeyConstraint(["document_id", "person_id"], ["document.id", "document.person_id"]),
        CheckConstraint("(rule IS NULL) <> (document_id IS NULL)", name="order_or_rule"),
        CheckConstraint(f"rule IN ({', '.join(repr(rule) for rule in RULES)})", name="rule"),
        CheckConstraint("asked_by IN ('counsel', 'duty_officer')", name="asked_by"),
        CheckConstraint("(asked_by = 'counsel') = (appearance_id IS NOT NULL)", name="counsel"),
        CheckConstraint("link_id IS NULL OR asked_by = 'counsel'", name="link"),
    )

    hold_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    rule: Mapped[str | None]
    document_id: Mapped[uuid.UUID | None]
    asked_by: Mapped[str]
    appearance_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appearance.id"))
    link_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("counsel_link.id"), unique=True)
    sealed_order: Mapped[bytes]
    issued_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    communicated_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class HoldVerification(Base):
    """A second person compared the hold with its order or its rule. Needed for the record, not to block."""

    __tablename__ = "hold_verification"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        ForeignKeyConstraint(["hold_id", "placed_by"], ["hold.id", "hold.placed_by"]),
        CheckConstraint("verified_by <> placed_by", name="two_people"),
    )

    hold_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID]
    placed_by: Mapped[uuid.UUID]
    verified_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    verified_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
