"""Two real workers look for alarms at once on PostgreSQL: none is raised twice, and none is lost."""

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from holds.store.database import WatchBeat
from holds.store.ledger_rows import LedgerRow
from notify.store.alarms import Alarm
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from tests.conftest import OfficeAtWork
from tests.notify.actions.alarming import Alarming
from tests.notify.working import at_work, worker

HOLDS = 40
GIVE_UP_SECONDS = 120

pytestmark = pytest.mark.parametrize("migrated_url", ["postgresql"], indirect=True)


def watching(alarming: Alarming) -> int:
    with alarming.record.database.reading() as session:
        return session.scalar(select(func.count()).select_from(WatchBeat)) or 0


def outcomes(alarming: Alarming) -> Counter[tuple[str, str]]:
    """How often each manifest's alarm was tried, and what came of it."""
    with alarming.record.database.reading() as session:
        rows = session.execute(
            select(Alarm.facts, AttemptResult.outcome)
            .join(Delivery, Delivery.alarm_id == Alarm.id)
            .join(Attempt, Attempt.delivery_id == Delivery.id)
            .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        ).all()
    return Counter((str(facts["manifest"]), outcome) for facts, outcome in rows)


def test_two_workers_raise_every_alarm_once(office: OfficeAtWork, tmp_path: Path) -> None:
    alarming = at_work(office)
    numbers = [f"{900_300_000 + place}" for place in range(HOLDS)]
    journeys = {alarming.manifest(number, contacts=("desk@example.org",)) for number in numbers}
    deadline = time.monotonic() + GIVE_UP_SECONDS
    with worker(alarming, tmp_path / "one.log"), worker(alarming, tmp_path / "other.log"):
        while watching(alarming) < 2:
            assert time.monotonic() < deadline, "the workers never began"
            time.sleep(0.1)
        for number in numbers:
            alarming.listed(number)
        while len(outcomes(alarming)) < HOLDS:
            assert time.monotonic() < deadline, "an alarm was lost"
            time.sleep(0.2)
        time.sleep(3)  # whatever comes twice would come now
    assert outcomes(alarming) == {(journey, "accepted"): 1 for journey in journeys}
    assert len(alarming.alarms()) == HOLDS
    assert len(list(alarming.record.spool.folder.rglob("*.sealed"))) == HOLDS
    with alarming.record.database.reading() as session:
        red = session.scalars(select(LedgerRow.subject_id).where(LedgerRow.verb == "manifest.turned_red"))
        assert sorted(Counter(red).values()) == [1] * HOLDS
