"""Which times of a database's clock nobody believes."""

import datetime as dt
import uuid

import pytest

from holds.store.clocks import clock_reasons

SECOND, MINUTE, DAY = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
NONE = dt.timedelta()
BACK, OFF = "database.clock_back", "database.clock_off"


def told(
    database: uuid.UUID, off: dt.timedelta, *, last: dt.timedelta | None = None, ahead: dt.timedelta = NONE
) -> tuple[str, ...]:
    """What is said of a clock that is off by so much; `last`: by how much the newest ledger row's time is."""
    now = dt.datetime.now(dt.UTC)
    last_at = None if last is None else now + last
    return clock_reasons(database, now=now + off, last=last_at, ahead=ahead)


@pytest.fixture
def database() -> uuid.UUID:
    return uuid.uuid4()


@pytest.mark.parametrize("off", [-4 * MINUTE, -SECOND, NONE, SECOND, 4 * MINUTE])
def test_machines_that_keep_time_are_believed(database: uuid.UUID, off: dt.timedelta) -> None:
    assert told(database, off) == told(database, off, last=off - DAY) == ()


@pytest.mark.parametrize("off", [-DAY, -6 * MINUTE, 6 * MINUTE, DAY])
def test_a_clock_that_is_not_this_machines_is_not(database: uuid.UUID, off: dt.timedelta) -> None:
    assert told(database, off) == (OFF,)


def test_a_clock_that_went_back_is_not_until_it_has_caught_up(database: uuid.UUID) -> None:
    assert told(database, MINUTE) == ()
    assert told(database, 59 * SECOND) == ()
    assert told(database, 50 * SECOND) == (BACK,)
    assert told(database, NONE, last=-DAY) == (BACK,)
    assert told(database, MINUTE) == ()


def test_the_ledger_remembers_what_the_process_did_not_see(database: uuid.UUID) -> None:
    assert told(database, NONE, last=SECOND) == ()
    assert told(database, NONE, last=DAY) == (BACK,)
    assert told(database, NONE) == (BACK,)  # now it has seen that time itself


def test_one_databases_clock_says_nothing_of_anothers(database: uuid.UUID) -> None:
    assert told(database, DAY) == (OFF,)
    assert told(database, NONE) == (BACK,)
    assert told(uuid.uuid4(), NONE) == ()


def test_a_demonstrations_clock_may_run_ahead_but_not_go_back(database: uuid.UUID) -> None:
    assert told(database, NONE, last=NONE) == ()
    assert told(database, 60 * DAY, last=NONE, ahead=60 * DAY) == ()
    assert told(database, 59 * DAY, ahead=60 * DAY) == (BACK, OFF)
