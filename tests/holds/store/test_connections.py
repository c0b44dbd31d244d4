"""What a pooled connection promises: statements stay prepared, a dead one is found out, and waiting ends."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from holds.actions.api_clients import WrongKeyError, client_of_key
from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Decision
from holds.store.driver import ask, glance
from holds.store.patience import within
from tests.holds.store.life import released
from tests.holds.store.record import BACKENDS, Record, open_record

OFTEN = 12
"""More than the driver waits before it prepares (5), and than the server plans anew (5)."""
PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %(like)s"
BACKEND = "SELECT pg_backend_pid()"
ENDLESS = {
    "postgresql": "SELECT pg_sleep(20)",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000000) "
    "SELECT count(*) FROM n",
}


@pytest.fixture(scope="module", params=BACKENDS)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture(scope="module", params=["postgresql"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def driven(record: Record) -> Any:
    """The driver's connection that the pool gives out next."""
    pooled = record.database.engine.raw_connection()
    connection = pooled.driver_connection
    pooled.close()
    return connection


def cut_off(record: Record, *, used_at: float) -> None:
    """End the session of that connection at the server, behind its back; it was last used then."""
    connection = driven(record)
    with record.owner.begin() as owner:
        owner.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": connection.info.backend_pid})
    connection.used_at = used_at


def check(record: Record, number: str) -> tuple[Decision, tuple[str, ...]]:
    answer = answer_check(record.database, acting=record.staff["field"], question=Question(a_number=number))
    return answer.decision, answer.reasons


def test_a_look_up_and_a_check_leave_each_others_statements_prepared(record: Record) -> None:
    free = released(record)
    for _ in range(OFTEN):
        with pytest.raises(WrongKeyError):
            client_of_key(record.database, "hf_2222222222_" + "x" * 43)
        assert check(record, free.number) == (Decision.NO_ACTIVE_HOLD, ())
    for like in ("%FROM api_key %", "%WITH RECURSIVE asked%", "INSERT INTO ledger_row%"):
        assert len(glance(record.database.engine, PREPARED, {"like": like})) == 1, like


def test_after_a_look_up_a_transaction_still_takes_back_what_it_wrote(record: Record) -> None:
    people = len(everybody(record))
    assert glance(record.database.engine, BACKEND, {})
    with record.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE actor SET display_name = 'Nobody'")
        connection.rollback()
    assert [name for name in everybody(record) if name != "Nobody"] == everybody(record)
    assert len(everybody(record)) == people


def everybody(record: Record) -> list[str]:
    return [name for (name,) in glance(record.database.engine, "SELECT display_name FROM actor", {})]


def test_a_connection_that_stood_is_asked_first_so_that_nobody_meets_a_dead_one(record: Record) -> None:
    free = released(record)
    cut_off(record, used_at=0.0)
    assert check(record, free.number) == (Decision.NO_ACTIVE_HOLD, ())
    cut_off(record, used_at=0.0)
    assert glance(record.database.engine, BACKEND, {})


def test_one_that_died_just_after_its_use_blocks_once_and_is_given_up(record: Record) -> None:
    free, soon = released(record), time.monotonic() + 3_600
    cut_off(record, used_at=soon)
    decision, reasons = check(record, free.number)
    assert (decision, reasons[-1]) == (Decision.BLOCKED, "error.no_answer")
    assert check(record, free.number) == (Decision.NO_ACTIVE_HOLD, ())
    cut_off(record, used_at=soon)
    with pytest.raises(OperationalError) as caught:
        glance(record.database.engine, BACKEND, {})
    assert caught.value.connection_invalidated
    assert glance(record.database.engine, BACKEND, {})


def test_what_takes_longer_than_was_given_fails_and_its_connection_is_not_used_again(both: Record) -> None:
    free = released(both)
    assert check(both, free.number) == (Decision.NO_ACTIVE_HOLD, ())
    with within(0.3), pytest.raises(DBAPIError), both.database.reading() as session:
        ask(session.connection(), ENDLESS[session.connection().dialect.name], {})
    assert check(both, free.number) == (Decision.NO_ACTIVE_HOLD, ())


def test_nothing_is_asked_any_more_when_the_time_is_over(both: Record) -> None:
    free = released(both)
    with within(-1.0):
        decision, reasons = check(both, free.number)
    assert (decision, reasons[-1]) == (Decision.BLOCKED, "error.no_answer")
    assert check(both, free.number) == (Decision.NO_ACTIVE_HOLD, ())
