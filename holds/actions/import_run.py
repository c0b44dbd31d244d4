"""Importing a record list: the file read, and its rows put on record batch by batch."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.import_people import import_people
from holds.actions.list_kind import ImportOutcome, Kind, Opening, Watch, Wish, Work
from holds.actions.list_run import run_import
from holds.actions.match_places import PlaceBook
from holds.actions.source_lists import Done
from holds.domain.staff import Acting, Verb, require
from holds.intake.problem import IntakeError
from holds.intake.record_list import PersonRow, read_record_list
from holds.store.engine import Database
from holds.store.exposures import Incident

BATCH = 1_000
"""Rows a batch. On SQLite, whoever writes waits for the end of the batch at work: half a second."""


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
    watch: Watch | None = None,
    wish: Wish | None = None,
) -> ImportOutcome:
    """Import a record list for an incident. The same file again changes nothing and says so.

    `wish` says everything there is to say; the three before it are for callers who want no more than those.
    """
    require(acting, Verb.IMPORT)
    with database.reading() as session:
        kind = people_of(find_incident(session, incident))
    wish = wish or Wish(overrides=overrides or {}, dry_run=dry_run, watch=watch or Watch())
    return run_import(database, acting=acting, path=path, kind=kind, wish=wish)


def people_of(incident: Incident) -> Kind[PersonRow]:
    """The import of a record list of this incident."""

    def start(opening: Opening[PersonRow]) -> Work[PersonRow]:
        places = PlaceBook(opening.session, opening.vault, opening.opened)

        def work(session: Session, rows: Sequence[PersonRow]) -> Done:
            return import_people(
                session,
                opening.vault,
                acting=opening.acting,
                opened=opening.opened,
                incident=incident,
                rows=rows,
                places=places,
                failures=opening.failures,
            )

        return work

    return Kind(name="people", read=read_record_list, start=start, incident=incident, batch=BATCH)
