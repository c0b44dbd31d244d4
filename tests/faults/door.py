"""The gate as an officer's system meets it: a served process, a key, and the client that everybody has."""

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from holds.actions.api_clients import add_client
from holds.cli.context import Office
from holds.client import Gate, Traveller, Verdict
from holds.domain.client import Scope
from holds.store import migrate
from holds.store.engine import make_engine
from holds.store.outside import marker_of, write_marker
from tests.faults.cluster import Cluster
from tests.faults.proxy import Proxy
from tests.holds.actions.put_back import with_outside
from tests.holds.store.life import released, someone
from tests.holds.store.record import Held, Record, database_now, set_up
from wsgi import METADATA, cli

ROOT = Path(__file__).parents[2]
ANSWER_SECONDS = 2
CONNECT_SECONDS = 2
"""What a connection that is begun may take at the least: PostgreSQL's library counts no shorter."""
SLACK = 5.0
"""What a busy machine adds to the seconds that were promised."""
START_SECONDS = 60


@dataclass(frozen=True)
class Ground:
    """A record with its marker outside, somebody held and somebody free, and a key."""

    record: Record
    held: Held
    free: Held
    key: str
    ahead: dt.timedelta
    """How far the demonstration's clock was moved to let somebody go free: the client's goes with it."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead

    @property
    def heads(self) -> Path:
        return self.record.home / "heads"


@dataclass(frozen=True)
class Door:
    """A served process."""

    gate: Gate
    process: subprocess.Popen[bytes]

    def ask(self, held: Held) -> Verdict:
        who = Traveller(a_number=held.number, departure_kind="removal", destination="Cuba")
        return self.gate.check(who, stage="boarding")

    def ask_timed(self, held: Held) -> tuple[Verdict, float]:
        began = time.monotonic()
        return self.ask(held), time.monotonic() - began

    def ask_many(self, held: Held, times: int, at_once: int = 4) -> list[tuple[Verdict, float]]:
        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(lambda _: self.ask_timed(held), range(times)))

    def wait_open(self, held: Held, seconds: float = 20.0) -> Verdict:
        """Ask until the answer is a yes again, or the time is over."""
        until = time.monotonic() + seconds
        while not (verdict := self.ask(held)).may_proceed and time.monotonic() < until:
            time.sleep(0.2)
        return verdict


@dataclass(frozen=True)
class Typed:
    """What `holdfast check` said: its exit status, the answer it printed, and how long it took."""

    status: int
    decision: str
    reasons: list[str]
    reference: str | None
    seconds: float


def typed(found: Ground, url: str, held: Held) -> Typed:
    """`holdfast check` as somebody types it, over the database at the URL."""
    told, office = {**environment(found.record, url)}, Office(METADATA)
    began = time.monotonic()
    try:
        result = CliRunner(env=told).invoke(cli, ["check", held.number], obj=office)
    finally:
        office.close()
    answer = json.loads(result.stdout)
    seconds = time.monotonic() - began
    return Typed(result.exit_code, answer["decision"], answer["reasons"], answer["reference"], seconds)


def migrated(server: Cluster, name: str = "holdfast") -> str:
    url = server.new_database(name)
    owner = make_engine(url, as_owner=True)
    migrate.upgrade(owner, METADATA)
    owner.dispose()
    return url


@contextlib.contextmanager
def ground(url: str, home: Path) -> Iterator[Ground]:
    """Set up the migrated database behind the URL as `holdfast init` leaves one, with two people."""
    with contextlib.contextmanager(set_up)(url, home, demo=True) as made:
        with made.database.reading() as session:
            marker = marker_of(session)
        assert marker is not None
        write_marker(home / "heads", marker)
        record = with_outside(made, home / "heads")
        free, held = released(record), someone(record)
        with record.database.reading() as session:
            ahead = database_now(session) - dt.datetime.now(dt.UTC)
        yield Ground(record, held, free, new_key(record, "krome-gate"), ahead)


def behind(proxy: Proxy) -> str:
    """The record's database as it is reached through the proxy."""
    return f"postgresql+psycopg://postgres@127.0.0.1:{proxy.port}/holdfast"


def new_key(record: Record, name: str) -> str:
    with record.database.transaction() as session:
        return add_client(
            session,
            acting=record.staff["admin"],
            name=name,
            scope=Scope.FIELD_OFFICE,
            per_minute=100_000,
            daily_numbers=100_000,
        )


def environment(record: Record, url: str) -> dict[str, str]:
    return {
        **os.environ,
        "HOLDFAST_HOME": str(record.home),
        "HOLDFAST_DATABASE_URL": url,
        "HOLDFAST_ANSWER_SECONDS": str(ANSWER_SECONDS),
        "PYTHONPATH": str(ROOT),
    }


@contextlib.contextmanager
def served(found: Ground, url: str, *under: str, **more: str) -> Iterator[Door]:
    """`holdfast serve` over the database at the URL, perhaps run `under` another program."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*under, sys.executable, "-c", "import wsgi; wsgi.main()", "serve", "--port", str(port)]
    with (found.record.home / "served.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment(found.record, url), **more},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(process, port, found.record.home / "served.log")
        yield Door(Gate(f"http://127.0.0.1:{port}/api/v1", found.key, clock=found.now), process)
    finally:
        for end in (signal.SIGTERM, signal.SIGKILL):  # the whole group: a tracer leaves what it started
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, end)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json", timeout=2).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
