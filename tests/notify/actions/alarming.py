"""A watched manifest, offices with contacts, people on call, and the alarms that came of it, opened."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from holds.actions.add_staff import add_staff
from holds.actions.alarm_contacts import add_alarm_contact
from holds.actions.credentials import acting_of
from holds.actions.manifests import Journey, ListedLine, register_manifest
from holds.actions.person_records import Records
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.transmit_hold import transmit_holds
from holds.domain.alarm_contact import Duty
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Role
from holds.store.base import holdfast_now, new_id
from holds.store.exposures import Incident
from holds.store.people import Task
from holds.store.places import Facility
from holds.store.staff import Actor
from notify.actions.open_spooled import open_spooled
from notify.actions.raise_alarms import AlarmWatch, Raised
from notify.channels.spool import SpoolChannel
from notify.domain.channel import Channels
from notify.domain.delivery import Carriage
from notify.store.alarms import Alarm
from notify.store.deliveries import Delivery


@dataclass
class Alarming:
    """The office of the tests, as alarms see it."""

    office: Any
    record: Any

    def look(self, channels: Channels | None = None) -> Raised:
        """One look, as the worker does every second."""
        watch = AlarmWatch(
            self.record.database, channels or self.spool(), self.record.operator, self.record.sender
        )
        return watch.look()

    def spool(self) -> Channels:
        spooled = SpoolChannel(self.record.spool)
        return dict.fromkeys((Carriage.EMAIL, Carriage.SMS, Carriage.VOICE), spooled)

    def listed(self, number: str, name: str = "PEREZ, ANA MARIA") -> uuid.UUID:
        """Somebody on record who is found by their number, as an import would put them."""
        records = Records(self.record.database.vault, self.record.operator, new_id())
        facts = PersonFacts(names=(name,), a_numbers=(number,), birth_dates=("1990-04-25",))
        with self.record.database.transaction() as session:
            incident = session.get_one(Incident, self.record.incident_id)
            key, _ = records.add_person(facts, incident, with_number=True)
            records.save(session)
        return key.owner_id

    def contact(self, duty: Duty, value: str, **whose: Any) -> str:
        with self.record.database.transaction() as session:
            return add_alarm_contact(
                session,
                self.record.database.vault,
                acting=self.office.administrator,
                duty=duty,
                value=value,
                **whose,
            )

    def on_call(self, login: str, value: str, *, rank: int = 1) -> str:
        return self.contact(Duty.ON_CALL, value, login=login, rank=rank)

    def staff(self, login: str, role: Role, office: str | None = None) -> Acting:
        with self.record.database.transaction() as session:
            self.office.credentials[login] = add_staff(
                session,
                acting=self.office.administrator,
                login=login,
                display_name=login.title(),
                role=role,
                office=office,
            )
            return acting_of(session.scalars(select(Actor).where(Actor.login == login)).one())

    def manifest(self, *numbers: str, contacts: tuple[str, ...], leaves_in: int = 3600) -> str:
        """Register a journey with these numbers aboard; returns its reference."""
        database = self.record.database
        with database.transaction() as session:
            now = session.scalars(select(holdfast_now())).one()
            journey = Journey(
                label="RP 1234",
                departure_kind=DepartureKind.REMOVAL,
                destination="CU",
                leaves_at=now + dt.timedelta(seconds=leaves_in),
                contacts=contacts,
                lines=tuple(
                    ListedLine(line=place, question=Question(a_number=number))
                    for place, number in enumerate(numbers, start=1)
                ),
            )
            return register_manifest(session, database, acting=self.office.officer, journey=journey).reference

    def hold(self, person_id: uuid.UUID) -> None:
        with self.record.database.transaction() as session:
            place_hold(
                session,
                self.record.database.vault,
                acting=self.office.caseworker,
                person_id=person_id,
                basis=Basis.TRO,
                cites="1:26-cv-9",
            )

    def in_area(self, facility_id: uuid.UUID, aor: str) -> None:
        with self.record.database.transaction() as session:
            session.execute(update(Facility).where(Facility.id == facility_id).values(aor=aor))

    def transmit(self) -> int:
        with self.record.database.transaction() as session:
            return transmit_holds(session, self.record.database.vault, acting=self.record.operator).sent

    def alarms(self) -> list[Alarm]:
        with self.record.database.reading() as session:
            return list(session.scalars(select(Alarm).order_by(Alarm.id)))

    def told(self) -> dict[str, str]:
        """What lies in the spool, by the address it would have gone to and the way; each file once."""
        found = {}
        with self.record.database.transaction() as session:
            rows = session.execute(
                select(Alarm.reference, Delivery.carriage).join(Delivery, Delivery.alarm_id == Alarm.id)
            ).all()
            for reference, carriage in rows:
                opened = open_spooled(
                    session,
                    self.record.database.vault,
                    reference,
                    acting=self.office.supervisor,
                    spool=self.record.spool,
                    carriage=carriage,
                )
                head, _, text = opened.content.decode().partition("\n")
                found[f"{carriage} {head.removeprefix('To: ')} {reference}"] = text
        return found

    def words(self, address: str) -> list[str]:
        """Everything an address was told."""
        return [text for way, text in self.told().items() if f" {address} " in way]

    def tasks(self, kind: str) -> list[Task]:
        with self.record.database.reading() as session:
            return list(session.scalars(select(Task).where(Task.kind == kind, Task.closed_at.is_(None))))
