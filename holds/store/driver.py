"""Statements handed to the driver itself, where SQLAlchemy's wrapping would cost more than the statement.

A call at the gate sends half a dozen of them; wrapped, they were most of its time. They go over the very
connections of the pool, and fail as they would through SQLAlchemy, so that what asks again, refuses, or gives
a dead connection up need not know the difference.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from psycopg import adapters, postgres
from psycopg.adapt import Dumper
from psycopg.pq import Format
from sqlalchemy import ClauseElement, Connection, Dialect, Engine, create_mock_engine
from sqlalchemy.exc import DBAPIError

BYTEA, BYTEA_ARRAY = (postgres.types["bytea"].oid, postgres.types["bytea"].array_oid)
Values = Mapping[str, Any] | Sequence[Any]
Rows = list[tuple[Any, ...]]


class _Pooled(Protocol):
    def invalidate(self, exception: BaseException | None = None) -> None: ...


class ByteaArray(NamedTuple):
    """A `bytea[]` as the server receives one: ready to send."""

    sent: bytes


def bytea_array(values: Sequence[bytes], length: int) -> ByteaArray:
    """Values of one length as an array in the server's binary form (PostgreSQL's `array_recv`): one dimension
    without nulls, of so many `bytea`, counted from 1, and each value behind its length. The driver itself
    would take longer over them than the server does."""
    if not values:
        return ByteaArray(struct.pack(">iii", 0, 0, BYTEA))
    each = struct.pack(">i", length)
    head = struct.pack(">iiiii", 1, 0, BYTEA, len(values), 1)
    return ByteaArray(head + each + each.join(values))


class _AsItIs(Dumper):
    """Hands an array over as it was made."""

    format = Format.BINARY
    oid = BYTEA_ARRAY

    def dump(self, obj: ByteaArray) -> bytes:
        return obj.sent


adapters.register_dumper(ByteaArray, _AsItIs)


def to_driver(statement: ClauseElement) -> str:
    """A statement in PostgreSQL's words, its values named as the driver wants them."""
    dialect: Dialect = create_mock_engine("postgresql+psycopg://", lambda *_: None).dialect
    return str(statement.compile(dialect=dialect))


def ask(connection: Connection, statement: str, values: Values) -> Rows:
    """The rows of a SELECT in the transaction of this connection; `DBAPIError` where it fails.

    Values and rows are the driver's own.
    """
    driven = connection.connection.driver_connection
    rows: Rows = _sent(connection.dialect, connection, driven, statement, values).fetchall()
    return rows


def send(connection: Connection, statement: str, values: Values) -> None:
    """The same of a statement that gives no rows."""
    _sent(connection.dialect, connection, connection.connection.driver_connection, statement, values)


def send_all(connection: Connection, statement: str, values: Sequence[Sequence[Any]]) -> None:
    """The same for each of many, by place."""
    dialect, driven = connection.dialect, connection.connection.driver_connection
    try:
        driven.cursor().executemany(statement, values)  # type: ignore[union-attr]
    except dialect.loaded_dbapi.Error as error:
        raise _as_ours(dialect, connection, driven, error) from error


def pour(connection: Connection, statement: str, content: str) -> None:
    """The content of a COPY … FROM STDIN. PostgreSQL only."""
    dialect, driven = connection.dialect, connection.connection.driver_connection
    try:
        with driven.cursor().copy(statement) as copy:  # type: ignore[union-attr]
            copy.write(content)
    except dialect.loaded_dbapi.Error as error:
        raise _as_ours(dialect, connection, driven, error) from error


def glance(engine: Engine, statement: str, values: Values) -> Rows:
    """The rows of one look-up without a transaction round it, `DBAPIError` where it fails. PostgreSQL only.

    Nothing is taken back at its end: a ROLLBACK would make the driver forget every statement that the server
    has prepared, and each of the next would be planned anew.
    """
    try:
        pooled = engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:
        raise _failure(engine.dialect, error) from error
    driven: Any = pooled.driver_connection
    try:
        driven.autocommit = True
        rows: Rows = _sent(engine.dialect, pooled, driven, statement, values).fetchall()
        return rows
    finally:
        if not driven.closed:
            driven.autocommit = False
        pooled.close()


def _sent(dialect: Dialect, pooled: _Pooled, driven: Any, statement: str, values: Values) -> Any:
    try:
        return driven.cursor().execute(statement, values)
    except dialect.loaded_dbapi.Error as error:
        raise _as_ours(dialect, pooled, driven, error) from error


def _as_ours(dialect: Dialect, pooled: _Pooled, driven: Any, error: Exception) -> BaseException:
    gone = dialect.is_disconnect(error, driven, None)  # type: ignore[arg-type]
    if gone:  # it does not go back to the pool
        pooled.invalidate(error)
    return _failure(dialect, error, gone=gone)


def _failure(dialect: Dialect, error: Exception, *, gone: bool = False) -> BaseException:
    """The driver's error as SQLAlchemy's, without statement and values: these could name somebody."""
    wrapped: BaseException = DBAPIError.instance(
        None,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
    return wrapped
