"""Whom an alarm reaches: the mailbox and telephone of an office, and who of our own staff is on call."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.alarm_contact import ContactWay, Duty
from holds.store.base import MUTABLE, Base, holdfast_now, new_id, new_reference


def _one_of(column: str, values: type[Duty] | type[ContactWay]) -> str:
    return f"{column} IN ({', '.join(repr(str(value.value)) for value in values)})"


class AlarmContact(Base):
    """One address or number. `office` is the AOR or DETLOC it belongs to, `actor_id` who is on call.

    `sealed_value` is sealed under a data key of this contact's own. `rank` orders those on call: 1 is called
    first. One that ended is kept: it says whom an alarm went to.
    """

    __tablename__ = "alarm_contact"
    __table_args__ = (
        CheckConstraint(_one_of("duty", Duty), name="duty"),
        CheckConstraint(_one_of("way", ContactWay), name="way"),
        CheckConstraint("(duty = 'on_call') = (actor_id IS NOT NULL)", name="on_call_is_somebody"),
        CheckConstraint("(duty = 'on_call') = (office IS NULL)", name="office_is_named"),
        CheckConstraint("rank >= 1", name="rank"),
        Index("ix_alarm_contact_office", "duty", "office"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    duty: Mapped[str]
    office: Mapped[str | None]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))
    way: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    sealed_value: Mapped[bytes]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    ended_at: Mapped[dt.datetime | None]
