"""Opening what an import could not read, as a workbook to mend and import again."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from holds.actions.failing_rows import rows_to_mend
from holds.actions.source_lists import names_of_source
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.intake import contacts_file, counsel_roster, custody_file, facility_list, record_list
from holds.intake.columns import UNDER, normalise_heading
from holds.intake.report import write_report
from holds.store.engine import Database
from holds.store.exposures import Incident, SourceList
from holds.store.ledger import Entry, write_ledger

LAYOUTS = {
    "people": record_list.LAYOUT,
    "facilities": facility_list.LAYOUT,
    "counsel": counsel_roster.LAYOUT,
    "custody": custody_file.LAYOUT,
    "contacts": contacts_file.LAYOUT,
}
AGAIN = {"people": "holdfast import people {out} --incident {incident}"}


class ReportRefusedError(RefusedError):
    """The report cannot be written there; nothing was opened."""


class UnknownListError(RefusedError):
    """No import of your organisation has this reference."""


@dataclass(frozen=True)
class Report:
    """What was written: how many rows, of which kind of list, and the command that takes them in again."""

    rows: int
    kind: str
    again: str


def open_report(database: Database, *, acting: Acting, reference: str, out: Path) -> Report:
    """Write a list's open failing rows to `out` (mode 0600). The look is in the ledger before the file is."""
    require(acting, Verb.IMPORT)
    require(acting, Verb.LOOK_AT_PERSON)
    if out.suffix.lower() != ".xlsx":
        raise ReportRefusedError("The report is a workbook: give --out a name that ends in .xlsx.")
    if out.exists():
        raise ReportRefusedError(f"There is a file at {out} already, perhaps half mended; name another.")
    with database.transaction() as session:
        found = session.execute(
            select(SourceList, Incident.reference)
            .outerjoin(Incident, Incident.id == SourceList.incident_id)
            .where(
                SourceList.reference == reference.upper(),
                SourceList.organisation_id == acting.organisation_id,
            )
        ).one_or_none()
        if found is None:
            raise UnknownListError(f"No import has the reference {reference}.")
        source_list, incident = found
        rows = rows_to_mend(session, database.vault, source_list.id)
        people = sorted({person_id for _, person_id in rows if person_id is not None})

        # The list's own row, and one for each person whose cells are shown.
        write_ledger(
            session,
            [
                Entry(
                    verb="report.opened",
                    actor_id=acting.id,
                    organisation_id=acting.organisation_id,
                    subject_id=source_list.id,
                    person_id=person_id,
                    codes={"rows": len(rows)},
                )
                for person_id in (None, *people)
            ],
        )
        source = names_of_source(session, database.vault, source_list)
    written = write_report(out, source_list.heading, [row for row, _ in rows], source=source)
    again = AGAIN.get(source_list.kind, "holdfast import {kind} {out}")
    command = again.format(kind=source_list.kind, out=shlex.quote(str(out)), incident=incident)
    return Report(written, source_list.kind, " ".join((command, *_columns_to_choose(source_list))))


def _columns_to_choose(source_list: SourceList) -> list[str]:
    """`--map` for columns that their headings do not tell: few rows are too few to tell them by content."""
    layout = LAYOUTS[source_list.kind]
    said: list[str] = []
    for name, heading in sorted((source_list.mapping or {}).items()):
        meanings = layout.ranks.get(normalise_heading(str(heading).rpartition(UNDER)[2]), [])
        if all(field.name != name for _, field in meanings):
            said.append(f"--map {shlex.quote(f'{name}={heading}')}")
    return said
