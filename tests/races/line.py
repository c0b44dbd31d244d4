"""One connection to the database without a session: prepared statements, the same SQL as the actions issue.

Inserts are compiled from the house's own tables, so that columns and defaults are the ones that actions
write; selects stand where they are used.
"""

import datetime as dt
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import psycopg
from sqlalchemy import Dialect, Engine, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg as postgresql

from holds.store.base import Base
from holds.store.engine import BUSY_SECONDS, refusal_code
from tests.races.prepared import Prepared

FAILURES = (psycopg.Error, sqlite3.Error)
"""What the two drivers raise; `code_of` says what it was."""
_postgresql: Callable[[], Dialect] = postgresql.dialect


@cache
def _insert(table: type[Base], columns: tuple[str, ...], *, on_sqlite: bool) -> str:
    dialect = sqlite.dialect(paramstyle="named") if on_sqlite else _postgresql()
    return str(insert(table).compile(dialect=dialect, column_keys=list(columns)))


class Line:
    """A connection that begins and commits by its own word. On SQLite a reader takes no write lock."""

    def __init__(self, engine: Engine) -> None:
        self.sqlite = engine.dialect.name == "sqlite"
        self._held = engine.raw_connection()  # kept: it would be closed with it
        driver: Any = self._held.driver_connection
        self._driver = driver
        if self.sqlite:
            # Whoever waits asks again at once: the races are many, and SQLite's own waiting is coarse.
            driver.execute("PRAGMA busy_timeout = 0")
            driver.execute("PRAGMA synchronous = OFF")  # a database that is thrown away
        else:
            driver.rollback()
            driver.autocommit = True
            self._prepared = Prepared(driver.pgconn)
            self._prepared.say("SET synchronous_commit = off")

    def begin(self, isolation: str) -> None:
        """Begin to write, at that level; on SQLite, take the write lock."""
        if not self.sqlite:
            self._prepared.say(f"BEGIN ISOLATION LEVEL {isolation}")
            return
        until = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.0001)

    def rows(self, query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Select. Values are named `:name` in the query."""
        return self._run(query, values)

    def put(self, table: type[Base], **row: Any) -> None:
        """Insert one row; what the table gives by default in SQL, it gives here."""
        self._run(_insert(table, tuple(row), on_sqlite=self.sqlite), row)

    def now(self) -> dt.datetime:
        """The database's time."""
        found = self.rows("SELECT now FROM holdfast_clock" if self.sqlite else "SELECT holdfast_now()", {})
        return self.time(found[0][0])

    def time(self, value: Any) -> dt.datetime:
        """A time as it came out of the database."""
        return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(f"{value}+00:00")

    def commit(self) -> None:
        if self.sqlite:
            self._driver.execute("COMMIT")
        else:
            self._prepared.say("COMMIT")

    def rollback(self) -> None:
        if not self.sqlite:
            self._prepared.say("ROLLBACK")
        elif self._driver.in_transaction:
            self._driver.execute("ROLLBACK")

    def id(self, value: Any) -> uuid.UUID:
        """An id as it came out of the database."""
        return value if isinstance(value, uuid.UUID) else uuid.UUID(value)

    def _run(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        if not self.sqlite:
            return self._prepared.run(statement, values)
        bound = {name: _for_sqlite(value) for name, value in values.items()}
        return cast(list[tuple[Any, ...]], self._driver.execute(statement, bound).fetchall())


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def code_of(error: Exception) -> str:
    """Why the database refused: our own code, else the SQLSTATE or SQLite's words."""
    driver = getattr(error, "orig", None) or error
    state = getattr(driver, "sqlstate", None)
    return refusal_code(error) or state or str(driver)[:60]
