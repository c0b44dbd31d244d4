"""Lists to import, as files, and the record they are imported into."""

import csv
import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from holds.actions.import_contacts import import_contacts
from holds.actions.import_counsel import import_counsel
from holds.actions.import_custody import import_custody
from holds.actions.import_facilities import import_facilities
from holds.actions.import_run import import_record_list
from holds.actions.list_kind import ImportOutcome
from holds.actions.register_incident import register_incident
from holds.domain.person import PersonFacts
from holds.store.base import Base
from holds.store.facts import facts_of
from holds.store.lookup import find_people
from holds.store.people import Task
from tests.conftest import OfficeAtWork

LEAK = dt.datetime(2022, 11, 28, 14, tzinfo=dt.UTC)
PEOPLE = ("A-Number", "Name", "DOB", "Citizenship", "Facility", "Status", "Attorney", "Law Firm")
ROSTER = (
    "EOIR ID", "Bar Jurisdiction", "Bar Number", "Attorney", "Firm", "E-mail",
    "Client A-Number", "Client Name", "Client DOB", "Form", "Scope", "Filed", "Withdrawn",
)  # fmt: skip
CUSTODY = ("A-Number", "Name", "DOB", "Event", "Facility", "Housing Unit", "Date", "Posture")
CONTACTS = (
    "A-Number", "Name", "DOB", "Language", "Address", "City", "State", "ZIP", "Phone", "E-mail",
    "Text Consent", "Consent Date", "Confirmed Safe By", "Confirmed On", "Safe Hours", "Time Zone",
)  # fmt: skip
FACILITIES = ("detloc", "name", "address", "city", "state", "zip", "aor", "kind", "closed_on", "aliases")

ANA = ("A900-000-001", "PEREZ, ANA MARIA", "1990-04-25", "Cuba", "ADAMSMS", "Detained", "", "")
BEN = ("A900-000-002", "OKORO, BEN", "1985-12-30", "Ghana", "ADAMSMS", "Detained", "DOE, JANE", "Doe Law PC")
CLEO = ("A900-000-003", "LI, CLEO", "1979-07-14", "China", "Nowhere Jail", "Detained", "ROE, RICHARD", "")
ADAMS = (
    "ADAMSMS",
    "Adams County Detention Center",
    "20 Hobo Fork Rd",
    "Natchez",
    "MS",
    "39120",
    "NOL",
    "",
    "",
    "",
)


@dataclass(frozen=True)
class Lists:
    """An office with a folder for its files."""

    office: OfficeAtWork
    folder: Path

    def write(self, name: str, heading: Sequence[str], *rows: Sequence[str]) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading, *rows])
        return path

    def people(self, *rows: Sequence[str], name: str = "people.csv") -> ImportOutcome:
        return self.take_people(self.write(name, PEOPLE, *rows))

    def take_people(self, path: Path) -> ImportOutcome:
        return self.take_people_of("leak", path)

    def take_people_of(self, incident: str, path: Path) -> ImportOutcome:
        return import_record_list(
            self.office.database, acting=self.office.operator, path=path, incident=incident
        )

    def roster(self, *rows: Sequence[str], name: str = "roster.csv") -> ImportOutcome:
        return self.take_roster(self.write(name, ROSTER, *rows))

    def take_roster(self, path: Path) -> ImportOutcome:
        return import_counsel(self.office.database, acting=self.office.operator, path=path)

    def custody(self, *rows: Sequence[str], name: str = "custody.csv") -> ImportOutcome:
        return import_custody(
            self.office.database, acting=self.office.operator, path=self.write(name, CUSTODY, *rows)
        )

    def contacts(self, *rows: Sequence[str], name: str = "contacts.csv") -> ImportOutcome:
        return import_contacts(
            self.office.database, acting=self.office.operator, path=self.write(name, CONTACTS, *rows)
        )

    def facilities(self, *rows: Sequence[str], name: str = "facilities.csv") -> ImportOutcome:
        return self.take_facilities(self.write(name, FACILITIES, *rows))

    def take_facilities(self, path: Path) -> ImportOutcome:
        return import_facilities(self.office.database, acting=self.office.operator, path=path)

    def register(self) -> None:
        with self.office.database.transaction() as session:
            register_incident(
                session, acting=self.office.operator, name="leak", occurred_at=LEAK, fields=["name"]
            )

    def person(self, number: str) -> uuid.UUID:
        """The one person on record under a number."""
        with self.office.database.reading() as session:
            (found,) = find_people(session, self.office.vault.ring, "a_number", [number])[number]
        return found

    def facts(self, person_id: uuid.UUID) -> PersonFacts:
        with self.office.database.reading() as session:
            return facts_of(session, self.office.vault, [person_id])[person_id]

    def count(self, table: type[Base]) -> int:
        with self.office.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def tasks(self, kind: str) -> list[Task]:
        with self.office.database.reading() as session:
            return list(session.scalars(select(Task).where(Task.kind == kind, Task.closed_at.is_(None))))


def sums_up(outcome: ImportOutcome) -> bool:
    """Whether every row is accounted for."""
    counts = outcome.counts
    kinds = ("imported", "updated", "duplicates", "without_number", "rejected")
    return sum(counts[kind] for kind in kinds) == counts["rows"]
