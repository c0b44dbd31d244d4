"""Each time the database was opened for answers: when it was made, and after each reconciliation.

The newest opening's `instance_id` stands in the marker outside the database too. A copy from before it,
put back, has an older one, and answers nothing (guarantee 6).
"""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import Base, holdfast_now, new_id


class Reconciliation(Base):
    """What one supervisor found when comparing with the rows outside; a second one opens on the same."""

    __tablename__ = "reconciliation"
    __table_args__ = (UniqueConstraint("id", "proposed_by"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    found: Mapped[bytes]
    lost_rows: Mapped[int]
    lost_people: Mapped[int]
    proposed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class DatabaseOpening(Base):
    """An opening. All but the first take two supervisors: a CHECK, a composite key and a trigger."""

    __tablename__ = "database_opening"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reconciliation_id", "proposed_by"], ["reconciliation.id", "reconciliation.proposed_by"]
        ),
        CheckConstraint("(number = 1) = (reconciliation_id IS NULL)", name="first"),
        CheckConstraint("(proposed_by IS NULL) = (reconciliation_id IS NULL)", name="proposed"),
        CheckConstraint("proposed_by IS NULL OR proposed_by <> opened_by", name="two_people"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    instance_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_id)
    reconciliation_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    proposed_by: Mapped[uuid.UUID | None]
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
