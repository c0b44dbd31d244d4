"""A process killed at any point of its work: what it said was done is there, and nothing is there by half."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.faults.door import ROOT, environment
from tests.faults.state import faults, missing
from tests.faults.tools import libraries, strace
from tests.holds.actions.put_back import with_outside
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Held, Record, open_record

LONG = bool(os.environ.get("HOLDFAST_FAULTS_LONG"))
CALLS = {"sqlite": ("pwrite64", "fdatasync"), "postgresql": ("sendto",)}
REACH = {"pwrite64": 100, "fdatasync": 8, "sendto": 200, "none": 200 if LONG else 8}
"""How many calls into the work a process is killed at the latest; it makes a few more than that."""
STEP = {"pwrite64": 1 if LONG else 9, "fdatasync": 1 if LONG else 2, "sendto": 1 if LONG else 16, "none": 1}


@dataclass(frozen=True)
class Told:
    """What the processes said was done, and how they ended."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    for made in open_record(request, tmp_path_factory):
        yield with_outside(made, made.home / "heads")


def run(record: Record, held: Held, free: list[Held], call: str, count: int) -> Told:
    """Let a process work for each of the free, and each is killed one call later than the last."""
    people = [{"person": str(one.person_id), "number": one.number} for one in (held, *free)]
    under = () if call == "none" else strace("-e", f"inject={call}:signal=KILL:when={count}")
    worker = [*under, sys.executable, "-m", "tests.faults.worker", record.url, str(record.home)]
    record.database.engine.dispose()
    done = subprocess.run(
        [*worker, str(len(free)), call, str(count), str(STEP[call])],
        input=json.dumps(people) + "\n",
        env={**environment(record, record.url), "LD_LIBRARY_PATH": libraries()},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = Told()
    for line in done.stdout.splitlines():
        what, of = json.loads(line)
        told.ids.setdefault(what, []).append(of)
        if what in {"ended", "failed"}:
            told.ended[of] += 1
    return told


@pytest.mark.parametrize("how", ["at every call", "at any moment"])
def test_whoever_is_killed_has_done_all_or_nothing(record: Record, how: str) -> None:
    held = someone(record)
    for call in CALLS[record.backend] if how == "at every call" else ("none",):
        free = [released(record) for _ in range(0, REACH[call], STEP[call])]
        told = run(record, held, free, call, REACH[call])
        # Killed at a moment instead of at a call, a quick one may have ended before.
        assert told.ended["-9"] >= (len(free) // 2 if call != "none" else 2), told.ended
        assert told.ended["-9"] + told.ended["0"] == len(free), told.ended
        assert told.ids.keys() >= {"answered", "ledger_row", "hold"}
        assert missing(record.owner, "hold", told.ids["hold"], "reference") == set()
        for table in ("ledger_row", "clearance", "removal"):
            assert missing(record.owner, table, told.ids.get(table, ())) == set()
        assert faults(record.owner) == {}
