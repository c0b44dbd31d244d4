"""One PostgreSQL of their own for the tests of faults, and one proxy before it."""

from collections.abc import Iterator

import pytest

from tests.faults.cluster import Cluster, cluster
from tests.faults.door import Ground, ground, migrated
from tests.faults.proxy import Proxy


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(scope="module")
def found(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A record on that server."""
    with ground(migrated(server), tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(scope="module")
def proxy(server: Cluster) -> Iterator[Proxy]:
    made = Proxy(server.socket)
    yield made
    made.close()
