"""One import in a process of its own, so that its memory is its own: `python -m bench.import_once …`.

Arguments: the database's URL, its home folder, the list, and how many processes. It prints JSON: `seconds` of
the import from opening the file to the closed list, `kilobytes` at the peak (its own and its children's), the
`started` kilobytes before, and `rates`, rows a second of every tenth of the list.
"""

import itertools
import json
import resource
import sys
import time
from pathlib import Path

from sqlalchemy import select

from bench.ground import INCIDENT
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
    database = Database(make_engine(url), Vault(read_ring(home / "keys.json"), home), METADATA)
    with database.reading() as session:
        operator = acting_of(session.scalars(select(Actor).where(Actor.login == "operator")).one())
    started = _peak()
    marks: list[tuple[float, int]] = [(time.perf_counter(), 0)]
    watch = Watch(on_progress=lambda rows: marks.append((time.perf_counter(), marks[-1][1] + rows)))
    begun = time.perf_counter()
    outcome = import_record_list(database, acting=operator, path=path, incident=INCIDENT, watch=watch)
    seconds = time.perf_counter() - begun
    found = {
        "seconds": seconds,
        "kilobytes": _peak(),
        "started": started,
        "rates": _rates(marks[1:]),
        "counts": dict(outcome.counts),
    }
    sys.stdout.write(json.dumps(found))


def _peak() -> int:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _rates(marks: list[tuple[float, int]]) -> list[float]:
    tenth = max(1, len(marks) // 10)
    some = marks[::tenth]
    return [(rows - before) / (at - earlier) for (earlier, before), (at, rows) in itertools.pairwise(some)]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
