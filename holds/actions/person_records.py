"""Building the rows that put a person on record: never a person without a gate and a hold."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from holds.actions.match_places import Place
from holds.domain.hold import Basis
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting
from holds.intake.record_list import PersonRow
from holds.store.base import Base, new_id, new_reference
from holds.store.exposures import Exposure, ExposureRow, FailingRow, Incident
from holds.store.facts import seal_facts
from holds.store.gates import Gate, Hold
from holds.store.ledger import Entry, write_ledger
from holds.store.lookup import index_rows
from holds.store.many_rows import add_rows
from holds.store.people import DataKey, LanguageNote, Person, PersonIndex
from holds.store.places import Custody, PostureNote
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, seal_json

ORDER: tuple[type[Base], ...] = (
    DataKey,
    Gate,
    Hold,
    Person,
    PersonIndex,
    Exposure,
    ExposureRow,
    Custody,
    PostureNote,
    LanguageNote,
    FailingRow,
)
"""The order in which tables are filled, so that every reference finds its row."""


def facts_of_row(row: PersonRow) -> PersonFacts:
    """What a row of the list says of a person."""
    return PersonFacts(
        names=(row.name.display(),) if row.name else (),
        a_numbers=row.a_numbers,
        birth_dates=tuple(day.isoformat() for day in row.birth_dates),
        nationality=row.nationality,
        country_of_birth=row.country_of_birth,
        sex=row.sex,
        fear_screening=row.fear_screening,
        family_unit=row.family_id or None,
        listed_counsel=row.counsel_name or None,
        listed_firm=row.counsel_firm or None,
    )


@dataclasses.dataclass
class Records:
    """Rows gathered over a batch, written in one go. Not shared between transactions."""

    vault: Vault
    acting: Acting
    source_list_id: uuid.UUID
    rows: dict[type[Base], list[dict[str, Any]]] = dataclasses.field(
        default_factory=lambda: defaultdict(list)
    )
    entries: list[Entry] = dataclasses.field(default_factory=list)

    def add(self, table: type[Base], **values: Any) -> None:
        self.rows[table].append(values)

    def add_person(
        self, facts: PersonFacts, incident: Incident, *, with_number: bool
    ) -> tuple[OwnerKey, uuid.UUID]:
        """A new person with key, gate, hold, indexes and exposure; their key and the exposure's id."""
        person_id, hold_id = new_id(), new_id()
        key, key_row = self.vault.make_key(person_id, "person")
        self.rows[DataKey].append(key_row)
        self.add(Gate, person_id=person_id, epoch=0)
        self.add_hold(hold_id, person_id, incident, epoch=1)
        self.add(
            Person,
            id=person_id,
            organisation_id=self.acting.organisation_id,
            reference=new_reference(),
            first_hold_id=hold_id,
            with_number=with_number,
            sealed_facts=seal_facts(key, facts),
        )
        self.rows[PersonIndex] += index_rows(self.vault.ring, person_id, facts)
        return key, self.add_exposure(person_id, hold_id, incident, epoch=1)

    def add_hold(self, hold_id: uuid.UUID, person_id: uuid.UUID, incident: Incident, *, epoch: int) -> None:
        """The hold of an incident; `epoch` is what the gate will stand at after it."""
        self.add(
            Hold,
            id=hold_id,
            reference=new_reference(),
            person_id=person_id,
            epoch=epoch,
            basis=Basis.INCIDENT.value,
            incident_id=incident.id,
            organisation_id=self.acting.organisation_id,
            placed_by=self.acting.id,
        )

    def add_exposure(
        self, person_id: uuid.UUID, hold_id: uuid.UUID, incident: Incident, *, epoch: int
    ) -> uuid.UUID:
        """The exposure, and the ledger row from which its notices will be planned; `epoch` is the hold's."""
        exposure_id = new_id()
        self.add(
            Exposure,
            id=exposure_id,
            person_id=person_id,
            incident_id=incident.id,
            hold_id=hold_id,
            fields=incident.fields,
        )
        self.tell("exposure.recorded", exposure_id, person_id, {"hold": str(hold_id), "epoch": epoch})
        return exposure_id

    def add_custody(self, key: OwnerKey, row: PersonRow, place: Place | None) -> uuid.UUID:
        """The stretch of custody that the row tells of; its id."""
        custody_id = new_id()
        self.add(
            Custody,
            id=custody_id,
            person_id=key.owner_id,
            status=row.custody_status,
            place_match_id=place.match_id if place else None,
            facility_id=place.facility_id if place and row.custody_status != "released" else None,
            since=row.released_on if row.custody_status == "released" else row.booked_in,
            source_list_id=self.source_list_id,
        )
        return custody_id

    def add_language(self, person_id: uuid.UUID, tag: str) -> None:
        """The language the list names: noted by somebody, not stated by the person."""
        self.add(
            LanguageNote,
            id=new_id(),
            person_id=person_id,
            source="noted",
            tag=tag,
            evidence="record list",
            noted_by=self.acting.id,
        )

    def add_posture(self, key: OwnerKey, posture: str) -> None:
        """Where the list says the case stands."""
        note_id = new_id()
        self.add(
            PostureNote,
            id=note_id,
            person_id=key.owner_id,
            sealed_posture=seal_json(key, "posture_note", "sealed_posture", note_id, posture),
            source_list_id=self.source_list_id,
        )

    def tell(self, verb: str, subject_id: uuid.UUID, person_id: uuid.UUID, codes: Mapping[str, Any]) -> None:
        self.entries.append(
            Entry(
                verb=verb,
                actor_id=self.acting.id,
                organisation_id=self.acting.organisation_id,
                subject_id=subject_id,
                person_id=person_id,
                codes=codes,
            )
        )

    def save(self, session: Session) -> None:
        """Write every gathered row, and the ledger, in the caller's transaction."""
        session.flush()
        for table in ORDER:
            if self.rows[table]:
                add_rows(session.connection(), Base.metadata.tables[table.__tablename__], self.rows[table])
        write_ledger(session, self.entries)
