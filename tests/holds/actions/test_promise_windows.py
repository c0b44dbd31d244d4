"""The promised thirty days of somebody who stands on two records that were merged: counted once, for both."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from holds.actions.raise_due_tasks import PROMISE_WINDOW_OVER, raise_due_tasks
from holds.store.people import Task
from tests.holds.store.life import DAY, propose, put_review, serve_notices, try_release, wait
from tests.holds.store.merging import put_merge
from tests.holds.store.record import (
    BACKENDS,
    Held,
    Record,
    database_now,
    new_incident,
    open_record,
    put_on_record,
)


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def two_records(record: Record, *, incidents: int = 1) -> tuple[Held, Held]:
    """One person on two records, of one incident or of two."""
    with record.database.transaction() as session:
        made = [new_incident(session, record) for _ in range(incidents)]
        one, other = (put_on_record(session, record, incident) for incident in (made[0], made[-1]))
        put_merge(session, record, one, other)
    return one, other


def served(record: Record, held: Held, ago: dt.timedelta) -> None:
    with record.database.transaction() as session:
        serve_notices(session, record, held, ago=ago)


def alerts(record: Record, *helds: Held) -> list[dt.date]:
    """When the notices that are told of were served, after a look at what is due."""
    with record.database.transaction() as session:
        raise_due_tasks(session, acting=record.staff["system"])
    exposures = [held.exposure_id for held in helds]
    with record.database.reading() as session:
        of = (Task.kind == PROMISE_WINDOW_OVER, Task.subject_id.in_(exposures))
        return [
            dt.datetime.fromisoformat(task.evidence["served_at"]).date()
            for task in session.scalars(select(Task).where(*of).order_by(Task.id))
        ]


def days_ago(record: Record, number: int) -> dt.date:
    with record.database.reading() as session:
        return (database_now(session) - number * DAY).date()


def test_one_incident_on_both_records_is_one_window_from_the_first_service(record: Record) -> None:
    one, other = two_records(record)
    served(record, one, 20 * DAY)
    served(record, other, 35 * DAY)
    assert alerts(record, one, other) == [days_ago(record, 35)]
    wait(record, 15 * DAY)
    assert len(alerts(record, one, other)) == 1


def test_two_incidents_are_two_windows(record: Record) -> None:
    one, other = two_records(record, incidents=2)
    served(record, one, 35 * DAY)
    served(record, other, 25 * DAY)
    assert alerts(record, one, other) == [days_ago(record, 35)]
    wait(record, 6 * DAY)
    assert len(alerts(record, one, other)) == 2


def test_a_hold_on_the_other_record_keeps_the_window_open(record: Record) -> None:
    """The hold of the record that was served is released; the other's blocks the person still."""
    one, other = two_records(record, incidents=2)
    served(record, one, 20 * DAY)
    served(record, other, 20 * DAY)
    with record.database.transaction() as session:
        propose(session, record, one, put_review(session, record, one))
    wait(record, 11 * DAY)
    assert try_release(record, one) is None
    assert len(alerts(record, one)) == 1
