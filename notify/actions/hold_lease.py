"""Holding the schedule's lease: of all schedulers that run, one works."""

import uuid

from holds.store.engine import Database
from holds.store.leases import FencedDatabase, fenced, release, take

SCHEDULE = "notify.schedule"


def hold_lease(
    database: Database, *, holder: uuid.UUID, seconds: int, name: str = SCHEDULE
) -> FencedDatabase | None:
    """Take or prolong the lease: a database whose commits need it still, or None while another holds it."""
    fence = database.run(lambda session: take(session, name, holder, seconds))
    return None if fence is None else fenced(database, name, fence)


def give_back_lease(held: FencedDatabase) -> None:
    """Let the next scheduler take over at once instead of when the lease runs out."""
    plain = Database(held.engine, held.vault, held.metadata, outside=held.outside)
    plain.run(lambda session: release(session, held.lease, held.fence))
