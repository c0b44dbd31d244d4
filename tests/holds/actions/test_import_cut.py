"""Killed at any point, two at once, on a full disk: nobody is lost and nobody is there twice."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from holds.actions.import_run import BATCH, import_record_list
from holds.actions.list_kind import Watch
from holds.actions.list_run import ImportStoppedError
from holds.store.engine import make_engine
from holds.store.exposures import Exposure, ExposureRow, FailingRow, SourceList
from holds.store.gates import Gate, Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.openness import closed_reasons
from holds.store.people import Person
from tests.holds.actions.lists import PEOPLE, Lists, sums_up

HOW_MANY = 60
ROOT = Path(__file__).parents[3]


FULL = """
CREATE FUNCTION public.test_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (SELECT count(*) FROM public.exposure_row) > MORE THEN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
  END IF;
  RETURN NULL;
END $$
"""
FULL_TRIGGER = """
CREATE TRIGGER test_full AFTER INSERT ON public.exposure_row
  FOR EACH ROW EXECUTE FUNCTION public.test_full()
"""


def the_list(lists: Lists, many: int = HOW_MANY) -> Path:
    """Numbered people, some without a number, one row twice, one that names nobody."""
    rows = [
        ("" if n % 9 == 4 else f"A9{n:08}", f"TEST{n}, PERSON", "1990-04-25", "Cuba", "ADAMSMS", "", "", "")
        for n in range(many)
    ]
    return lists.write("people.csv", PEOPLE, *rows, rows[0], ("", "", "1990-04-25", "", "", "", "", ""))


def worker(lists: Lists, path: Path, *, batch: int) -> "subprocess.Popen[str]":
    words = (lists.office.url, str(lists.office.home), str(path), "leak", str(batch))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.holds.actions.import_worker", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stands_whole(lists: Lists, counts: Mapping[str, int], many: int = HOW_MANY) -> None:
    """What an import that was never interrupted leaves, and nothing twice."""
    unnumbered = len([n for n in range(many) if n % 9 == 4])
    assert counts["rows"] == many + 2
    assert (counts["imported"], counts["without_number"]) == (many - unnumbered, unnumbered)
    assert (counts["duplicates"], counts["rejected"]) == (1, 1)
    for table in (Person, Gate, Hold, Exposure, ExposureRow):
        assert lists.count(table) == many, table.__tablename__
    assert lists.count(FailingRow) == unnumbered + 1
    with lists.office.database.reading() as session:
        told = session.scalars(select(LedgerRow.person_id).where(LedgerRow.verb == "exposure.recorded")).all()
        assert len(told) == len(set(told)) == many
        assert session.scalars(select(SourceList.state)).all() == ["done"]
        assert closed_reasons(session, lists.office.vault.ring, lists.office.database.metadata) == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_point_it_goes_on_without_loss_or_double(lists: Lists, seed: int) -> None:
    path, chance = the_list(lists), random.Random(seed)
    kills = 0
    for _ in range(2):
        running = worker(lists, path, batch=1)
        assert running.stdout is not None
        for _ in range(chance.randrange(1, 20)):
            running.stdout.readline()
        time.sleep(chance.random() * 0.03)  # somewhere within the next batch
        running.send_signal(signal.SIGKILL)
        running.communicate()
        kills += running.returncode == -signal.SIGKILL
    assert kills == 2
    before = lists.count(Person)
    assert 0 < before < HOW_MANY, "it was cut within"
    outcome = lists.take_people(path)
    assert outcome.resumed
    assert sums_up(outcome)
    stands_whole(lists, outcome.counts)
    assert lists.take_people(path).repeated


def test_two_imports_of_one_file_at_once_share_its_rows(lists: Lists) -> None:
    path = the_list(lists)
    both = [worker(lists, path, batch=3) for _ in range(2)]
    said = [one.communicate(timeout=300) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    with lists.office.database.reading() as session:
        counts = session.scalars(select(SourceList.counts)).one()
    stands_whole(lists, counts)


@contextmanager
def room_for(lists: Lists, more: int) -> Iterator[None]:
    """A database with so little room: SQLite's own limit; on PostgreSQL the error it gives on a full disk."""
    if lists.office.url.startswith("sqlite"):

        def limit(connection: Any, _record: Any) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + more}")

        engine = lists.office.database.engine
        engine.dispose()
        event.listen(engine, "connect", limit)
        yield
        event.remove(engine, "connect", limit)
        engine.dispose()
        return
    owner = make_engine(lists.office.url, as_owner=True)
    with owner.begin() as connection:
        connection.execute(text(FULL.replace("MORE", str(more))))
        connection.execute(text(FULL_TRIGGER))
    yield
    with owner.begin() as connection:
        connection.execute(text("DROP TRIGGER test_full ON public.exposure_row"))
        connection.execute(text("DROP FUNCTION public.test_full"))
    owner.dispose()


def test_a_full_disk_stops_it_plainly_and_it_goes_on_when_there_is_room(lists: Lists) -> None:
    many = 2 * BATCH + 600
    path, progress = the_list(lists, many), list[int]()
    database, operator = lists.office.database, lists.office.operator
    with room_for(lists, BATCH + 100), pytest.raises(ImportStoppedError, match="disk is full"):
        import_record_list(
            database,
            acting=operator,
            path=path,
            incident="leak",
            watch=Watch(on_progress=progress.append),
        )
    assert 0 < sum(progress) < many
    with database.reading() as session:
        reasons = closed_reasons(session, lists.office.vault.ring, database.metadata)
    assert reasons == ("import.unfinished",), "while it is half in, everybody is blocked"
    outcome = lists.take_people(path)
    assert outcome.resumed
    stands_whole(lists, outcome.counts, many)
