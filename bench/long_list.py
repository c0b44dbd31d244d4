"""`PEOPLE=1000000 make bench-import`: one list as CSV, as long as one likes, into both databases.

Printed are the rows a second of every tenth of the list, which must not fall as the tables grow,
and what the import's memory grew by after the first tenth. `python -m bench.long_list PEOPLE`.
"""

import csv
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.ground import ground, postgresql
from bench.importing import import_in_its_own_process
from bench.intake_reading import HEADINGS, plain_rows

GROWTH = 20.0
"""MB: what a list may take more after its first tenth. A workbook of that length would take two thousand."""
LAST_TENTH = 0.80
"""Of the first tenth's rows a second: an index grows by its depth, and nothing else may grow."""


def main(people: int) -> int:
    """Measure, print a line a figure, and say whether every bar was met."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        path = Path(folder) / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(plain_rows(people))
        for place in (server, None):
            with ground(place, "long_list", people=0) as record:
                told = import_in_its_own_process(record, path)
            for figure in _figures(people, "PostgreSQL" if place else "SQLite", told):
                print(figure.line(), flush=True)  # noqa: T201 - its purpose
                missed += not figure.passed
    return 1 if missed else 0


def _figures(people: int, where: str, told: dict[str, Any]) -> Iterator[Figure]:
    rates, peaks = told["rates"], told["peaks"]
    yield Figure(
        f"{people:,} people from CSV into {where}, the last tenth against the first",
        rates[-1] / rates[0],
        "x",
        "rows a second by tenths: " + ", ".join(f"{rate:,.0f}" for rate in rates),
        LAST_TENTH,
        least=True,
    )
    yield Figure(
        f"{people:,} people from CSV into {where}, memory after the first tenth",
        (peaks[-1] - peaks[0]) / 1024,
        "MB",
        f"in all {told['kilobytes'] / 1024:.0f} MB, {told['started'] / 1024:.0f} MB of it before; "
        f"{told['seconds']:.0f} s, {told['counts']['imported']:,} imported",
        GROWTH,
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
