"""The demo's movable clock, and the time by the database."""

import datetime as dt

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.store.base import holdfast_now
from holds.store.database import DemoClock


def move_clock(session: Session, by: dt.timedelta) -> None:
    """Move the clock of a demo database forward; a real one refuses, by trigger (guarantee 5)."""
    ahead = session.scalar(select(DemoClock.ahead_seconds))
    seconds = int(by.total_seconds())
    if ahead is None:
        session.execute(insert(DemoClock), [{"id": 1, "ahead_seconds": seconds}])
    else:
        session.execute(update(DemoClock).values(ahead_seconds=ahead + seconds))


def database_time(session: Session) -> dt.datetime:
    """Now, by the database's clock."""
    return session.scalars(select(holdfast_now())).one()
