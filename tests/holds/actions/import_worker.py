"""A process of its own that imports a record list, slowly, so that it can be killed at any point.

Called with: database URL, home folder, file, incident, rows a batch. Says a line for each batch that is in.
"""

import dataclasses
import sys
from pathlib import Path

from holds.actions.credentials import standing_actor
from holds.actions.import_run import find_incident, people_of
from holds.actions.list_kind import Watch, Wish
from holds.actions.list_run import run_import
from holds.store.engine import Database, make_engine
from holds.store.key_ring import read_ring
from holds.store.vault import Vault
from wsgi import METADATA


def main(url: str, home: str, path: str, incident: str, rows: str) -> None:
    """Import the file; every committed batch is told on standard output."""
    database = Database(make_engine(url), Vault(read_ring(Path(home) / "keys.json"), Path(home)), METADATA)
    with database.reading() as session:
        operator = standing_actor(session, "operator")
        kind = dataclasses.replace(people_of(find_incident(session, incident)), batch=int(rows))

    def told(done: int) -> None:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    wish = Wish(watch=Watch(on_progress=told))
    outcome = run_import(database, acting=operator, path=Path(path), kind=kind, wish=wish)
    sys.stdout.write(f"done {outcome.counts['rows']} {outcome.counts['imported']}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
