"""That somebody who boarded has left, and that a hold was found on somebody who boarded."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import Base, holdfast_now


class Departure(Base):
    """A boarding that `departed` confirmed."""

    __tablename__ = "departure"

    removal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("removal.id"), primary_key=True)
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    departed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class BoardingAlarm(Base):
    """That somebody who boarded is held: raised once for `deplane`, and once for `recall`."""

    __tablename__ = "boarding_alarm"
    __table_args__ = (CheckConstraint("instruction IN ('deplane', 'recall')", name="instruction"),)

    removal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("removal.id"), primary_key=True)
    instruction: Mapped[str] = mapped_column(primary_key=True)
    raised_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
