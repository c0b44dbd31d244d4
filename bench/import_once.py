"""One import in a process of its own, so that its memory is its own: `python -m bench.import_once …`.

Arguments: the database's URL, its home folder and the list. It prints JSON: `seconds` of the import from
opening the file to the closed list, `processor` seconds of it and its children (not of a server), `kilobytes`
at the peak (of it and the process that reads, together), the `started` kilobytes of the whole application
before it opens the file, and of every tenth of the list `rates`, rows a second, and `peaks`, kilobytes.
"""

import json
import sys
import time
from itertools import pairwise as pairs
from pathlib import Path

from sqlalchemy import select

from bench.ground import INCIDENT
from bench.memory import peak_of_this, watched
from bench.processor import spent
from holds.actions.credentials import acting_of
from holds.actions.import_run import import_record_list
from holds.actions.list_kind import Watch
from holds.store.engine import Database, make_engine
from holds.store.key_ring import read_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from wsgi import METADATA


def main(url: str, home: Path, path: Path) -> None:
    """Import the list and print what it took."""
    database = Database(
        make_engine(url), Vault(read_ring(home / "keys.json"), home), METADATA, outside=home / "heads"
    )
    with database.reading() as session:
        operator = acting_of(session.scalars(select(Actor).where(Actor.login == "operator")).one())
    started = peak_of_this()
    marks: list[tuple[float, int, int]] = [(time.perf_counter(), 0, started)]
    watch = Watch(
        on_progress=lambda rows: marks.append((time.perf_counter(), marks[-1][1] + rows, peak_of_this()))
    )
    begun, used = time.perf_counter(), spent()
    with watched() as together:
        outcome = import_record_list(database, acting=operator, path=path, incident=INCIDENT, watch=watch)
    seconds = time.perf_counter() - begun
    found = {
        "seconds": seconds,
        "processor": spent() - used,
        "kilobytes": together.peak,
        "started": started,
        **_tenths(marks[1:]),
        "counts": dict(outcome.counts),
    }
    sys.stdout.write(json.dumps(found))


def _tenths(marks: list[tuple[float, int, int]]) -> dict[str, list[float]]:
    some = marks[:: max(1, len(marks) // 10)]
    return {
        "rates": [(rows - before) / (at - earlier) for (earlier, before, _), (at, rows, _) in pairs(some)],
        "peaks": [peak for _, _, peak in some[1:]],
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
