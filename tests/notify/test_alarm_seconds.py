"""From the commit of a hold on somebody aboard to the alarm in the spool, while the real worker runs.

`holdfast work` is a process of its own here, with letters to typeset beside. The times are of one clock:
after the commit in this process, and of the spooled file. HOLDFAST_ALARMS=500 measures longer.
"""

import os
import random
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from notify.store.alarms import Alarm
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from tests.conftest import OfficeAtWork
from tests.notify.actions.alarming import Alarming
from tests.notify.actions.conftest import Outbox
from tests.notify.working import at_work, worker

PROMISED_SECONDS = 5.0
ALARMS = int(os.environ.get("HOLDFAST_ALARMS", "50"))
LETTERS = 60
GIVE_UP_SECONDS = 60


@pytest.fixture
def alarming(office: OfficeAtWork) -> Alarming:
    return at_work(office)


def spooled(alarming: Alarming) -> dict[str, float]:
    """When the alarm about each manifest lay in the spool, by the file's own time (seconds of the epoch)."""
    with alarming.record.database.reading() as session:
        rows = session.execute(
            select(Alarm.facts, AttemptResult.reference)
            .join(Delivery, Delivery.alarm_id == Alarm.id)
            .join(Attempt, Attempt.delivery_id == Delivery.id)
            .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        ).all()
    folder = alarming.record.spool.folder
    return {facts["manifest"]: (folder / path).stat().st_mtime for facts, path in rows if path}


def await_alarms(alarming: Alarming, manifests: set[str]) -> dict[str, float]:
    """Wait until all of these have theirs, and say when."""
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while not manifests <= (found := spooled(alarming)).keys():
        assert time.monotonic() < deadline, f"{len(manifests - found.keys())} alarms never came"
        time.sleep(0.2)
    return found


def within(share: float, sorted_seconds: list[float]) -> float:
    return sorted_seconds[min(len(sorted_seconds) - 1, int(share * len(sorted_seconds)))]


def test_an_alarm_is_in_the_spool_within_five_seconds_of_the_commit(
    alarming: Alarming, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [f"{900_200_000 + place}" for place in range(ALARMS)]
    journeys = {n: alarming.manifest(n, contacts=("desk@example.org",)) for n in numbers}
    facility, chance = alarming.record.facility("ADAMSMS"), random.Random(7)
    for _ in range(LETTERS):
        alarming.record.person(facility=facility)
    Outbox(alarming.record).approved()
    committed: dict[str, float] = {}
    with worker(alarming, tmp_path / "work.log"):
        first = alarming.manifest("900199999", contacts=("desk@example.org",))
        alarming.listed("900199999")
        await_alarms(alarming, {first})  # the worker has begun
        for number in numbers:
            alarming.listed(number)
            committed[journeys[number]] = time.time()
            time.sleep(chance.uniform(0.05, 0.3))
        found = await_alarms(alarming, set(committed))
    seconds = sorted(found[journey] - at for journey, at in committed.items())
    backend = alarming.record.database.engine.dialect.name
    with capsys.disabled():
        sys.stdout.write(
            f"\n{backend}: {ALARMS} alarms, p50 {within(0.5, seconds):.2f} s, "
            f"p99 {within(0.99, seconds):.2f} s, longest {seconds[-1]:.2f} s\n"
        )
    assert within(0.99, seconds) <= PROMISED_SECONDS
