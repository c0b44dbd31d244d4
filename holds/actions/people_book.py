"""Everybody on record, described for matching: opened once a run, where a number does not settle it."""

import datetime as dt
import functools
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.person import PersonFacts
from holds.domain.person_name import name_tokens
from holds.matching.name_sound import words_of
from holds.matching.people import PeopleIndex
from holds.matching.weighing import Described
from holds.store.facts import facts_of
from holds.store.merged import one_records
from holds.store.people import Person
from holds.store.places import Custody
from holds.store.vault import Vault

CHUNK = 500


def described(
    names: Iterable[str],
    numbers: Iterable[str],
    birth_dates: Iterable[dt.date],
    country: str | None = None,
    facility: uuid.UUID | None = None,
) -> Described:
    """Somebody as a list or the record describes them."""
    return Described(
        words=words_of(token for name in names for token in name_tokens(name)),
        numbers=frozenset(numbers),
        birth_dates=frozenset(birth_dates),
        country=country or "",
        facility=str(facility) if facility else "",
    )


def described_facts(facts: PersonFacts, facility: uuid.UUID | None = None) -> Described:
    """A record."""
    born = map(dt.date.fromisoformat, facts.birth_dates)
    return described(facts.names, facts.a_numbers, born, facts.nationality, facility)


def facts_of_records(
    session: Session, vault: Vault, person_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, PersonFacts]:
    """What is known of everyone by the root of their record; merged records go by all their names."""
    records = one_records(session, person_ids)
    known = facts_of(session, vault, sorted({m for record in records.values() for m in record.members}))
    found = {}
    for record in records.values():
        ordered = (*sorted(record.members - {record.root}), record.root)
        facts = [known[member] for member in ordered if member in known]
        if facts:
            found[record.root] = functools.reduce(PersonFacts.merged_with, facts)
    return found


def facilities_of(session: Session, person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Where people are now, of those of whom it is certain."""
    rows = session.execute(
        select(Custody.person_id, Custody.facility_id).where(
            Custody.person_id.in_(person_ids), Custody.until.is_(None), Custody.facility_id.is_not(None)
        )
    )
    return {person_id: facility_id for person_id, facility_id in rows if facility_id}


class PeopleBook:
    """Everybody on record, by the root of their record. Whoever comes on record later is not in it."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._index: PeopleIndex[uuid.UUID] | None = None
        self.facts: dict[uuid.UUID, PersonFacts] = {}

    def index(self, session: Session) -> PeopleIndex[uuid.UUID]:
        """To ask whom a description means; the first call opens every record."""
        if self._index is None:
            everyone: dict[uuid.UUID, Described] = {}
            ids = session.scalars(select(Person.id).order_by(Person.id)).all()
            for start in range(0, len(ids), CHUNK):
                chunk = ids[start : start + CHUNK]
                facilities = facilities_of(session, chunk)
                for root, facts in facts_of_records(session, self._vault, chunk).items():
                    self.facts[root] = facts
                    everyone[root] = described_facts(facts, facilities.get(root))
            self._index = PeopleIndex(everyone)
        return self._index
