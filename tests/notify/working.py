"""`holdfast work` as processes of their own, over the database of a test."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holds.store.outside import marker_of, write_marker
from tests.conftest import OfficeAtWork
from tests.notify.actions.alarming import Alarming
from tests.notify.conftest import Record

CODE = "from wsgi import main; main()"


def at_work(office: OfficeAtWork) -> Alarming:
    """An office whose database has its marker outside, as `holdfast init` leaves it."""
    outside = office.home / "heads"
    office = dataclasses.replace(office, database=dataclasses.replace(office.database, outside=outside))
    with office.database.reading() as session:
        marker = marker_of(session)
    assert marker is not None
    write_marker(outside, marker)
    record = Record(office.database, office.operator, office.home)
    record.begin()
    return Alarming(office, record)


@contextmanager
def worker(alarming: Alarming, log: Path) -> Iterator[None]:
    """`holdfast work`, until the block ends."""
    place = {"HOLDFAST_HOME": str(alarming.record.home), "HOLDFAST_DATABASE_URL": alarming.office.url}
    with log.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-c", CODE, "work"], env={**os.environ, **place}, stdout=out, stderr=out
        )
        try:
            yield
            assert running.poll() is None, log.read_text()
        finally:
            running.terminate()
            running.wait(timeout=60)
    assert running.returncode == 0, log.read_text()
