"""PostgreSQL itself: frozen, killed in the middle, gone, full, a replica, failed over. All of it blocks."""

import contextlib
import json
import os
import shutil
import time
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from holds.actions.place_hold import place_hold
from holds.client import Verdict
from holds.domain.hold import Basis
from holds.store.base import new_id
from holds.store.engine import make_engine
from holds.store.ledger_rows import LedgerRow
from tests.faults.cluster import Cluster, cluster, new_folder
from tests.faults.door import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    SLACK,
    Door,
    Ground,
    ground,
    migrated,
    served,
    typed,
)
from tests.faults.state import faults, missing

LONG = bool(os.environ.get("HOLDFAST_FAULTS_LONG"))
ASKED = 100 if LONG else 4


def all_blocked(door: Door, found: Ground, url: str) -> list[Verdict]:
    """Everybody is blocked, held or not, within the time, by the API and at the command line."""
    answers = door.ask_many(found.free, ASKED) + door.ask_many(found.held, 2)
    said = typed(found, url, found.free)
    assert (said.status, said.decision) == (3, "blocked")
    assert said.seconds < CONNECT_SECONDS + ANSWER_SECONDS + SLACK
    assert {verdict.decision for verdict, _ in answers} == {"blocked"}
    assert max(seconds for _, seconds in answers) < ANSWER_SECONDS + SLACK
    return [verdict for verdict, _ in answers]


def hold(found: Ground) -> str:
    """Place a hold on the one who is held already; its reference, once it was answered."""
    with found.record.database.transaction() as session:
        return str(
            place_hold(
                session,
                found.record.vault,
                acting=found.record.staff["casey"],
                person_id=found.held.person_id,
                basis=Basis.HABEAS,
                cites="1:26-cv-9",
            )
        )


def test_a_server_that_stands_still_then_dies_then_comes_back(
    found: Ground, server: Cluster, door: Door
) -> None:
    url, answered = found.record.url, [hold(found)]
    assert door.wait_open(found.free).may_proceed
    server.freeze(True)
    try:
        all_blocked(door, found, url)
    finally:
        server.freeze(False)
    assert door.wait_open(found.free).may_proceed
    answered.append(hold(found))
    told = [door.ask(found.free).reference for _ in range(3)]
    server.stop("immediate")
    all_blocked(door, found, url)
    server.start()
    found.record.owner.dispose()
    found.record.database.engine.dispose()
    assert door.wait_open(found.free).may_proceed
    assert typed(found, url, found.free).status == 0
    assert missing(found.record.owner, "hold", answered, "reference") == set()
    assert missing(found.record.owner, "ledger_row", told) == set()
    assert faults(found.record.owner) == {}


def test_a_lock_that_nobody_gives_back_blocks(found: Ground, door: Door) -> None:
    """Somebody hangs with the gate locked: whoever asks meanwhile is blocked, and nothing waits for ever."""
    with found.record.owner.connect() as hung:
        assert door.wait_open(found.free).may_proceed
        hung.exec_driver_sql("LOCK TABLE ledger_row IN ACCESS EXCLUSIVE MODE")
        all_blocked(door, found, found.record.url)
        hung.rollback()
    assert door.wait_open(found.free).may_proceed


def test_a_full_disk_blocks_and_loses_nothing(tmp_path: Path) -> None:
    """No file may grow beyond its size: first tables cannot, then the log itself, and the server falls."""
    with (
        cluster(small=True) as server,
        ground(migrated(server), tmp_path) as found,
        served(found, found.record.url) as door,
    ):
        answered, told = [hold(found)], [door.wait_open(found.free).reference]
        limit = 3 * 2**20
        server.limit_files(limit)
        found.record.database.engine.dispose()
        for rows in (200, 10, 1):
            with contextlib.suppress(SQLAlchemyError):
                while True:
                    _fill(found, rows)
        full = [door.ask(found.free) for _ in range(ASKED)]
        told += [verdict.reference for verdict in full if verdict.may_proceed]
        assert {v.decision for v in full[ASKED // 2 :]} == {"blocked"}
        server.limit_files(0)
        all_blocked(door, found, found.record.url)
        server.limit_files("unlimited")
        with contextlib.suppress(Exception):
            server.stop("immediate")
        server.start()
        found.record.owner.dispose()
        found.record.database.engine.dispose()
        assert door.wait_open(found.free).may_proceed
        assert missing(found.record.owner, "hold", answered, "reference") == set()
        assert missing(found.record.owner, "ledger_row", told) == set()
        assert faults(found.record.owner) == {}


def _fill(found: Ground, rows: int) -> None:
    """More rows of the ledger, long ones first, then the shortest there are, until not one more goes in."""
    filler = json.dumps({"f": "x" * 6 * rows})
    some = select(LedgerRow).limit(rows)
    with found.record.owner.begin() as owner:
        kept = [dict(row._mapping) for row in owner.execute(some)]
        owner.execute(
            insert(LedgerRow), [{**row, "id": new_id(), "verb": "f", "codes": filler} for row in kept]
        )


def test_a_replica_answers_nobody_and_stays_shut_when_it_is_promoted(found: Ground, server: Cluster) -> None:
    folder = new_folder()
    hold(found)
    server.run(
        "pg_basebackup", "-h", server.folder, "-U", "postgres", "-D", folder / "data", "-R", "-c", "fast"
    )
    replica = Cluster(folder)
    replica.start()
    try:
        url = replica.url("holdfast")
        with served(found, url) as door:
            verdicts = all_blocked(door, found, url)
            assert all("database.replica" in verdict.reasons for verdict in verdicts)
            last = hold(found)
            time.sleep(1)  # streamed meanwhile: nothing is lost in this failover, and nobody knows that
            replica.promote()
            verdicts = [door.ask(found.free) for _ in range(ASKED)]
            assert {verdict.decision for verdict in verdicts} == {"blocked"}
            assert all("database.restored" in verdict.reasons for verdict in verdicts[-1:])
        owner = make_engine(url, as_owner=True)
        try:
            assert missing(owner, "hold", [last], "reference") == set()
            assert faults(owner) == {}
        finally:
            owner.dispose()
    finally:
        with contextlib.suppress(Exception):
            replica.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
