"""One PostgreSQL of their own for the tests of faults, one proxy before it, and one gate behind both."""

from collections.abc import Iterator

import pytest

from tests.faults.cluster import Cluster, cluster
from tests.faults.door import Door, Ground, behind, ground, migrated, served
from tests.faults.proxy import Proxy


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(scope="session")
def found(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A record on that server."""
    with ground(migrated(server), tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture(scope="session")
def proxy(server: Cluster) -> Iterator[Proxy]:
    made = Proxy(server.socket)
    yield made
    made.close()


@pytest.fixture(scope="session")
def door(found: Ground, proxy: Proxy) -> Iterator[Door]:
    """The gate over that record, through the proxy."""
    with served(found, behind(proxy)) as made:
        yield made
