"""A record that the tests of one module share, on each of the two databases."""

from collections.abc import Iterator

import pytest

from tests.holds.api.calling import Caller, caller
from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def office(record: Record) -> Caller:
    """A field office's system."""
    return caller(record)
