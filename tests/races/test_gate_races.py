"""Guarantee 1 under fire: processes place a hold on a person while others clear and board the same person.

Never is anybody boarded over a hold that was committed before, at any isolation level, on either database.
HOLDFAST_RACES sets how many races each backend runs; the default keeps the suite short.
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import pytest
from sqlalchemy import insert

from holds.store.base import new_id
from holds.store.gates import Gate
from tests.holds.store.record import BACKENDS, Record, open_record
from tests.races.judges import by_clocks, by_epochs
from tests.races.weakenings import restore, weaken

RACES = int(os.environ.get("HOLDFAST_RACES", "200"))
WEAKENED_RACES = 16
ROLES = ("holder", "boarder", "boarder")
Order = Callable[[int, str], dict[str, Any]]
"""What a racer of a role is told to do in a race of this number."""
LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


@dataclass
class Result:
    """What came of the races: outcomes counted, and faults by person as each judge found them."""

    outcomes: Counter[str] = field(default_factory=Counter)
    by_epochs: dict[str, list[str]] = field(default_factory=dict)
    by_clocks: list[str] = field(default_factory=list)
    seconds: float = 0.0


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


@pytest.fixture(scope="module", params=BACKENDS)
def track(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Track]:
    for record in open_record(request, tmp_path_factory):
        with contextlib.ExitStack() as stack:
            started = [_start(stack, record, role) for role in ROLES]
            assert [racer.answers.readline() for racer in started] == ["ready\n"] * len(ROLES)
            yield Track(record, started)


def _start(stack: contextlib.ExitStack, record: Record, role: str) -> Racer:
    command = [sys.executable, "-m", "tests.races.racer", record.url, str(record.home), role]
    pipe = subprocess.PIPE
    process = stack.enter_context(subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe))
    assert process.stdin is not None
    assert process.stdout is not None
    stack.callback(process.stdin.close)
    return Racer(role, process.stdin, process.stdout)


def race(track: Track, races: int, order: Order) -> Result:
    """Run so many races, each over a person of its own whom nothing holds yet, and judge them."""
    people = [new_id() for _ in range(races)]
    with track.record.database.transaction() as session:
        session.execute(insert(Gate), [{"person_id": person, "epoch": 0} for person in people])
    result, began = Result(), time.monotonic()
    for number, person in enumerate(people):
        answers = _one(track.racers, number, person, order)
        result.outcomes.update(f"{role}: {answer['outcome']}" for role, answer in answers)
        holds = [answer for role, answer in answers if role == "holder"]
        if by_clocks([answer for role, answer in answers if role == "boarder"], holds):
            result.by_clocks.append(person.hex)
    result.seconds = time.monotonic() - began
    with track.record.owner.connect() as connection:
        result.by_epochs = by_epochs(connection, people)
    return result


def _one(
    running: list[Racer], number: int, person: uuid.UUID, order: Order
) -> list[tuple[str, dict[str, Any]]]:
    for racer in running:
        told = {"person": str(person), "isolation": LEVELS[0], **order(number, racer.role)}
        racer.orders.write(json.dumps(told) + "\n")
        racer.orders.flush()
    return [(racer.role, json.loads(racer.answers.readline())) for racer in running]


def mixed(isolation: str) -> Order:
    """Most without any lock of their own, every eighth through the actions; starts a little apart."""

    def order(number: int, role: str) -> dict[str, Any]:
        span = 0.004 if number % 8 else 0.03
        start = random.uniform(0, span if role == "holder" else span / 4)
        pause = random.choice((0, 0, 0.001))
        return {"plain": number % 8 != 0, "delay": start, "pause": pause, "isolation": isolation}

    return order


def _tracks() -> list[Any]:
    postgresql = [pytest.param("postgresql", level, id=f"postgresql {level}".lower()) for level in LEVELS]
    return [*postgresql, pytest.param("sqlite", "its own", id="sqlite")]


@pytest.mark.parametrize(("track", "isolation"), _tracks(), indirect=["track"], scope="module")
def test_nobody_is_ever_boarded_over_a_hold(
    track: Track, isolation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = race(track, RACES, mixed(isolation))
    violations = result.by_epochs.keys() | set(result.by_clocks)
    with capsys.disabled():
        rate = RACES / result.seconds
        sys.stdout.write(f"\n{RACES} races, {len(violations)} violations, {rate:.0f} races/s ")
        sys.stdout.write(f"({track.record.backend}, {isolation}) {dict(sorted(result.outcomes.items()))}\n")
    assert result.by_epochs == {}
    assert result.by_clocks == []
    assert result.outcomes["holder: held"] == RACES
    assert result.outcomes["boarder: boarded"] >= RACES // 50
    assert result.outcomes["boarder: refused"] >= RACES // 50


# The hold comes while the boarder thinks, or while the weakened trigger of PostgreSQL sleeps on its check.
PROVOKING = {
    "bump without check": {"plain": True, "pause": 0.025, "delay": 0.01},
    "check without bump": {"plain": True, "pause": 0.0, "delay": 0.075},
}


@pytest.mark.parametrize("weakening", PROVOKING)
@pytest.mark.parametrize("track", BACKENDS, indirect=True, scope="module")
def test_the_race_catches_a_weakened_trigger(track: Track, weakening: str) -> None:
    """With the triggers weakened the same race and judges do find what the triggers prevent."""
    sqlite_checks = track.record.sqlite and weakening == "check without bump"

    def order(_number: int, role: str) -> dict[str, Any]:
        told: dict[str, Any] = PROVOKING[weakening]
        return told if role == "holder" and not sqlite_checks else {**told, "delay": 0}

    weaken(track.record, weakening)
    try:
        result = race(track, WEAKENED_RACES, order)
    finally:
        restore(track.record)
    assert len(result.by_epochs) >= WEAKENED_RACES // 4
    if sqlite_checks:
        return  # one writer at a time: its check still sees every hold, only the order of things is lost
    over_a_hold = [p for p, faults in result.by_epochs.items() if any("boarded" in f for f in faults)]
    assert len(over_a_hold) >= WEAKENED_RACES // 4
    assert len(result.by_clocks) >= WEAKENED_RACES // 4
