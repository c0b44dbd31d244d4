"""Of two sealers at once the second writes nothing, and neither fails."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from holds.actions.seal_ledger import Head, seal_ledger
from holds.store.ledger_rows import LedgerLeaf, LedgerRow
from tests.holds.store.life import someone
from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def seal(record: Record) -> Head | None:
    with record.database.transaction() as session:
        return seal_ledger(session, record.vault)


def test_a_second_sealer_has_nothing_to_say(record: Record) -> None:
    someone(record)
    with ThreadPoolExecutor(1) as pool:
        with record.database.transaction() as session:
            first = seal_ledger(session, record.vault)
            second = pool.submit(seal, record)
            if not record.sqlite:  # there the second waits for the one writer
                assert second.result(timeout=20) is None
        assert second.result(timeout=20) is None
    assert first is not None
    someone(record)
    third = seal(record)
    assert third is not None
    with record.database.reading() as session:
        rows = session.scalar(select(func.count()).select_from(LedgerRow))
        assert session.scalar(select(func.count()).select_from(LedgerLeaf)) == rows == third.size > first.size
