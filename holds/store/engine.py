"""Connections and transactions on both databases, with the settings the guarantees rest on."""

import logging
import math
import re
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from psycopg import Error as DriverError
from sqlalchemy import Connection, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, SQLAlchemyError
from sqlalchemy.orm import Session

from holds.store.generation import LastLook
from holds.store.outside import FOLDER, LEAVING, let_leave
from holds.store.patience import STEPS, PatientConnection, seconds_left, too_late
from holds.store.vault import Vault

APP_ROLE = "holdfast_app"
RETRIED_STATES = frozenset({"40001", "40P01"})
READ_ONLY = {"holdfast_read_only": True}
FRESH_SECONDS = 1.0
"""A connection that was used so lately is not asked again whether it is there."""
BUSY_SECONDS = 30
POOL_SECONDS = 30
KEPT_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""A peer that went away without a word is noticed within 11 seconds."""
LOG = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Database:
    """An engine, the vault that opens what is sealed in it, and the tables both packages declared.

    `outside`: the folder of the marker and the rows that left the host. Every edge opens its database with
    it (`open_database`); without one, nothing is compared. `last`: what the last look at the schema found.
    """

    engine: Engine
    vault: Vault
    metadata: MetaData
    outside: Path | None = field(default=None, kw_only=True)
    last: LastLook = field(default_factory=LastLook, kw_only=True, compare=False, repr=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or not at all. Edges open it."""
        with Session(self.engine, expire_on_commit=False, info=self._info()) as session, session.begin():
            yield session
        self._let_leave(session.info.get(LEAVING, []))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking up. On SQLite it takes no write lock."""
        engine = self.engine.execution_options(**READ_ONLY)
        with Session(engine, expire_on_commit=False, info=self._info()) as session:
            yield session

    def _info(self) -> dict[Any, Any]:
        return {} if self.outside is None else {FOLDER: self.outside}

    def _let_leave(self, row_ids: Sequence[uuid.UUID]) -> None:
        """Right after the commit, rows that name nobody leave the host. What fails here was committed
        all the same, so nobody may be told otherwise; the schedule's `publish` makes up for it."""
        if self.outside is None or not row_ids:
            return
        try:
            with self.reading() as session:
                let_leave(session, self.outside, row_ids)
        except (OSError, SQLAlchemyError) as error:
            LOG.error("Ledger rows could not leave the host: %s", type(error).__name__)  # noqa: TRY400

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


def disk_is_full(error: BaseException) -> bool:
    """Whether the database has no room left (SQLITE_FULL; SQLSTATE 53100)."""
    cause = getattr(error, "orig", error)
    return getattr(cause, "sqlstate", None) == "53100" or "disk is full" in str(cause)


def make_engine(url: str | URL, *, as_owner: bool = False, patience: int | None = None) -> Engine:
    """An engine for SQLite or PostgreSQL. Only migrations run `as_owner`; all else as the app's role.

    `patience`: seconds that a connection, a lock or a statement may take, for an edge that must answer; what
    is asked `within` a time fails when that is over. Without it: what an import or a report may take.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"timeout": patience or BUSY_SECONDS, "isolation_level": None},
            pool_timeout=patience or POOL_SECONDS,
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
        pool_timeout=patience or POOL_SECONDS,
        connect_args={"connect_timeout": patience or 10, "tcp_user_timeout": 10_000, **KEPT_ALIVE},
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", lambda c, _record, _proxy: _see_that_it_is_there(engine.dialect, c))
    if as_owner:
        event.listen(engine, "connect", _open_as_owner)
    else:
        lock, statement = (patience, patience) if patience else (10, 60)
        event.listen(engine, "connect", lambda c, _record: _open_as_app(c, lock=lock, statement=statement))
    return engine


def _connect(_dialect: Dialect, _record: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
    if (seconds := seconds_left()) is not None:  # libpq's least is two
        named = {**named, "connect_timeout": min(named["connect_timeout"], max(2, math.ceil(seconds)))}
    return PatientConnection.connect(*arguments, **named)


def _see_that_it_is_there(dialect: Dialect, connection: PatientConnection) -> None:
    """Of a server that was started anew, the connections in the pool are dead; better to find out now."""
    if time.monotonic() - connection.used_at < FRESH_SECONDS:
        return
    try:
        dialect.do_ping(connection)  # type: ignore[arg-type]
    except DriverError as error:
        raise InvalidatePoolError from error


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
    connection.set_progress_handler(too_late, STEPS)


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("holdfast_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _open_as_app(connection: Any, *, lock: int, statement: int) -> None:
    _settings(
        connection,
        f"SET ROLE {APP_ROLE}",
        # Nobody's own schema, and no temporary table, may stand in for a table of ours.
        "SET search_path = pg_catalog, public, pg_temp",
        f"SET lock_timeout = '{lock}s'",
        f"SET statement_timeout = '{statement}s'",
        # A machine that vanished must not keep a gate locked, and so nobody from placing a hold.
        f"SET idle_in_transaction_session_timeout = '{statement}s'",
        "SET tcp_user_timeout = '10s'",
        "SET tcp_keepalives_idle = 5",
        "SET tcp_keepalives_interval = 2",
        "SET tcp_keepalives_count = 3",
        "SET client_connection_check_interval = '2s'",
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
