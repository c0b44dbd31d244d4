"""That somebody who boarded has left: the last thing the record can say of a removal."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import Base, holdfast_now


class Departure(Base):
    """A boarding that `departed` confirmed."""

    __tablename__ = "departure"

    removal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("removal.id"), primary_key=True)
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    departed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
