"""Both changes of the clocks and the leap day: days stay whole where the person is, on both databases."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from holds.actions.credentials import standing_actor
from holds.actions.raise_due_tasks import PROMISE_WINDOW_OVER, raise_due_tasks
from holds.actions.release_hold import propose_release, serve_proposal
from holds.domain.decision import Decision
from holds.domain.release import Refusal
from holds.store.people import Task
from tests.holds.actions.put_back import ask
from tests.holds.store.life import DAY, put_review, serve_notices, someone, try_release, wait
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record

MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)
OBJECTIONS = {
    "clocks go forward": ("2027-03-08T12:00-05:00", "2027-03-16T00:00-04:00"),
    "clocks go back": ("2027-11-03T12:00-04:00", "2027-11-11T00:00-05:00"),
    "leap day": ("2028-02-24T12:00-05:00", "2028-03-03T00:00-05:00"),
    "forward, and an hour short of 168": ("2029-03-05T23:59-05:00", "2029-03-13T00:59-04:00"),
    "served on the leap day": ("2032-02-29T09:00-05:00", "2032-03-08T00:00-05:00"),
}
"""Served at, and when seven full days are over, in New York. A clock goes forward only: so do these."""


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def go_to(record: Record, time: dt.datetime) -> None:
    """Let the demo's clock run ahead to this time, a second after it at most."""
    with record.database.reading() as session:
        now = database_now(session)
    wait(record, time - now + SECOND)


def refused(record: Record, held: Held) -> tuple[str, ...]:
    found = try_release(record, held)
    return found.reasons if isinstance(found, Refusal) else ()


def test_seven_full_days_whatever_the_clocks_do(record: Record) -> None:
    for name, (served, until) in OBJECTIONS.items():
        served_at, opens_at = dt.datetime.fromisoformat(served), dt.datetime.fromisoformat(until)
        go_to(record, served_at - DAY)
        held = someone(record)
        with record.database.transaction() as session:
            serve_notices(session, record, held)
            review = put_review(session, record, held)
            casey = record.staff["casey"]
            proposal = propose_release(session, acting=casey, hold_id=held.hold_id, review_id=review)
            assert isinstance(proposal, uuid.UUID)
        go_to(record, served_at)
        with record.database.transaction() as session:
            serve_proposal(
                session, acting=casey, proposal_id=proposal, served_on="person", served_at=served_at
            )
        go_to(record, opens_at - 2 * MINUTE)
        assert refused(record, held) == ("release.seven_days_open",), name
        assert ask(record, held.number).decision is Decision.BLOCKED
        go_to(record, opens_at)
        assert try_release(record, held) is None, name
        assert ask(record, held.number).decision is Decision.NO_ACTIVE_HOLD


def test_the_promise_window_is_thirty_days_whatever_the_clocks_do(record: Record) -> None:
    """Day 30 by the hour, across each change of the clocks and the leap day; the person stays held."""
    for served in ("2027-02-25T12:00-05:00", "2027-10-20T12:00-04:00", "2028-02-10T23:30-05:00"):
        served_at = dt.datetime.fromisoformat(served).astimezone(dt.UTC)
        go_to(record, served_at)
        held = someone(record)
        with record.database.transaction() as session:
            serve_notices(session, record, held, ago=dt.timedelta())
        go_to(record, served_at + 30 * DAY - 2 * MINUTE)
        assert alerts(record, held) == 0
        go_to(record, served_at + 30 * DAY + MINUTE)
        assert alerts(record, held) == 1
        assert ask(record, held.number).decision is Decision.BLOCKED


def alerts(record: Record, held: Held) -> int:
    with record.database.transaction() as session:
        system = standing_actor(session, "system")
        raise_due_tasks(session, acting=system)
        mine = (Task.kind == PROMISE_WINDOW_OVER, Task.person_id == held.person_id)
        return session.scalar(select(func.count()).select_from(Task).where(*mine)) or 0
