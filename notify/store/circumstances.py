"""What must be known of people to tell them something: where they are, their language, ways to reach them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.person import PersonFacts
from holds.store.facts import open_facts
from holds.store.housing import open_housing_unit
from holds.store.merged import one_records
from holds.store.people import Contact, LanguageNote, Person
from holds.store.places import Custody, Facility
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault
from notify.domain.languages import LanguageChoice, LanguageSource, Proposal, language_for, propose_language
from notify.domain.plan import FacilityMail, Reach, Whereabouts


@dataclass(frozen=True, kw_only=True)
class Place:
    """A facility as a letter is addressed to it. `mail` says whether it can be."""

    id: uuid.UUID
    detloc: str | None
    name: str
    lines: tuple[str, ...]
    housing_unit: str | None
    mail: FacilityMail

    @property
    def folder(self) -> str:
        """Where its letters are sorted: the DETLOC code, or an id that names nobody."""
        return self.detloc or f"FACILITY-{self.id.hex[:12].upper()}"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A contact. `consented`: confirmed safe and with the date of consent. `in_hours`: safe at hours only.
    `key` opens it: the key of the record it stands on, of several that were merged."""

    id: uuid.UUID
    key: OwnerKey
    sealed_value: bytes = field(repr=False)
    consented: bool
    confirmed_on: dt.date | None
    in_hours: bool

    @property
    def confirmed(self) -> bool:
        return self.confirmed_on is not None


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """One person's, as they are now. A person who was shredded has none."""

    person_id: uuid.UUID
    facts: PersonFacts = field(repr=False)
    key: OwnerKey
    language: LanguageChoice
    whereabouts: Whereabouts
    place: Place | None
    post: Way | None
    phone: Way | None
    email: Way | None

    @property
    def facility(self) -> FacilityMail:
        return self.place.mail if self.place else FacilityMail.UNKNOWN

    @property
    def address(self) -> Reach:
        if self.post is None:
            return Reach.NONE
        return Reach.CONFIRMED if self.post.confirmed else Reach.UNCONFIRMED

    def opened(self, way: Way) -> str:
        """The contact's value in clear: a number, an address."""
        return way.key.open("contact", "sealed_value", way.id, way.sealed_value).decode()


def circumstances_of(
    session: Session, vault: Vault, person_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Circumstances]:
    """Of a chunk of people, in six queries. Of records that were merged all is one person's."""
    records = one_records(session, list(dict.fromkeys(person_ids)))
    ids = sorted({member for record in records.values() for member in record.members})
    keys = vault.keys(session, ids)
    sealed = session.execute(select(Person.id, Person.sealed_facts).where(Person.id.in_(ids)))
    facts = {pid: open_facts(keys[pid], value) for pid, value in sealed if pid in keys}
    custody = _custody(session, keys)
    ways = _ways(session, keys)
    noted = _languages(session, ids)
    found: dict[uuid.UUID, Circumstances] = {}
    for pid, record in records.items():
        if pid not in facts:
            continue
        # The person's own record first: what it does not say, another of theirs may.
        members = (pid, *sorted(record.members - {pid}))
        known = facts[pid]
        where, place = _latest(custody, members)
        languages = {k: v for m in reversed(members) for k, v in noted.get(m, {}).items()}

        def best(kind: str, of: tuple[uuid.UUID, ...] = members) -> Way | None:
            return _best([way for m in reversed(of) for way in ways.get((m, kind), [])])

        found[pid] = Circumstances(
            person_id=pid,
            facts=known,
            key=keys[pid],
            language=_choice(languages, known.nationality),
            whereabouts=where,
            place=place,
            post=best("post"),
            phone=best("phone"),
            email=best("email"),
        )
    return found


Told = tuple[tuple[dt.datetime, uuid.UUID], Whereabouts, Place | None]
"""When a stretch of custody was noted, and where the person is according to it."""


def _latest(
    custody: dict[uuid.UUID, Told], members: tuple[uuid.UUID, ...]
) -> tuple[Whereabouts, Place | None]:
    """What was noted last of any record of the person: a person is at one place."""
    told = [custody[member] for member in members if member in custody]
    if not told:
        return Whereabouts.UNKNOWN, None
    _, where, place = max(told, key=lambda one: one[0])
    return where, place


def _custody(session: Session, keys: Mapping[uuid.UUID, OwnerKey]) -> dict[uuid.UUID, Told]:
    rows = session.execute(
        select(Custody, Facility)
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(Custody.person_id.in_(list(keys)), Custody.until.is_(None))
        # Of two open stretches, which a mended list can leave behind, the later one holds.
        .order_by(Custody.noted_at, Custody.id)
    )
    return {
        line.person_id: (
            (line.noted_at, line.id),
            Whereabouts(line.status),
            _place(facility, _unit(line, keys)) if facility else None,
        )
        for line, facility in rows
    }


def _unit(line: Custody, keys: Mapping[uuid.UUID, OwnerKey]) -> str | None:
    return open_housing_unit(keys.get(line.person_id), line.id, line.sealed_housing_unit)


def _place(facility: Facility, housing_unit: str | None) -> Place:
    town = " ".join(part for part in (facility.state, facility.zip) if part)
    lines = (facility.name, facility.address or "", ", ".join(p for p in (facility.city, town) if p))
    takes_mail = facility.mailing and facility.closed_on is None
    return Place(
        id=facility.id,
        detloc=facility.detloc,
        name=facility.name,
        lines=tuple(line for line in lines if line),
        housing_unit=housing_unit,
        mail=FacilityMail.TAKES_MAIL if takes_mail else FacilityMail.NO_MAIL,
    )


def _ways(session: Session, keys: dict[uuid.UUID, OwnerKey]) -> dict[tuple[uuid.UUID, str], list[Way]]:
    rows = session.scalars(
        select(Contact)
        .where(Contact.person_id.in_(list(keys)), Contact.current)
        .order_by(Contact.noted_at, Contact.id)
    )
    found: dict[tuple[uuid.UUID, str], list[Way]] = {}
    for row in rows:
        way = Way(
            id=row.id,
            key=keys[row.person_id],
            sealed_value=row.sealed_value,
            consented=row.confirmed_on is not None and row.consent_on is not None,
            confirmed_on=row.confirmed_on,
            in_hours=row.safe_hours is not None,
        )
        found.setdefault((row.person_id, row.kind), []).append(way)
    return found


def _best(ways: list[Way]) -> Way | None:
    """Consented before confirmed before merely known; of these the last confirmed, then the last noted."""
    return max(
        reversed(ways),
        key=lambda way: (way.consented, way.confirmed_on or dt.date.min),
        default=None,
    )


def _languages(session: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, tuple[str, str]]]:
    rows = session.execute(
        select(LanguageNote.person_id, LanguageNote.source, LanguageNote.tag, LanguageNote.evidence)
        .where(LanguageNote.person_id.in_(ids))
        .order_by(LanguageNote.noted_at, LanguageNote.id)
    )
    found: dict[uuid.UUID, dict[str, tuple[str, str]]] = {}
    for pid, source, tag, evidence in rows:
        found.setdefault(pid, {})[source] = (tag, evidence)
    return found


def _choice(noted: dict[str, tuple[str, str]], nationality: str | None) -> LanguageChoice:
    stated, by_others = noted.get(LanguageSource.STATED), noted.get(LanguageSource.NOTED)
    written_down = noted.get(LanguageSource.PROPOSED)
    proposed = Proposal(*written_down) if written_down else propose_language(nationality or "")
    return language_for(stated and stated[0], by_others and by_others[0], proposed)
