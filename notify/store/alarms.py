"""Alarms: that somebody must be told at once, and of which ledger rows it was decided who."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import Base, holdfast_now, new_id, new_reference
from notify.domain.alarm import AlarmKind, RecipientKind


def _one_of(column: str, values: type[AlarmKind] | type[RecipientKind]) -> str:
    return f"{column} IN ({', '.join(repr(str(value.value)) for value in values)})"


class Alarm(Base):
    """One recipient, one thing. Fixed here; its deliveries are approved already (standing approval).

    `cause_id` is the ledger row behind it, the first where one message tells of several. `recipient_id` is
    a manifest (whose contact number `place` it is), an alarm contact or counsel. `follows_id`: the alarm
    whose recipient could not be reached. `facts` are codes and references, and name nobody.
    """

    __tablename__ = "alarm"
    __table_args__ = (
        UniqueConstraint("cause_id", "kind", "recipient_id", "place"),
        CheckConstraint(_one_of("kind", AlarmKind), name="kind"),
        CheckConstraint(_one_of("recipient_kind", RecipientKind), name="recipient_kind"),
        Index("ix_alarm_person_id", "person_id", "recipient_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    cause_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    recipient_kind: Mapped[str]
    recipient_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(default=0)
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alarm.id"), unique=True)
    facts: Mapped[dict[str, Any]]
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    planned_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    planned_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class AlarmedRow(Base):
    """A ledger row of which it was decided who is told: an alarm each, or a task where nobody could be."""

    __tablename__ = "alarmed_row"

    ledger_row_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ledger_row.id"), primary_key=True)
    alarms: Mapped[int]
    decided_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
