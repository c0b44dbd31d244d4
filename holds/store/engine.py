"""Connections and transactions on both databases, with the settings the guarantees rest on."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.store.vault import Vault

APP_ROLE = "holdfast_app"
RETRIED_STATES = frozenset({"40001", "40P01"})
READ_ONLY = {"holdfast_read_only": True}
BUSY_SECONDS = 30

T = TypeVar("T")


@dataclass(frozen=True)
class Database:
    """An engine, the vault that opens what is sealed in it, and the tables both packages declared."""

    engine: Engine
    vault: Vault
    metadata: MetaData

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or not at all. Edges open it."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking up. On SQLite it takes no write lock."""
        with Session(self.engine.execution_options(**READ_ONLY), expire_on_commit=False) as session:
            yield session

    def run(self, work: Callable[[Session], T], *, attempts: int = 5) -> T:
        """Do work in a transaction, again when the database asks for it (40001, 40P01)."""
        for attempt in range(attempts):
            try:
                with self.transaction() as session:
                    return work(session)
            except DBAPIError as error:
                if attempt == attempts - 1 or getattr(error.orig, "sqlstate", None) not in RETRIED_STATES:
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")


def refusal_code(error: BaseException) -> str | None:
    """The code with which a trigger refused, such as `hold.active`; None for another failure."""
    found = re.search(r"holdfast: ([a-z_.]+)", str(error))
    return found.group(1) if found else None


def make_engine(url: str, *, as_owner: bool = False) -> Engine:
    """An engine for SQLite or PostgreSQL. Only migrations run `as_owner`; all else as the app's role."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        )
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if make_url(url).get_backend_name() != "postgresql":
        raise ValueError("HOLDFAST_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    engine = create_engine(
        url,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10},
    )
    event.listen(engine, "connect", _open_as_owner if as_owner else _open_as_app)
    return engine


def _open_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("holdfast_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _open_as_app(connection: Any, _record: Any) -> None:
    _settings(
        connection,
        f"SET ROLE {APP_ROLE}",
        # Nobody's own schema, and no temporary table, may stand in for a table of ours.
        "SET search_path = pg_catalog, public, pg_temp",
        "SET lock_timeout = '10s'",
        "SET statement_timeout = '60s'",
    )


def _open_as_owner(connection: Any, _record: Any) -> None:
    _settings(connection, "SET lock_timeout = '10s'", "SET statement_timeout = '15min'")


def _settings(connection: Any, *statements: str) -> None:
    before, connection.autocommit = connection.autocommit, True
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        for statement in statements:
            cursor.execute(statement)
    connection.autocommit = before
