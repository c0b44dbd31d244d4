"""Whether anybody watches: a process that looks for alarms leaves its beat, and without one all are told so.

A manifest nobody watches alarms nobody, and looks just like one on which nothing happened.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from holds.store.base import holdfast_now
from holds.store.database import WatchBeat

BEAT_SECONDS = 15
"""How often a watcher leaves its beat: it looks every second, and need not write every second."""
ALIVE_SECONDS = 120
"""A look over a whole ledger, or one that waits for a lock, may take its time."""
NOBODY = "watch.nobody"
FORGOTTEN_AFTER = dt.timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Watch:
    """When somebody last watched, by the database's clock `at`; None where nobody ever did."""

    looked_at: dt.datetime | None
    at: dt.datetime

    @property
    def alive(self) -> bool:
        return self.looked_at is not None and self.at - self.looked_at < dt.timedelta(seconds=ALIVE_SECONDS)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Reason codes: `watch.nobody` where no alarm would come."""
        return () if self.alive else (NOBODY,)

    @property
    def minutes(self) -> int | None:
        """Whole minutes since; None where nobody ever watched."""
        return None if self.looked_at is None else int((self.at - self.looked_at).total_seconds() // 60)


def note_look(session: Session, watcher: uuid.UUID) -> None:
    """Leave the beat of this watcher, after a look that did not fail."""
    now = session.scalars(select(holdfast_now())).one()
    mine = update(WatchBeat).where(WatchBeat.watcher == watcher).values(looked_at=now)
    if session.execute(mine.returning(WatchBeat.watcher)).first() is None:
        session.execute(delete(WatchBeat).where(WatchBeat.looked_at < now - FORGOTTEN_AFTER))
        session.execute(insert(WatchBeat), [{"watcher": watcher, "looked_at": now}])


def read_watch(session: Session) -> Watch:
    """Whether anybody watches now. It is a fact about the office and tells of no person."""
    latest = func.max(WatchBeat.looked_at, type_=WatchBeat.looked_at.type)
    looked_at, at = session.execute(select(select(latest).scalar_subquery(), holdfast_now())).one()
    return Watch(looked_at=looked_at, at=at)
