"""Rows by the thousand into one table, in the words of the driver: COPY on PostgreSQL, executemany on SQLite.

Through SQLAlchemy's statements a row of an import costs more than writing it does. Triggers and constraints
are those of every other way in: COPY fires them row by row. What a column holds is said by its type, so that
the rows are the same, to the byte, as those that SQLAlchemy would have written.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    select,
)
from sqlalchemy.types import TypeEngine

from holds.store.base import UTCDateTime, holdfast_now
from holds.store.driver import pour, send_all

Row = Mapping[str, Any]
Written = Callable[[Any], Any]

_MICROSECOND = dt.timedelta(microseconds=1)
_COMPARED = frozenset({"hold"})
"""Tables whose guard compares the row's time with the clock: it must not lie in the future."""
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_NULL = r"\N"


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns, in the transaction of this connection.

    A column that they leave out is NULL; the one that says when is the database's time, read here, and rows
    follow one another in it. Raises DBAPIError as any statement does, ValueError for a column that cannot be
    left out.
    """
    if not rows:
        return
    dialect = connection.dialect.name
    plan = _plan(table, dialect, tuple(rows[0]))
    if any(len(row) != len(plan.columns) for row in rows):
        raise ValueError(f"rows for {table.name} do not all say the same")
    columns = [list(map(written, [row[name] for row in rows])) for name, written in plan.columns]
    if plan.time is not None:
        columns.append(_times(connection, len(rows), dialect, follow=table.name not in _COMPARED))
    if dialect == "postgresql":
        pour(connection, plan.statement, "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n")
    else:
        send_all(connection, plan.statement, list(zip(*columns, strict=True)))


@dataclass(frozen=True)
class _Plan:
    """How rows of these columns go into a table. `time` is the column that says when."""

    statement: str
    columns: tuple[tuple[str, Written], ...]
    time: str | None


@lru_cache(maxsize=256)
def _plan(table: Table, dialect: str, given: tuple[str, ...]) -> _Plan:
    times = [
        column.name
        for column in table.columns
        if column.name not in given and column.default is not None and _is_now(column)
    ]
    missing = [
        column.name
        for column in table.columns
        if column.name not in {*given, *times} and not (column.nullable and column.default is None)
    ]
    if missing or len(times) > 1:
        raise ValueError(f"rows for {table.name} must say {', '.join(missing or times)}")
    names = [*given, *times]
    shown = ", ".join(f'"{name}"' for name in names)
    if dialect == "postgresql":
        statement = f"COPY public.{table.name} ({shown}) FROM STDIN"
    else:
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table.name} ({shown}) VALUES ({marks})"  # noqa: S608 - our own names
    words = tuple((name, _written(table.columns[name], dialect)) for name in given)
    return _Plan(statement, words, times[0] if times else None)


def _is_now(column: Column[Any]) -> bool:
    return isinstance(getattr(column.default, "arg", None), holdfast_now)


def _times(connection: Connection, number: int, dialect: str, *, follow: bool) -> list[str]:
    """The database's time for each row: of two rows of one person the later one is later."""
    now = connection.execute(select(holdfast_now())).scalar_one()
    times = [now + number * _MICROSECOND for number in range(number)] if follow else [now] * number
    return [time.isoformat() for time in times] if dialect == "postgresql" else list(map(_in_sqlite, times))


def _in_sqlite(time: dt.datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S.%f")


def _written(column: Column[Any], dialect: str) -> Written:
    """How a value of this column is handed over."""
    written = _of_type(column, dialect)
    if not column.nullable:
        return written
    null = _NULL if dialect == "postgresql" else None
    return lambda value: null if value is None else written(value)


def _of_type(column: Column[Any], dialect: str) -> Written:
    for kind, written in _WRITTEN[dialect]:
        if isinstance(column.type, kind):
            return written
    raise ValueError(f"no rows by the thousand for {column}: {column.type!r}")


def _hex(value: uuid.UUID) -> str:
    return f"{value.int:032x}"


def _bytea(value: bytes) -> str:
    return r"\\x" + value.hex()


def _text(value: str) -> str:
    # A row that ends the copy, or a value that means NULL, would begin with a backslash: it is doubled.
    return value.translate(_ESCAPES) if not value.isalnum() else value


def _json(value: Any) -> str:
    return json.dumps(value).translate(_ESCAPES)


def _flag(value: bool) -> str:
    return "t" if value else "f"


def _time_in_sqlite(value: dt.datetime) -> str:
    return _in_sqlite(value.astimezone(dt.UTC))


_WRITTEN: dict[str, tuple[tuple[type[TypeEngine[Any]], Written], ...]] = {
    "postgresql": (
        (Uuid, _hex),
        (LargeBinary, _bytea),
        (JSON, _json),
        (Boolean, _flag),
        (Integer, str),
        (Date, dt.date.isoformat),
        (String, _text),
        (UTCDateTime, dt.datetime.isoformat),
    ),
    "sqlite": (
        (Uuid, _hex),
        (LargeBinary, bytes),
        (JSON, json.dumps),
        (Boolean, int),
        (Integer, int),
        (Date, dt.date.isoformat),
        (String, str),
        (UTCDateTime, _time_in_sqlite),
    ),
}
