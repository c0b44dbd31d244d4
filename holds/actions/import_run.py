"""Running the import of a whole record list: batch after batch, each a transaction of its own.

A list is too long for one transaction, so this is the one action that opens them itself. A run that was
interrupted leaves the list `importing` (nobody is `not_on_record` meanwhile); run again, it goes on.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.import_people import import_people
from holds.actions.match_places import PlaceBook
from holds.actions.source_lists import OpenList, close_list, file_sha256, finished_list, open_list
from holds.domain.staff import Acting, Verb, require
from holds.intake.problem import IntakeError
from holds.intake.record_list import PersonRow, RecordList, read_record_list
from holds.store.base import holdfast_now
from holds.store.engine import Database
from holds.store.exposures import Incident

BATCH = 500
COUNTED = ("rows", "imported", "updated", "duplicates", "without_number", "rejected")
T = TypeVar("T")


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: `reference` names the list for its report (None for a dry run or a repeat)."""

    reference: str | None
    counts: Mapping[str, int]
    mapping: tuple[tuple[str, str, str], ...]
    skipped: Mapping[str, int]
    dry_run: bool = False
    repeated: bool = False


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Consecutive lists of at most `size` rows."""
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def find_incident(session: Session, name_or_reference: str) -> Incident:
    """The incident of this reference or name, or `IntakeError` saying how to see them."""
    incident = session.scalars(
        select(Incident).where(
            (Incident.reference == name_or_reference.upper()) | (Incident.name == name_or_reference)
        )
    ).one_or_none()
    if incident is None:
        raise IntakeError(
            "incident.unknown", f"There is no incident {name_or_reference}; see: holdfast incident list"
        )
    return incident


def import_record_list(
    database: Database,
    *,
    acting: Acting,
    path: Path,
    incident: str,
    overrides: Mapping[str, str] | None = None,
    dry_run: bool = False,
    on_mapping: Callable[[RecordList], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> ImportOutcome:
    """Import a record list for an incident. The same file again changes nothing and says so."""
    require(acting, Verb.IMPORT)
    sha256 = file_sha256(path)
    with database.reading() as session:
        found = find_incident(session, incident)
        earlier = finished_list(session, "people", sha256, found.id)
        today = session.scalars(select(holdfast_now())).one().date()
    record_list = read_record_list(path, overrides=overrides, today=today)
    on_mapping(record_list)
    if earlier is not None:
        return _repeated(record_list, earlier.counts)
    if dry_run:
        return _dry_run(
            database,
            acting=acting,
            record_list=record_list,
            incident=found,
            sha256=sha256,
            on_progress=on_progress,
        )

    def opening(session: Session) -> OpenList:
        return open_list(
            session,
            database.vault,
            acting=acting,
            kind="people",
            sha256=sha256,
            heading=record_list.heading,
            incident_id=found.id,
        )

    opened = database.run(opening)
    counts: Counter[str] = Counter()
    places: PlaceBook | None = None
    for batch in batches(record_list.rows):
        done, places = _run_batch(
            database, acting=acting, opened=opened, incident=found, rows=batch, places=places
        )
        counts += done
        on_progress(len(batch))
    final = _final(counts)
    reference = database.run(lambda s: close_list(s, acting=acting, opened=opened, counts=final))
    return ImportOutcome(
        reference, final, tuple(record_list.mapping.display_rows()), dict(record_list.skipped)
    )


def _run_batch(
    database: Database,
    *,
    acting: Acting,
    opened: OpenList,
    incident: Incident,
    rows: Sequence[PersonRow],
    places: PlaceBook | None,
    attempts: int = 4,
) -> tuple[Counter[str], PlaceBook]:
    """One batch in one transaction; after a clash with another import it starts from what is there now."""
    for attempt in range(attempts):
        try:
            with database.transaction() as session:
                book = places or PlaceBook(session)
                counts = import_people(
                    session,
                    database.vault,
                    acting=acting,
                    opened=opened,
                    incident=incident,
                    rows=rows,
                    places=book,
                )
            return counts, book
        except DBAPIError:
            places = None
            if attempt == attempts - 1:
                raise
    raise AssertionError("unreachable")


def _dry_run(
    database: Database,
    *,
    acting: Acting,
    record_list: RecordList,
    incident: Incident,
    sha256: bytes,
    on_progress: Callable[[int], None],
) -> ImportOutcome:
    """The same work on the same rows in one transaction that is taken back."""
    counts: Counter[str] = Counter()
    with database.transaction() as session:
        opened = open_list(
            session,
            database.vault,
            acting=acting,
            kind="people",
            sha256=sha256,
            heading=record_list.heading,
            incident_id=incident.id,
        )
        places = PlaceBook(session)
        for batch in batches(record_list.rows):
            counts += import_people(
                session,
                database.vault,
                acting=acting,
                opened=opened,
                incident=incident,
                rows=batch,
                places=places,
            )
            on_progress(len(batch))
        session.rollback()
    mapping = tuple(record_list.mapping.display_rows())
    return ImportOutcome(None, _final(counts), mapping, dict(record_list.skipped), dry_run=True)


def _final(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in COUNTED} | {
        name: value for name, value in sorted(counts.items()) if name not in COUNTED
    }


def _repeated(record_list: RecordList, counts: Mapping[str, int]) -> ImportOutcome:
    rows, rejected = counts["rows"], counts["rejected"]
    again = dict.fromkeys(COUNTED, 0) | {"rows": rows, "duplicates": rows - rejected, "rejected": rejected}
    return ImportOutcome(None, again, tuple(record_list.mapping.display_rows()), {}, repeated=True)
