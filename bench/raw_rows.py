"""The least that an import's rows cost: every row of a record copied as it is into the same tables, empty.

COPY on PostgreSQL, executemany on SQLite, in one transaction, as safely synced as the record itself. Either
*guarded*: the tables as they are shipped, with constraints and triggers, which is the most that any importer
could reach; or *bare*: the same tables and constraints without the triggers that keep a gate's epoch, an
append-only row and an existing key. Nothing is looked up, read, checked or sealed in either.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine

from bench.ground import new_database
from bench.processor import spent, spent_by_server
from holds.store import migrate
from holds.store.engine import make_engine
from wsgi import METADATA

_AS_AT_FIRST = {("gate", "epoch"): "0", ("hold", "placed_at"): "{now}"}
"""What the guards ask of a row when it comes: a gate begins at 0, and a hold is placed now."""
_NOW = {"postgresql": "public.holdfast_now()", "sqlite": "(SELECT now FROM holdfast_clock)"}


@dataclass(frozen=True)
class Raw:
    """Seconds for so many rows; `processor`: seconds of it, the server's with ours."""

    seconds: float
    processor: float
    rows: int


def copy_raw(url: str, server: str, name: str, *, guarded: bool) -> Raw:
    """PostgreSQL: from the record at `url` into a database of this name on the same server."""
    with _postgresql(url) as source:
        held = []
        for table in METADATA.sorted_tables:
            columns = _columns(source, table.name)
            said = _said(table.name, columns, "postgresql", guarded=guarded)
            rows_said = f"SELECT {said} FROM public.{table.name}"  # noqa: S608 - our own names
            with source.copy(f"COPY ({rows_said}) TO STDOUT (FORMAT binary)") as copy:
                held.append((table.name, ", ".join(columns), [bytes(part) for part in copy]))
    target = new_database(server, name, Path())
    _make(target, guarded=guarded)
    with _postgresql(target) as cursor:
        used = spent() + spent_by_server(url)
        started = time.perf_counter()
        rows = 0
        for table_name, shown, parts in held:
            with cursor.copy(f"COPY public.{table_name} ({shown}) FROM STDIN (FORMAT binary)") as copy:
                for part in parts:
                    copy.write(part)
            rows += cursor.rowcount
        cursor.connection.commit()
        seconds = time.perf_counter() - started
        return Raw(seconds, spent() + spent_by_server(url) - used, rows)


def executemany_raw(record: Path, target: Path, *, guarded: bool) -> Raw:
    """SQLite: from the record's file into a file of its own, which is removed."""
    with closing(sqlite3.connect(record)) as source:
        held = []
        for table in METADATA.sorted_tables:
            columns = [row[1] for row in source.execute(f"PRAGMA table_info({table.name})")]
            said = _said(table.name, columns, "sqlite", guarded=guarded)
            shown, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table.name} ({shown}) VALUES ({marks})"  # noqa: S608 - our own names
            rows = source.execute(f"SELECT {said} FROM {table.name}").fetchall()  # noqa: S608 - our own names
            held.append((statement, rows))
    url = f"sqlite:///{target}"
    _make(url, guarded=guarded)
    engine = make_engine(url)
    with closing(engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        started, used = time.perf_counter(), spent()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for statement, rows in held:
            connection.executemany(statement, rows)
        connection.execute("COMMIT")
        seconds, processor = time.perf_counter() - started, spent() - used
    engine.dispose()
    target.unlink()
    return Raw(seconds, processor, sum(len(rows) for _, rows in held))


def _said(table: str, columns: Sequence[str], dialect: str, *, guarded: bool) -> str:
    first = _AS_AT_FIRST if guarded else {}
    return ", ".join(
        first.get((table, column), f'"{column}"').replace("{now}", _NOW[dialect]) for column in columns
    )


def _make(url: str, *, guarded: bool) -> None:
    engine: Engine = make_engine(url, as_owner=True) if guarded else create_engine(url)
    if guarded:
        migrate.upgrade(engine, METADATA)
    else:
        METADATA.create_all(engine)
    engine.dispose()


@contextmanager
def _postgresql(url: str) -> Iterator[Any]:
    engine = make_engine(url, as_owner=True)
    with closing(engine.raw_connection()) as pooled, pooled.driver_connection.cursor() as cursor:  # type: ignore[union-attr]
        yield cursor
    engine.dispose()


def _columns(cursor: Any, table: str) -> list[str]:
    """As they lie in the table."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum",
        (f"public.{table}",),
    )
    return [row[0] for row in cursor.fetchall()]
