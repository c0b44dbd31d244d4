"""A record to plan notices for, put into a real database row by row; everybody in it is made up."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.person import PersonFacts
from holds.domain.staff import Acting
from holds.store.base import Base, holdfast_now, new_id
from holds.store.database import DemoClock
from holds.store.engine import Database
from holds.store.exposures import Exposure, Incident, SourceList
from holds.store.facts import seal_facts
from holds.store.gates import Gate, Hold
from holds.store.housing import seal_housing_unit
from holds.store.ledger import tell
from holds.store.people import Contact, LanguageNote, Person
from holds.store.places import Custody, Facility
from holds.store.representation import Appearance, Counsel
from holds.store.staff import Actor
from holds.store.vault import seal_json
from notify.channels.letter import LetterChannel
from notify.channels.sealed_spool import SealedSpool
from notify.channels.spool import SpoolChannel
from notify.domain.channel import Channels, Sender
from notify.domain.delivery import Carriage

SENDER = Sender(
    organisation_name="Test Office for Notices",
    organisation_address=("1 Example Street", "Springfield, IL 62701"),
    agency="the agency",
    contact_phone="+18005550199",
    verify_address="verify.example.org",
)
OCCURRED = dt.datetime(2022, 11, 28, 15, tzinfo=dt.UTC)


@dataclass
class Record:
    """Writes people, places and counsel as an import would, and remembers who is who."""

    database: Database
    operator: Acting
    home: Path
    sender: Sender = SENDER
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(900_000_000, 900_999_999)))
    incident_id: uuid.UUID = field(default_factory=new_id)
    list_id: uuid.UUID = field(default_factory=new_id)

    def begin(self) -> None:
        """The incident, and the list that told of it."""
        by = {"organisation_id": self.operator.organisation_id}
        with self.database.transaction() as session:
            self.put(
                session,
                Incident,
                id=self.incident_id,
                name="The list of November 2022",
                occurred_at=OCCURRED,
                fields=["name", "a_number", "nationality"],
                recorded_by=self.operator.id,
                **by,
            )
            self.put(
                session,
                SourceList,
                id=self.list_id,
                kind="people",
                incident_id=self.incident_id,
                version=1,
                sha256=b"0" * 32,
                state="done",
                heading=[],
                counts={},
                imported_by=self.operator.id,
                **by,
            )

    @staticmethod
    def put(session: Session, table: type[Base], **values: Any) -> uuid.UUID:
        """Insert one row and return its id, where it has one."""
        if "id" in table.__table__.columns and table is not DemoClock:
            values.setdefault("id", new_id())
        session.execute(insert(table), [values])
        found = values.get("id")
        return found if isinstance(found, uuid.UUID) else new_id()

    def facility(self, detloc: str = "ADAMSMS", *, mailing: bool = True) -> uuid.UUID:
        """A facility, or a hold room."""
        with self.database.transaction() as session:
            return self.put(
                session,
                Facility,
                detloc=detloc,
                name=f"{detloc.title()} County Correctional Center",
                address="20 Hobo Fork Road",
                city="Natchez",
                state="MS",
                zip="39120",
                kind="jail" if mailing else "hold_room",
                mailing=mailing,
                source_list_id=self.list_id,
            )

    def person(
        self,
        *,
        name: str = "QUINTANILLA SOTO, JORGE",
        nationality: str | None = "CU",
        status: str = "detained",
        facility: uuid.UUID | None = None,
        stated: str | None = None,
    ) -> uuid.UUID:
        """An affected person: gate, hold, exposure, custody, and the ledger row that makes a notice due."""
        person_id, hold_id, by = new_id(), new_id(), self.operator.organisation_id
        vault = self.database.vault
        facts = PersonFacts(names=(name,), a_numbers=(str(next(self.numbers)),), nationality=nationality)
        with self.database.transaction() as session:
            key = vault.add_key(session, person_id, "person")
            self.put(session, Gate, person_id=person_id)
            self.put(
                session,
                Hold,
                id=hold_id,
                person_id=person_id,
                epoch=1,
                basis="incident",
                incident_id=self.incident_id,
                organisation_id=by,
                placed_by=self.operator.id,
            )
            self.put(
                session,
                Person,
                id=person_id,
                organisation_id=by,
                first_hold_id=hold_id,
                with_number=True,
                sealed_facts=seal_facts(key, facts),
            )
            exposure_id = self.put(
                session,
                Exposure,
                person_id=person_id,
                incident_id=self.incident_id,
                hold_id=hold_id,
                fields=["name", "a_number"],
            )
            tell(session, self.operator, "exposure.recorded", exposure_id, person_id=person_id)
            self._whereabouts(session, person_id, status, facility)
            if stated:
                self._stated(session, person_id, stated)
        return person_id

    def moved(self, person_id: uuid.UUID, status: str, facility: uuid.UUID | None = None) -> None:
        """The person was transferred, or released from custody."""
        where_now = select(Custody).where(Custody.person_id == person_id, Custody.until.is_(None))
        with self.database.transaction() as session:
            for row in session.scalars(where_now):
                row.until = dt.date(2022, 12, 1)
            self._whereabouts(session, person_id, status, facility)

    def _whereabouts(
        self, session: Session, person_id: uuid.UUID, status: str, facility: uuid.UUID | None
    ) -> None:
        custody_id, key = new_id(), self.database.vault.key(session, person_id)
        unit = seal_housing_unit(key, custody_id, "Unit B" if facility else None)
        self.put(
            session,
            Custody,
            **{"id": custody_id, "person_id": person_id, "status": status, "facility_id": facility},
            **{"sealed_housing_unit": unit, "source_list_id": self.list_id},
        )

    def stated(self, person_id: uuid.UUID, tag: str) -> None:
        """The person said which language is theirs."""
        with self.database.transaction() as session:
            self._stated(session, person_id, tag)

    def _stated(self, session: Session, person_id: uuid.UUID, tag: str) -> None:
        self.put(
            session,
            LanguageNote,
            person_id=person_id,
            source="stated",
            tag=tag,
            evidence="said so",
            noted_by=self.operator.id,
        )

    def contact(
        self,
        person_id: uuid.UUID,
        kind: str,
        value: str,
        *,
        safe: bool,
        consent: bool = False,
        on: dt.date = dt.date(2022, 12, 1),
        hours: str | None = None,
    ) -> None:
        """A way to reach the person."""
        with self.database.transaction() as session:
            key, contact_id = self.database.vault.key(session, person_id), new_id()
            self.put(
                session,
                Contact,
                id=contact_id,
                person_id=person_id,
                kind=kind,
                sealed_value=key.seal("contact", "sealed_value", contact_id, value.encode()),
                fingerprint=value.encode(),
                consent_on=on if consent else None,
                sealed_confirmed_by=b"a caseworker, sealed" if safe else None,
                confirmed_on=on if safe else None,
                safe_hours=hours,
            )

    def counsel(self, name: str = "Alex Attorney", email: str = "alex@example.org") -> uuid.UUID:
        """An attorney."""
        counsel_id = new_id()
        with self.database.transaction() as session:
            key = self.database.vault.add_key(session, counsel_id, "counsel")
            card = {"name": name, "firm": "Example Law", "email": email, "phone": ""}
            sealed = seal_json(key, "counsel", "sealed_card", counsel_id, card)
            return self.put(session, Counsel, id=counsel_id, eoir_id=counsel_id.hex, sealed_card=sealed)

    def appears(
        self,
        counsel_id: uuid.UUID,
        person_id: uuid.UUID,
        *,
        scope: str = "all",
        verified: bool = True,
        withdrawn: bool = False,
        form: str = "EOIR-28",
    ) -> uuid.UUID:
        """Counsel appears for the person."""
        with self.database.transaction() as session:
            staff = session.scalars(select(Actor.id).where(Actor.login == "casey")).one()
            now = session.scalars(select(holdfast_now())).one()
            return self.put(
                session,
                Appearance,
                counsel_id=counsel_id,
                person_id=person_id,
                form=form,
                scope=scope,
                is_primary=True,
                filed_on=dt.date(2022, 10, 1),
                withdrawn_on=dt.date(2022, 12, 1) if withdrawn else None,
                judgement="exact",
                evidence={},
                source_list_id=self.list_id,
                verified_by=staff if verified else None,
                verified_at=now if verified else None,
            )

    def withdraws(self, appearance_id: uuid.UUID) -> None:
        """Counsel withdrew."""
        with self.database.transaction() as session:
            session.get_one(Appearance, appearance_id).withdrawn_on = dt.date(2022, 12, 2)

    def later(self, *, seconds: int) -> None:
        """Time passes."""
        with self.database.transaction() as session:
            clock = session.scalar(select(DemoClock))
            if clock is None:
                self.put(session, DemoClock, id=1, ahead_seconds=seconds)
            else:
                clock.ahead_seconds += seconds

    @property
    def spool(self) -> SealedSpool:
        return SealedSpool(self.home / "spool")

    @property
    def channels(self) -> Channels:
        """The embedded default."""
        spooled = SpoolChannel(self.spool)
        return {
            Carriage.LETTER: LetterChannel(self.spool),
            Carriage.SMS: spooled,
            Carriage.EMAIL: spooled,
        }


@pytest.fixture
def record(office: Any) -> Record:
    made = Record(office.database, office.operator, office.home)
    made.begin()
    return made
