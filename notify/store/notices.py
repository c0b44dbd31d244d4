"""Notices: who must be told what, and why; and the batches a person approves before anything leaves."""

import datetime as dt
import uuid
from collections.abc import Iterable
from functools import partial

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import MUTABLE, Base, holdfast_now, new_id, new_reference
from notify.domain.kinds import COPIED, TO_COUNSEL, NoticeKind


def _names(kinds: Iterable[NoticeKind]) -> str:
    return ", ".join(sorted(repr(kind.value) for kind in kinds))


class Batch(Base):
    """What one planning run proposed to send. Nothing of it leaves before somebody approved it."""

    __tablename__ = "notice_batch"
    __table_args__ = (
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    planned_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    planned_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))
    approved_at: Mapped[dt.datetime | None]


class Notice(Base):
    """That one recipient must be told one thing. Its id is fixed here, before anybody knows how it travels.

    `cause_id` is the ledger row that made it due. The same cause never makes a second notice of a kind and
    wording to a recipient, except in a further `round` (after a transfer, say). Append-only: what becomes of
    it stands in its deliveries. `reference` names it in public; `code` lets its reader verify *us*.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "recipient_id", "kind", "cause_id", "version", "round"),
        UniqueConstraint("id", "person_id"),
        CheckConstraint(f"kind IN ({_names(NoticeKind)})", name="kind"),
        CheckConstraint("recipient_id = coalesce(counsel_id, person_id)", name="recipient"),
        CheckConstraint(
            f"(counsel_id IS NOT NULL OR kind NOT IN ({_names(TO_COUNSEL)})) AND "
            f"(counsel_id IS NULL OR kind IN ({_names(TO_COUNSEL | COPIED)}))",
            name="counsel",
        ),
        CheckConstraint("exposure_id IS NOT NULL", name="exposure"),
        CheckConstraint("round >= 1 AND version >= 1", name="counted"),
        Index("ix_notice_cause_id", "cause_id", "kind"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    counsel_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("counsel.id"), index=True)
    recipient_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    version: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    cause_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"))
    exposure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("exposure.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    code: Mapped[str] = mapped_column(unique=True, default=partial(new_reference, 8))
    planned_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    planned_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
