"""Clocks a day off: nobody is answered by one, and no clearance lives longer for it."""

import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from holds.actions.clear_removal import issue_clearance
from holds.domain.departure import DepartureKind
from tests.faults.cluster import Cluster, cluster
from tests.faults.door import ROOT, Ground, environment, ground, migrated, served, typed
from tests.faults.late import main as ask_and_board
from tests.faults.state import faults
from tests.faults.tools import shifted_clock
from tests.holds.store.record import Held, asked_of

OFF = ("-1d", "+1d")


def clear(found: Ground, held: Held) -> uuid.UUID:
    with found.record.database.transaction() as session:
        return issue_clearance(
            session,
            found.record.database,
            acting=found.record.staff["field"],
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=DepartureKind.REMOVAL,
            destination="CU",
        )


def late(found: Ground, clearance: uuid.UUID, **clock: str) -> dict[str, Any]:
    """What a process with that clock is told."""
    where = (found.record.url, str(found.record.home), found.free.number, str(clearance))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.late", *where],
        env={**environment(found.record, found.record.url), **clock},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("by", OFF)
def test_sqlite_a_day_off_boards_nobody(tmp_path: Path, migrated_sqlite: Path, by: str) -> None:
    """The clock of the machine is the database's."""
    path = tmp_path / "holdfast.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with ground(f"sqlite:///{path}", tmp_path) as found:
        clearance = clear(found, found.free)
        told = late(found, clearance, **shifted_clock(by))
        # A single machine whose clock ran ahead cannot know it; but nothing lives longer by it.
        assert told["decision"] == "blocked" if by == "-1d" else told["boarding"] != "done"
        assert told["boarding"] != "done"
        assert told["row"] == ("clearance.clock_back" if by == "-1d" else "clearance.expired")
        if by == "-1d":
            assert "database.clock_back" in told["reasons"]
            assert "database.clock_back" in late(found, clearance, **shifted_clock("-2d"))["reasons"]
        assert faults(found.record.owner) == {}


@pytest.mark.parametrize("by", OFF)
def test_a_machine_a_day_off_is_told_nothing(found: Ground, by: str) -> None:
    assert typed(found, found.record.url, found.free).decision == "no_active_hold"
    with served(found, found.record.url, **shifted_clock(by)) as door:
        verdicts = [door.ask(one) for one in (found.free, found.held) * 3]
        assert {verdict.decision for verdict in verdicts} == {"blocked"}
        assert all("database.clock_off" in verdict.reasons for verdict in verdicts)


def test_the_clock_of_the_machine_that_asks_moves_no_deadline(found: Ground) -> None:
    """PostgreSQL's own time decides: a clearance stands, or is over, whatever time the asker has."""
    stands = clear(found, found.free)
    assert late(found, stands, **shifted_clock("+1d"))["row"] is None


def test_a_server_a_day_off_answers_nobody(tmp_path: Path) -> None:
    with cluster() as server, ground(migrated(server), tmp_path) as found:
        for by, ask in (("-1d", asked), ("+1d", late)):  # this process is not to remember tomorrow
            clearance = clear(found, found.free)
            restart(server, found, **shifted_clock(by))
            told = ask(found, clearance)
            assert (told["decision"], "database.clock_off" in told["reasons"]) == ("blocked", True)
            assert "database.clock_off" in told["boarding"]
            assert told["row"] == ("clearance.clock_back" if by == "-1d" else "clearance.expired")
            restart(server, found)
            told = ask(found, clearance)  # what was written with a clock ahead is noticed once more
            assert ("database.clock_back" in told["reasons"]) == (by == "+1d")
        assert asked(found, clear(found, found.free))["boarding"] == "done"
        assert faults(found.record.owner) == {}


def asked(found: Ground, clearance: uuid.UUID) -> dict[str, Any]:
    """The same by this very process, whose clock is right."""
    return ask_and_board(found.record.url, found.record.home, found.free.number, clearance)


def restart(server: Cluster, found: Ground, **clock: str) -> None:
    found.record.database.engine.dispose()
    found.record.owner.dispose()
    server.stop()
    server.start(**clock)
