"""`python -m tests.races.run --races N`: the gate under fire on both databases, and one line at the end.

A quarter each on PostgreSQL at READ COMMITTED, REPEATABLE READ and SERIALIZABLE and on SQLite. Databases are
made for it and dropped; nothing they keep survives a crash, which no race is about.
"""

import argparse
import contextlib
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url

from holds.store import migrate
from holds.store.engine import make_engine
from tests.holds.store.record import Record, set_up
from tests.postgresql import UNSYNCED, running_server
from tests.races.crew import SIZE, Crew
from tests.races.scenes import BULK, BULK_ON_SQLITE
from tests.races.track import Plan, Result, race
from wsgi import METADATA

LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
SQLITE = "its own level"
MOST_RACES = 6_250
"""Races over one database: a fresh one after that, so that a long run measures races and not its size."""
DEADLOCKS_FOUND = "'20ms'"
"""Bare writers do lock in each other's way: a whole second until PostgreSQL finds that out is time in which
nothing is raced."""


@contextlib.contextmanager
def sqlite_record() -> Iterator[Record]:
    """A fresh SQLite database in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="holdfast-races-") as folder:
        yield from _migrated(f"sqlite:///{folder}/holdfast.db", Path(folder))


@contextlib.contextmanager
def postgresql_record(server: str) -> Iterator[Record]:
    """A fresh database on the server."""
    name = f"holdfast_races_{os.getpid()}_{secrets.token_hex(4)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory(prefix="holdfast-races-") as folder:
        yield from _migrated(url, Path(folder))
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _migrated(url: str, home: Path) -> Iterator[Record]:
    owner = make_engine(url, as_owner=True)
    migrate.upgrade(owner, METADATA)
    owner.dispose()
    yield from set_up(url, home, demo=False)


@contextlib.contextmanager
def crews_at(record: Record, number: int) -> Iterator[list[Crew]]:
    """So many crews, connected."""
    crews = [Crew(record.url, record.home) for _ in range(number)]
    try:
        for crew in crews:
            crew.ready()
        yield crews
    finally:
        for crew in crews:
            crew.stop()


def report(name: str, result: Result) -> None:
    """What came of one track, so that nobody has to believe that the writers met."""
    outcomes = sorted(result.outcomes.items())
    kept = [f"{outcome} {count}" for outcome, count in outcomes]
    sys.stdout.write(
        f"{name}: {result.met} races, {len(result.faults)} violations, "
        f"{result.met / result.seconds:.0f} races/s "
        f"({result.apart} more in which the writers did not meet are not counted)\n    {', '.join(kept)}\n"
    )
    for failure, count in result.failures.items():
        sys.stdout.write(f"    FAILED {count} times: {failure}\n")
    for person, faults in list(result.faults.items())[:10]:
        sys.stdout.write(f"    VIOLATION at {person}: {'; '.join(faults)}\n")
    sys.stdout.flush()


def _track(
    open_record: contextlib.AbstractContextManager[Record], level: str, races: int, crews: int
) -> Result:
    with open_record as record, crews_at(record, crews) as ready:
        return race(record, ready, races, Plan(level, chance=BULK_ON_SQLITE if record.sqlite else BULK))


def run(races: int, crews: int, only: str = "") -> int:
    """All four tracks; how many violations and failures there were."""
    whole = Result()
    with running_server({**UNSYNCED, "deadlock_timeout": DEADLOCKS_FOUND}) as server:
        for number, level in enumerate((*LEVELS, SQLITE)):
            name = f"SQLite, {SQLITE}" if level == SQLITE else f"PostgreSQL, {level.lower()}"
            left = races // 4 + (number < races % 4) if only in name else 0
            result = Result()
            while left:
                part = min(left, MOST_RACES)
                record = sqlite_record() if level == SQLITE else postgresql_record(server)
                result += _track(record, level, part, crews)
                left -= part
            if result.met:
                report(name, result)
            whole += result
    violations = len(whole.faults)
    sys.stdout.write(f"{whole.met} races, {violations} violations, {whole.met / whole.seconds:.0f} races/s\n")
    return violations + sum(whole.failures.values())


def main() -> int:
    parser = argparse.ArgumentParser(description="Races at the gate, every history checked from the ledger.")
    parser.add_argument("--races", type=int, default=100_000)
    parser.add_argument("--only", default="", help="tracks whose name has this in it")
    parser.add_argument("--crews", type=int, default=1 + (os.cpu_count() or 2), help=f"of {SIZE} processes")
    given = parser.parse_args()
    return 1 if run(given.races, given.crews, given.only) else 0


if __name__ == "__main__":
    sys.exit(main())
