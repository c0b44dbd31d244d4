"""`make bench-import`: an import from end to end, side by side with raw COPY of the very same table rows.

For each database and size: a synthetic record list is imported into an empty record (read, checked, sealed,
matched, held, gated, told in the ledger); then every row that it left in every table is copied into the same
tables, empty (`raw_rows.py`): once *guarded*, with the constraints and triggers that every row of ours has to
pass, and once *bare*, without the triggers. Printed is the share of each raw speed that the import reaches.
The bars are those of the guarded rows; the others are printed beside. `python -m bench.importing [PEOPLE …]`
(6252 100000).
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.ground import Ground, ground, postgresql
from bench.processor import spent_by_server
from bench.raw_rows import Raw, copy_raw, executemany_raw
from holds.actions.import_facilities import import_facilities
from notify.cli.demo.files import write_demo_files

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
                    before = spent_by_server(place)
                    told = import_in_its_own_process(record, files.record_list)
                    told["processor"] += spent_by_server(place) - before
                    record.database.engine.dispose()
                    raw = {guarded: _raw(record, place, people, guarded=guarded) for guarded in (True, False)}
                    for figure in _figures(people, "PostgreSQL" if place else "SQLite", told, raw, memory):
                        print(figure.line(), flush=True)  # noqa: T201 - its purpose
                        found.append(figure)
    missed = [figure for figure in found if not figure.passed]
    print(f"{len(found)} figures, {len(missed)} bars missed")  # noqa: T201 - its purpose
    return 1 if missed else 0


def _raw(record: Ground, server: str | None, people: int, *, guarded: bool) -> Raw:
    name = f"raw_{people}_{'guarded' if guarded else 'bare'}"
    if server:
        return copy_raw(record.url, server, name, guarded=guarded)
    return executemany_raw(record.home / "holdfast.db", record.home / f"{name}.db", guarded=guarded)


def _figures(
    people: int, where: str, told: dict[str, Any], raw: dict[bool, Raw], memory: float
) -> Iterator[Figure]:
    seconds = told["seconds"]
    for guarded, least in raw.items():
        yield Figure(
            f"{people:,} people into {where}, against its rows {'guarded' if guarded else 'bare'}",
            least.seconds / seconds,
            "x",
            f"ours {seconds:.2f} s, raw {least.seconds:.2f} s for {least.rows:,} rows; "
            f"{people / seconds:,.0f} people/s",
            ONE_PROCESS if guarded else None,
            least=True,
        )
        yield Figure(
            "    the same by seconds of processor",
            least.processor / told["processor"],
            "x",
            f"ours {told['processor']:.2f} s, raw {least.processor:.2f} s",
        )
    peak = told["kilobytes"] / 1024
    yield Figure(
        f"{people:,} people into {where}, memory beyond the bare reader's",
        peak - memory,
        "MB",
        f"ours {peak:.0f} MB, {told['started'] / 1024:.0f} MB of it before, bare reader {memory:.0f} MB",
        MORE_MEMORY,
    )


def import_in_its_own_process(record: Ground, path: Path) -> dict[str, Any]:
    """What `import_once` tells of this list into this record."""
    told: dict[str, Any] = json.loads(_python("-m", "bench.import_once", record.url, record.home, path))
    return told


def _python(*arguments: object) -> str:
    """What a fresh Python prints: its memory is its own."""
    command = [sys.executable, "-W", "ignore", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - ourselves


def _bare_memory(path: Path) -> float:
    """MB at the peak of a process that only reads the list with the bare parser."""
    code = (
        "import sys; from python_calamine import CalamineWorkbook; from bench.memory import peak_of_this; "
        "book = CalamineWorkbook.from_path(sys.argv[1]); "
        "rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False); print(peak_of_this())"
    )
    return int(_python("-c", code, path)) / 1024


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
