"""Guarantee 7 under fire: two records are merged while one is held and both are cleared and boarded.

Nobody is boarded over a hold of either from the moment both hold and merge are committed, at any isolation
level, on either database. HOLDFAST_MERGE_RACES sets how many races each backend and level runs.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from sqlalchemy.orm import Session

from holds.actions.place_hold import place_hold
from holds.domain.hold import Basis
from holds.domain.judgement import DoubtKind, Verdict
from holds.store.base import new_id
from holds.store.gates import Clearance, Removal
from tests.holds.store.ground import put, release
from tests.holds.store.merging import judged, put_doubt, put_merge, root_epoch
from tests.holds.store.record import Held, Record, database_now, new_incident, open_record, put_on_record
from tests.races.merge_judge import by_clocks, by_rows

RACES = int(os.environ.get("HOLDFAST_MERGE_RACES", "40"))
ROLES = ("holder", "merger", "boarder", "boarder")
HABEAS: dict[str, Any] = {"basis": Basis.HABEAS, "cites": "race"}
LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


@dataclass(frozen=True)
class Racer:
    """A process, and the two ends of talking to it."""

    role: str
    orders: IO[str]
    answers: IO[str]


@dataclass(frozen=True)
class Track:
    """A record, and the processes that race over it."""

    record: Record
    racers: list[Racer]


@dataclass(frozen=True)
class Pair:
    """Two people whom nothing holds, and the judgement by which they will be merged."""

    one: Held
    other: Held
    doubt: uuid.UUID
    judgement: uuid.UUID


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def track(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    for record in open_record(request, tmp_path_factory):
        with contextlib.ExitStack() as stack:
            started = [_start(stack, record, role) for role in ROLES]
            assert [racer.answers.readline() for racer in started] == ["ready\n"] * len(ROLES)
            yield Track(record, started)


def _start(stack: contextlib.ExitStack, record: Record, role: str) -> Racer:
    command = [sys.executable, "-m", "tests.races.merge_racer", record.url, str(record.home), role]
    pipe = subprocess.PIPE
    process = stack.enter_context(subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe))
    assert process.stdin is not None
    assert process.stdout is not None
    stack.callback(process.stdin.close)
    return Racer(role, process.stdin, process.stdout)


def pairs(record: Record, number: int) -> list[Pair]:
    """So many pairs, all free, each judged to be one person."""
    made = []
    with record.database.transaction() as session:
        incident = new_incident(session, record)
        for _ in range(number):
            one, other = (put_on_record(session, record, incident) for _ in range(2))
            for person in (one, other):
                release(session, record, person)
            doubt = put_doubt(session, record, one.person_id, other.person_id, DoubtKind.SAME_PERSON)
            made.append(Pair(one, other, doubt, judged(session, record, doubt, Verdict.POSITIVE)))
    return made


def race(track: Track, races: int, isolation: str) -> tuple[Counter[str], dict[str, list[str]], list[str]]:
    """Outcomes, faults by rows, and pairs at fault by the clocks."""
    outcomes: Counter[str] = Counter()
    late, ready = [], pairs(track.record, races)
    for number, pair in enumerate(ready):
        held = random.choice((pair.one, pair.other)).person_id
        boarders = iter((pair.one.person_id, pair.other.person_id))
        told: dict[str, Any] = {"isolation": isolation, "plain": number % 4 != 0}
        told |= {"doubt": str(pair.doubt), "judgement": str(pair.judgement)}
        persons = []
        for racer in track.racers:
            about = {"holder": held, "merger": pair.one.person_id}.get(racer.role) or next(boarders)
            persons.append(about)
            # The boarder has two transactions to come through; who starts with it is nearly always first.
            span = 0.06 if number % 4 == 0 else 0.03
            delay = random.uniform(0, span / 8 if racer.role == "boarder" else span)
            order = {**told, "person": str(about), "delay": delay, "pause": random.choice((0, 0, 0.001))}
            racer.orders.write(json.dumps(order) + "\n")
            racer.orders.flush()
        answers: dict[str, list[dict[str, Any]]] = {role: [] for role in ROLES}
        for racer, about in zip(track.racers, persons, strict=True):
            answer = {**json.loads(racer.answers.readline()), "person": about.hex}
            answers[racer.role].append(answer)
            outcomes[f"{racer.role}: {answer['outcome']}"] += 1
        if any(by_clocks(p.person_id.hex, answers, held.hex) for p in (pair.one, pair.other)):
            late.append(pair.one.person_id.hex)
    with track.record.owner.connect() as connection:
        faults = by_rows(connection, [(pair.one.person_id, pair.other.person_id) for pair in ready])
    return outcomes, faults, late


def _tracks() -> list[Any]:
    postgresql = [pytest.param("postgresql", level, id=f"postgresql {level}".lower()) for level in LEVELS]
    return [*postgresql, pytest.param("sqlite", "its own", id="sqlite")]


@pytest.mark.parametrize(("track", "isolation"), _tracks(), indirect=["track"], scope="module")
def test_nobody_is_boarded_over_a_hold_of_either_record(
    track: Track, isolation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    outcomes, faults, late = race(track, RACES, isolation)
    with capsys.disabled():
        rate = RACES / (time.monotonic() - began)
        sys.stdout.write(f"\n{RACES} races, {len(faults.keys() | set(late))} violations, {rate:.0f} races/s ")
        sys.stdout.write(f"({track.record.backend}, {isolation}, merge) {dict(sorted(outcomes.items()))}\n")
    assert faults == {}
    assert late == []
    assert outcomes["holder: held"] == outcomes["merger: merged"] == RACES
    assert outcomes["boarder: boarded"] >= RACES // 40
    assert outcomes["boarder: refused"] >= RACES // 40


def test_the_judge_finds_what_the_triggers_prevent(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> None:
    """Where nothing looks at the other record: boarded over its hold, and on a clearance it voided."""
    del migrated_sqlite  # asked for, so that `open_record` finds it
    request.param = "sqlite"
    for record in open_record(request, tmp_path_factory):
        with record.owner.begin() as owner:
            for table in ("clearance", "removal"):
                owner.exec_driver_sql(f"DROP TRIGGER holdfast_gate_{table}")
        over, voided, sound = pairs(record, 3)
        with record.database.transaction() as session:
            for pair in (over, voided, sound):
                put_merge(session, record, pair.one, pair.other)
            person_id = over.other.person_id
            place_hold(session, record.vault, acting=record.staff["casey"], person_id=person_id, **HABEAS)
            _board(session, record, over.one, gap=0)
            _board(session, record, voided.one, gap=1)
            _board(session, record, sound.one, gap=0)
        with record.owner.connect() as connection:
            ids = [(pair.one.person_id, pair.other.person_id) for pair in (over, voided, sound)]
            faults = by_rows(connection, ids)
        assert faults.keys() == {over.one.person_id.hex, voided.one.person_id.hex}
        assert any("boarded while" in fault for fault in faults[over.one.person_id.hex])
        assert any("voided" in fault for fault in faults[voided.one.person_id.hex])


def _board(session: Session, record: Record, person: Held, *, gap: int) -> None:
    """Clear and board as rows; between the two so many clearances of the same person."""
    field, epoch = record.staff["field"].id, root_epoch(session, person.person_id)
    leave = {"departure_kind": "removal", "destination": "CU", "issued_to": field}
    leave |= {"expires_at": database_now(session), "person_id": person.person_id}
    cleared = [new_id() for _ in range(gap + 1)]
    for step, clearance_id in enumerate(cleared):
        put(session, Clearance, id=clearance_id, epoch=epoch + 1 + step, **leave)
    used = {"clearance_id": cleared[0], "recorded_by": field, "epoch": epoch + 2 + gap}
    put(session, Removal, person_id=person.person_id, **used)
