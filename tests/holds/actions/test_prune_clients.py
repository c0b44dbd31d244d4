"""What is kept of clients' calls for a time only is deleted after it, and not before."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from holds.actions.prune_clients import Pruned, prune_clients
from holds.store.api_clients import AskedNumber, KeptAnswer
from holds.store.demo_time import move_clock
from holds.store.ledger_rows import LedgerRow
from tests.holds.api.calling import caller, new_key
from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def prune(record: Record, *, after: dt.timedelta = dt.timedelta(0)) -> Pruned:
    with record.database.transaction() as session:
        if after:
            move_clock(session, after)
        return prune_clients(session, acting=record.staff["operator"])


def left(record: Record) -> tuple[int, int]:
    with record.database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (AskedNumber, KeptAnswer)
        ]
    return counts[0], counts[1]


def test_digests_go_after_the_next_day_and_answers_after_a_week(record: Record) -> None:
    office, key = caller(record), new_key()
    first = office.clear("900000777", once=key)
    assert left(record) == (2, 1), "the number, and the same with name and birth date"
    assert prune(record) == Pruned(0, 0, 0)
    assert office.clear("900000777", once=key).headers["Idempotent-Replayed"] == "true"
    assert prune(record, after=dt.timedelta(days=2)) == Pruned(2, 0, 0)
    assert prune(record, after=dt.timedelta(days=6)) == Pruned(0, 1, 0)
    assert left(record) == (0, 0)
    with record.database.reading() as session:
        rows = session.scalars(select(LedgerRow.codes).where(LedgerRow.verb == "clients.pruned")).all()
        kept = session.scalars(select(LedgerRow).where(LedgerRow.verb == "removal.checked")).all()
    assert [(row["asked_numbers"], row["kept_answers"]) for row in rows] == [(2, 0), (0, 1)]
    assert len(kept) == 1
    again = office.clear("900000777", once=key)
    assert "Idempotent-Replayed" not in again.headers
    assert again.status_code == first.status_code
