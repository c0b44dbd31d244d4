"""Leases: one holder at a time for a singular job, by the database's clock, each with a fencing number."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.store.base import holdfast_now
from holds.store.database import Lease
from holds.store.engine import Database

FREE = uuid.UUID(int=0)
"""Holder of a lease that was given back. The row stays, so that `fence` never shrinks."""


class LeaseLostError(RefusedError):
    """Another holder took the lease meanwhile; what this transaction did was not committed."""


def take(session: Session, name: str, holder: uuid.UUID, seconds: int) -> int | None:
    """Take or prolong a lease and return its fence; None while somebody else holds it.

    A new holder gets a higher fence; the same holder keeps theirs. Of two that try at once, one gets None.
    """
    wanted = select(Lease.holder, Lease.fence, Lease.until).where(Lease.name == name).with_for_update()
    lease = session.execute(wanted).one_or_none()
    # Read after the row lock: with the time from before the wait, an expired lease could look alive.
    until = session.scalars(select(holdfast_now())).one() + dt.timedelta(seconds=seconds)
    if lease is None:
        row = {"name": name, "holder": holder, "fence": 1, "until": until}
        try:
            with session.begin_nested():
                session.execute(insert(Lease), [row])
        except IntegrityError:
            return None
        return 1
    if lease.holder not in (holder, FREE) and lease.until > until - dt.timedelta(seconds=seconds):
        return None
    fence: int = lease.fence if lease.holder == holder else lease.fence + 1
    session.execute(update(Lease).where(Lease.name == name).values(holder=holder, fence=fence, until=until))
    return fence


def release(session: Session, name: str, fence: int) -> None:
    """Give a lease back. A holder whose lease has gone to another changes nothing."""
    session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.fence == fence)
        .values(holder=FREE, until=holdfast_now())
    )


@dataclass(frozen=True)
class FencedDatabase(Database):
    """A database whose transactions commit only while a lease is still ours.

    A worker that slept through its lease wakes in the middle of its work; its commit is refused.
    """

    lease: str
    fence: int

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """As `Database.transaction`; raises `LeaseLostError` instead of committing without the lease."""
        with super().transaction() as session:
            yield session
            # Locked until the commit: who takes the lease now waits, and sees what we did.
            newest = select(Lease.fence).where(Lease.name == self.lease).with_for_update(read=True)
            if session.scalar(newest) != self.fence:
                raise LeaseLostError(f"The lease {self.lease} has gone to another process.")


def fenced(database: Database, lease: str, fence: int) -> FencedDatabase:
    """The database under a lease that was taken with this fence."""
    return FencedDatabase(
        database.engine,
        database.vault,
        database.metadata,
        lease,
        fence,
        outside=database.outside,
        last=database.last,
    )
