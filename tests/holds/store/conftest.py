"""The record that the tests of one module share; what they change they take back."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A demo-marked record, on each of the two databases."""
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def taken_back(record: Record) -> Iterator[Session]:
    """A session as the app's role, whose work is undone after the test."""
    with Session(record.database.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def as_owner(record: Record) -> Iterator[Session]:
    """The same as the owner of the tables, who may switch triggers off."""
    with Session(record.owner, expire_on_commit=False) as session:
        yield session
        session.rollback()
