"""Empty databases to migrate, on each of the two, and what stands in them."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, inspect, text
from sqlalchemy.engine import make_url

from holds.store.engine import make_engine

Columns = Mapping[str, set[str]]
Rows = dict[str, list[tuple[Any, ...]]]


@contextmanager
def empty_database(request: pytest.FixtureRequest, backend: str, folder: Path) -> Iterator[str]:
    """URL of a database with nothing in it."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / f'{secrets.token_hex(4)}.db'}"
        return
    server = make_url(request.getfixturevalue("postgresql_server"))
    name = f"holdfast_empty_{os.getpid()}_{secrets.token_hex(4)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def owner_of(url: str) -> Iterator[Engine]:
    """An engine as the owner, closed at the end."""
    engine = make_engine(url, as_owner=True)
    try:
        yield engine
    finally:
        engine.dispose()


def columns_of(connection: Connection) -> Columns:
    """The names of every table's columns."""
    found = inspect(connection).get_multi_columns()
    return {table: {column["name"] for column in columns} for (_, table), columns in found.items()}


def rows_of(connection: Connection, metadata: MetaData, only: Columns | None = None) -> Rows:
    """All rows of every table that is there, by those declared columns that are there and in `only`."""
    present, found = columns_of(connection), {}
    for table in metadata.sorted_tables:
        if table.name in present and (only is None or table.name in only):
            shown = present[table.name] if only is None else present[table.name] & only[table.name]
            columns = [name for name in dict(table.columns) if name in shown]
            rows = connection.execute(text(f"SELECT {', '.join(columns)} FROM {table.name}"))  # noqa: S608
            found[table.name] = sorted((tuple(map(_comparable, row)) for row in rows), key=repr)
    return found


def _comparable(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
