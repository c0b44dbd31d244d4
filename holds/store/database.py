"""What a database knows of itself: its mark, its clock, its keys' check values, its leases."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import DELETABLE, MUTABLE, Base, holdfast_now, new_id


class DatabaseMark(Base):
    """Whether this database does real work or was made by `holdfast demo`; written once, for good."""

    __tablename__ = "database_mark"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("kind IN ('real', 'demo')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    database_id: Mapped[uuid.UUID] = mapped_column(default=new_id)
    kind: Mapped[str]
    made_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class DemoClock(Base):
    """How far a demo's clock runs ahead. A trigger refuses the row in a real database, and going back."""

    __tablename__ = "demo_clock"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("ahead_seconds >= 0", name="ahead"),
        MUTABLE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    ahead_seconds: Mapped[int]


class KeyCheck(Base):
    """A value that only the right key gives: a ring with a wrong or missing key opens no database."""

    __tablename__ = "key_check"
    __table_args__ = (DELETABLE,)

    key_id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    value: Mapped[bytes]


class Lease(Base):
    """Who may do a singular job until when. `fence` grows with each holder, and never shrinks."""

    __tablename__ = "lease"
    __table_args__ = (DELETABLE,)

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[uuid.UUID]
    fence: Mapped[int]
    until: Mapped[dt.datetime]


class WatchBeat(Base):
    """When a process that watches manifests and boardings last looked at all of them, and did not fail."""

    __tablename__ = "watch_beat"
    __table_args__ = (DELETABLE,)

    watcher: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    looked_at: Mapped[dt.datetime]
