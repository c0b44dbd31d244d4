"""Importing a record list: the file read, and its rows put on record batch by batch."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.failing_rows import ListRow, OpenFailures
from holds.actions.import_people import import_people
from holds.actions.list_run import ImportOutcome, Job, Watch, Work, run_import
from holds.actions.match_places import PlaceBook
from holds.actions.source_lists import Done, OpenList
from holds.domain.staff import Acting, Verb, require
from holds.intake.list_file import ListFile
from holds.intake.problem import IntakeError
from holds.intake.record_list import PersonRow, read_record_list
from holds.store.engine import Database
from holds.store.exposures import Incident


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
    on_mapping: Callable[[ListFile[ListRow]], None] = lambda _: None,
    on_total: Callable[[int], None] = lambda _: None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> ImportOutcome:
    """Import a record list for an incident. The same file again changes nothing and says so."""
    require(acting, Verb.IMPORT)
    with database.reading() as session:
        found = find_incident(session, incident)

    def start(
        session: Session, opened: OpenList, _file: ListFile[PersonRow], failures: OpenFailures
    ) -> Work[PersonRow]:
        places = PlaceBook(session, database.vault, opened)

        def work(session: Session, rows: Sequence[PersonRow]) -> Done:
            return import_people(
                session,
                database.vault,
                acting=acting,
                opened=opened,
                incident=found,
                rows=rows,
                places=places,
                failures=failures,
            )

        return work

    job = Job(
        kind="people",
        read=lambda today: read_record_list(path, overrides=overrides, today=today),
        start=start,
        incident=found,
        mapped_by_hand=bool(overrides),
    )
    watch = Watch(on_file=on_mapping, on_total=on_total, on_progress=on_progress)
    return run_import(database, acting=acting, path=path, job=job, dry_run=dry_run, watch=watch)
