"""Guarantee 5: only a demo's clock moves, and never back; a real database refuses, and is real for good."""

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.initialise import AlreadyInitialisedError, initialise
from holds.store.database import DatabaseMark, DemoClock
from holds.store.demo_time import move_clock
from holds.store.engine import refusal_code
from tests.holds.store.ground import put, refused
from tests.holds.store.record import BACKENDS, Record, database_now, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def real_record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory, demo=False)


def test_a_demos_clock_moves_forward_and_its_time_with_it(taken_back: Session) -> None:
    before = database_now(taken_back)
    move_clock(taken_back, dt.timedelta(days=8))
    move_clock(taken_back, dt.timedelta(hours=1))
    ahead = database_now(taken_back) - before - dt.timedelta(days=8, hours=1)
    assert dt.timedelta() <= ahead < dt.timedelta(seconds=5)


def test_the_clock_agrees_with_the_hosts_when_nobody_moved_it(taken_back: Session) -> None:
    assert abs(database_now(taken_back) - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_a_demos_clock_never_goes_back(as_owner: Session) -> None:
    move_clock(as_owner, dt.timedelta(days=8))
    for back in (update(DemoClock).values(ahead_seconds=0), delete(DemoClock)):
        with pytest.raises(IntegrityError) as caught, as_owner.begin_nested():
            as_owner.execute(back)
        assert refusal_code(caught.value) in {"clock.back", "record.append_only"}
    with pytest.raises(IntegrityError), as_owner.begin_nested():
        move_clock(as_owner, dt.timedelta(days=-1))
    assert refused(as_owner, DemoClock, id=2, ahead_seconds=0) is None
    negative = {"id": 1, "ahead_seconds": -1}
    assert refused(as_owner, DemoClock, **negative) in {None, "record.exists"}


def test_a_real_databases_clock_does_not_move(real_record: Record) -> None:
    with Session(real_record.database.engine) as session:
        with pytest.raises(IntegrityError) as caught:
            move_clock(session, dt.timedelta(days=8))
        assert refusal_code(caught.value) == "clock.real"


def test_a_real_database_never_becomes_a_demo(real_record: Record) -> None:
    with Session(real_record.owner) as session:
        for turn in (update(DatabaseMark).values(kind="demo"), delete(DatabaseMark)):
            with pytest.raises(IntegrityError) as caught, session.begin_nested():
                session.execute(turn)
            assert refusal_code(caught.value) == "record.append_only"
        with pytest.raises(IntegrityError), session.begin_nested():
            put(session, DatabaseMark, id=2, kind="demo")
        with pytest.raises(AlreadyInitialisedError):
            initialise(session, real_record.vault.ring, organisation="x", administrator="y", demo=True)
        assert session.scalar(text("SELECT kind FROM database_mark")) == "real"
        session.rollback()


def test_time_goes_on_inside_a_transaction(taken_back: Session) -> None:
    """Whoever waited for a lock must see the time after it, and not that of the transaction's beginning."""
    before = database_now(taken_back)
    time.sleep(0.02)
    assert database_now(taken_back) > before
