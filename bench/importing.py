"""`make bench-import`: an import from end to end, side by side with raw COPY of the very same table rows.

For each database and size: a synthetic record list is imported into an empty record (read, checked, sealed,
matched, held, gated, told in the ledger); then every row that it left in every table is copied as it is into
the same tables without triggers, in one transaction: COPY on PostgreSQL, executemany on SQLite. Printed is
the share of the raw speed that the import reaches. `python -m bench.importing [PEOPLE …]` (6252 100000).
"""

import datetime as dt
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine

from bench.figures import Figure
from bench.ground import Ground, ground, postgresql
from holds.actions.import_facilities import import_facilities
from holds.store.engine import make_engine
from notify.cli.demo.files import write_demo_files
from wsgi import METADATA

SIZES = (6_252, 100_000)
TODAY = dt.date(2022, 12, 1)
ONE_PROCESS = 0.30
MORE_MEMORY = 150.0


def main(sizes: Sequence[int]) -> int:
    """Measure, print a line a figure, and say whether every bar was met."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        for people in sizes:
            files = write_demo_files(Path(folder) / str(people), people=people, today=TODAY)
            memory = _bare_memory(files.record_list)
            for place in (server, None):
                with ground(place, f"import_{people}", people=0) as record:
                    import_facilities(record.database, acting=record.operator, path=files.facilities)
                    told = _imported(record, files.record_list)
                    record.database.engine.dispose()
                    if place:
                        owner = make_engine(record.url, as_owner=True)
                        raw = _raw_copy(owner)
                        owner.dispose()
                    else:
                        raw = _raw_executemany(record.home / "holdfast.db", record.home)
                    for figure in _figures(people, "PostgreSQL" if place else "SQLite", told, raw, memory):
                        print(figure.line(), flush=True)  # noqa: T201 - its purpose
                        found.append(figure)
    missed = [figure for figure in found if not figure.passed]
    print(f"{len(found)} figures, {len(missed)} bars missed")  # noqa: T201 - its purpose
    return 1 if missed else 0


def _figures(
    people: int, where: str, told: dict[str, Any], raw: tuple[float, int], memory: float
) -> Iterator[Figure]:
    seconds = told["seconds"]
    copied, rows = raw
    yield Figure(
        f"{people:,} people into {where}, against its rows raw",
        copied / seconds,
        "x",
        f"ours {seconds:.2f} s, raw {copied:.2f} s for {rows:,} rows; {people / seconds:,.0f} people/s",
        ONE_PROCESS,
        least=True,
    )
    peak = told["kilobytes"] / 1024
    yield Figure(
        f"{people:,} people into {where}, memory beyond the bare reader's",
        peak - memory,
        "MB",
        f"ours {peak:.0f} MB, bare reader {memory:.0f} MB",
        MORE_MEMORY,
    )


def _imported(record: Ground, path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_python("-m", "bench.import_once", record.url, record.home, path))
    return told


def _python(*arguments: object) -> str:
    """What a fresh Python prints: its memory is its own."""
    command = [sys.executable, "-W", "ignore", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - ourselves


def _bare_memory(path: Path) -> float:
    """MB at the peak of a process that only reads the list with the bare parser."""
    code = (
        "import resource, sys; from pathlib import Path; from bench.intake_reading import bare; "
        "bare(Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    return int(_python("-c", code, path)) / 1024


def _raw_copy(engine: Engine) -> tuple[float, int]:
    """Seconds to COPY every row into the same tables in a schema without triggers, and how many rows."""
    tables = METADATA.sorted_tables
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE SCHEMA raw")
        METADATA.create_all(connection.execution_options(schema_translate_map={None: "raw"}))
        connection.commit()
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("the connection is gone")
        cursor = driver.cursor()
        held: list[tuple[str, list[bytes]]] = []
        for table in tables:
            columns = _columns(cursor, table.name)
            with cursor.copy(f"COPY public.{table.name} TO STDOUT (FORMAT binary)") as copy:
                held.append((f"raw.{table.name} ({columns})", [bytes(part) for part in copy]))
        driver.commit()
        started = time.perf_counter()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        rows = 0
        for name, parts in held:
            with cursor.copy(f"COPY {name} FROM STDIN (FORMAT binary)") as copy:
                for part in parts:
                    copy.write(part)
            rows += cursor.rowcount
        driver.commit()
        return time.perf_counter() - started, rows


def _columns(cursor: Any, table: str) -> str:
    """Its columns as they lie in the table that is copied: those of a table made anew may lie otherwise."""
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        (f"public.{table}",),
    )
    return str(cursor.fetchone()[0])


def _raw_executemany(path: Path, folder: Path) -> tuple[float, int]:
    """The same for SQLite: executemany into a file of its own, as safely synced, in one transaction."""
    target = folder / "raw.db"
    engine = create_engine(f"sqlite:///{target}")
    METADATA.create_all(engine)
    engine.dispose()
    source = sqlite3.connect(path)
    held = []
    for table in METADATA.sorted_tables:
        cursor = source.execute(f"SELECT * FROM {table.name}")  # noqa: S608 - our own names
        names = ", ".join(f'"{column[0]}"' for column in cursor.description)
        marks = ", ".join("?" * len(cursor.description))
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        held.append((statement, cursor.fetchall()))
    source.close()
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for statement, rows in held:
        connection.executemany(statement, rows)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    target.unlink()
    return seconds, sum(len(rows) for _, rows in held)


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
