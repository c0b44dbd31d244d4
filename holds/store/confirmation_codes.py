"""One-time codes with which a signed-in officer lets a system confirm holds in their name."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, Base, holdfast_now


class ConfirmationCode(Base):
    """A keyed digest of the code. Deleted when it is used; one that expired is deleted by the schedule."""

    __tablename__ = "confirmation_code"
    __table_args__ = (DELETABLE,)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"), index=True)
    made_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    expires_at: Mapped[dt.datetime]
