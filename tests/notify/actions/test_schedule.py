"""The schedule: of two processes one works, the other takes over, and its jobs do the office's work."""

import datetime as dt
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import select

from holds.store.demo_time import move_clock
from holds.store.ledger_rows import LedgerHead
from notify.actions.approve_batch import approve_batch
from notify.actions.transport import Transport
from notify.schedule import Job, Scheduler, office_jobs
from notify.store.deliveries import Delivery
from notify.store.notices import Batch


def scheduler(office: Any, *jobs: Job) -> Scheduler:
    return Scheduler(office.database, jobs, BackgroundScheduler(timezone="UTC"))


def _note(fired: list[str], name: str, _held: Any) -> None:
    fired.append(name)


def test_two_schedulers_never_fire_the_same_job_twice(office: Any) -> None:
    fired: list[str] = []
    both = [scheduler(office, Job("count", 0.2, partial(_note, fired, name))) for name in ("first", "second")]
    for one in both:
        one.prepare()
        one.timer.start()
    time.sleep(1.5)
    assert len(set(fired)) == 1
    leading = both[0] if fired[0] == "first" else both[1]
    standing_by = both[1] if leading is both[0] else both[0]
    leading.stop()
    before = len(fired)
    time.sleep(0.8)
    standing_by.stop()
    assert set(fired[:before]) == {fired[0]}
    assert set(fired[before:]) == {"first", "second"} - {fired[0]}


def test_a_scheduler_that_hangs_is_taken_over_and_then_changes_nothing(office: Any) -> None:
    go_on, begun, written = threading.Event(), threading.Event(), []

    def hang(held: Any) -> None:
        begun.set()
        go_on.wait(10)
        with held.transaction() as session:
            session.add(Batch(organisation_id=office.operator.organisation_id, planned_by=office.operator.id))
        written.append("committed")

    first = scheduler(office, Job("hang", 60, hang))
    second = scheduler(office, Job("count", 60, lambda _held: written.append("second")))
    thread = threading.Thread(target=first.fire, args=[first.jobs[0]])
    thread.start()
    assert begun.wait(10)
    assert not second.fire(second.jobs[0])
    office.database.run(lambda session: move_clock(session, dt.timedelta(seconds=91)))
    assert second.fire(second.jobs[0])
    go_on.set()
    thread.join()
    assert written == ["second"]
    with office.database.reading() as session:
        assert session.scalars(select(Batch.id)).all() == []


def test_a_job_that_fails_does_not_stop_the_others(office: Any) -> None:
    done: list[str] = []

    def fail(_held: Any) -> None:
        raise RuntimeError("secret")

    one = scheduler(office, Job("fail", 60, fail), Job("work", 60, lambda _held: done.append("x")))
    assert one.fire(one.jobs[0])
    assert one.fire(one.jobs[1])
    assert done == ["x"]


def test_the_jobs_do_the_work_but_approve_nothing(office: Any, record: Any, tmp_path: Path) -> None:
    record.person(facility=record.facility())
    one = scheduler(
        office, *office_jobs(office.database, Transport(record.channels, record.sender), tmp_path / "heads")
    )

    def all_jobs() -> str:
        for job in one.jobs:
            assert one.fire(job)
        with office.database.reading() as session:
            return str(session.scalars(select(Delivery.state)).one())

    assert all_jobs() == "planned"
    with office.database.transaction() as session:
        batch_id = session.scalars(select(Batch.id)).one()
        approve_batch(session, acting=office.operator, batch_id=batch_id)
    assert all_jobs() == "accepted"
    with office.database.reading() as session:
        assert len(session.scalars(select(LedgerHead.size)).all()) == 2
    assert (tmp_path / "heads" / "ledger-heads.jsonl").read_text().count("\n") == 2
