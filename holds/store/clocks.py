"""Whether the database's clock can be believed: every deadline rests on it (guarantee 5).

Three witnesses: the newest row of the ledger, and what this process has seen before, before which it cannot
be; and the clock of the machine that asks. On SQLite the last is the same clock, so that one which was ahead
from the start is believed there.
"""

import datetime as dt
import uuid

MOST_BACK = dt.timedelta(seconds=2)
"""How far a clock that is being set right may step back; `guards.py` says the same of a clearance."""
MOST_APART = dt.timedelta(minutes=5)
"""How far two machines that keep time may be apart."""
_seen: dict[uuid.UUID, dt.datetime] = {}
"""The latest time that each database has told this process; less what a demonstration's clock runs ahead."""


def clock_reasons(
    database_id: uuid.UUID, *, now: dt.datetime, last: dt.datetime | None, ahead: dt.timedelta
) -> tuple[str, ...]:
    """Codes of why deadlines cannot be judged at this moment; empty where they can.

    `now`: the database's clock; `last`: the newest ledger row's time; `ahead`: how far a demonstration's
    clock was moved. A clock that went back would lengthen clearances, one that ran ahead would shorten the
    days in which somebody can object. `clock_back` lasts until the clock has caught up; or, where it had been
    ahead and was set right, until one check (it is blocked) is on record with the right time and the process
    was started anew.
    """
    seen = max(time - ahead for time in (now, last or now))
    latest = _seen[database_id] = max(seen, _seen.get(database_id, seen))
    found = []
    if now - ahead < latest - MOST_BACK:
        found.append("database.clock_back")
    if abs(now - ahead - dt.datetime.now(dt.UTC)) > MOST_APART:
        found.append("database.clock_off")
    return tuple(found)
