"""Whom on record the rows of a list name: counsel's clients, people in a custody file or a contacts file."""

import datetime as dt
import functools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from holds.actions.identities import identity, identity_of
from holds.actions.source_lists import NOT_ON_RECORD
from holds.domain.person import PersonFacts
from holds.domain.person_name import PersonName, all_pairs
from holds.matching.identity import Identity, agreement
from holds.store.facts import facts_of
from holds.store.lookup import find_people, name_terms
from holds.store.merged import one_records
from holds.store.vault import Vault


@dataclass(frozen=True)
class Named:
    """Who a row says somebody is: numbers of nine digits, a name, every reading of a birth date."""

    a_numbers: tuple[str, ...]
    name: PersonName | None
    birth_dates: tuple[dt.date, ...]

    @property
    def identity(self) -> Identity:
        return identity((self.name.display(),) if self.name else (), self.birth_dates)

    @property
    def name_terms(self) -> set[str]:
        """The terms under which name and birth date are looked up, in whichever order the name is written."""
        pairs = all_pairs(self.name.display()) if self.name else frozenset[str]()
        return name_terms(pairs, [day.isoformat() for day in self.birth_dates])


@dataclass(frozen=True)
class Person:
    """One candidate: what is on record of them."""

    id: uuid.UUID
    facts: PersonFacts
    identity: Identity


@dataclass(frozen=True)
class Candidates:
    """People a row may mean: who bears one of its numbers, and who shares name and birth date."""

    by_number: tuple[Person, ...]
    by_name: tuple[Person, ...]


@dataclass(frozen=True)
class Meant:
    """The one person meant, or the code of why nobody can be told; `near`: who may have been meant."""

    person: Person | None
    code: str | None = None
    near: tuple[uuid.UUID, ...] = ()


def find_candidates(session: Session, vault: Vault, rows: Sequence[Named]) -> list[Candidates]:
    """Candidates of each row, in order, in a handful of queries for the whole batch."""
    numbers = {number for row in rows for number in row.a_numbers}
    by_number = find_people(session, vault.ring, "a_number", numbers)
    by_name = find_people(
        session, vault.ring, "name_birth_date", {term for row in rows for term in row.name_terms}
    )
    everyone = sorted(frozenset[uuid.UUID]().union(*by_number.values(), *by_name.values()))
    records = one_records(session, everyone)
    members = sorted({member for record in records.values() for member in record.members})
    facts = facts_of(session, vault, members)
    # Records that were merged are one candidate, who goes by all their names; what is told goes to the root.
    people: dict[uuid.UUID, Person] = {}
    for pid, record in records.items():
        ordered = (*sorted(record.members - {record.root}), record.root)
        known = [facts[member] for member in ordered if member in facts]
        if known:
            whole = functools.reduce(PersonFacts.merged_with, known)
            people[pid] = Person(record.root, whole, identity_of(whole))

    def found(index: dict[str, frozenset[uuid.UUID]], terms: Sequence[str] | set[str]) -> tuple[Person, ...]:
        ids = frozenset[uuid.UUID]().union(*(index.get(term, frozenset()) for term in terms))
        return tuple({people[pid].id: people[pid] for pid in sorted(ids) if pid in people}.values())

    return [Candidates(found(by_number, row.a_numbers), found(by_name, row.name_terms)) for row in rows]


def meant(row: Named, candidates: Candidates, *, proof_needed: bool) -> Meant:
    """The person a row means.

    Whoever bears its number, unless what else it says speaks against them and nothing for them; with
    `proof_needed` name or birth date must speak for them, since the number alone has leaked, or slips.
    Without a number only one who has the whole name and the birth date.
    """
    asked = row.identity
    if row.a_numbers:
        accords = [(person, agreement(person.identity, asked)) for person in candidates.by_number]
        agreed = [person for person, accord in accords if accord.agreed]
        if len(agreed) > 1:
            agreed = [person for person, accord in accords if accord.agreed and not accord.disagreed]
        if not agreed and not proof_needed:
            agreed = [person for person, accord in accords if not accord.disagreed]
        if len(agreed) == 1:
            return Meant(agreed[0])
        near = tuple(person.id for person, _ in accords)
        if near:
            return Meant(None, "person.several" if len(agreed) > 1 else "identity.unproven", near)
        # Another number than the one on record is no proof; whoever shares name and birth date is shown.
        like = _whole(asked, candidates)
        return Meant(None, "identity.unproven" if like else NOT_ON_RECORD, tuple(p.id for p in like))
    like = _whole(asked, candidates)
    if len(like) == 1:
        return Meant(like[0])
    return Meant(None, "person.several" if like else NOT_ON_RECORD, tuple(p.id for p in like))


def _whole(asked: Identity, candidates: Candidates) -> list[Person]:
    return [
        person
        for person in candidates.by_name
        if agreement(person.identity, asked).agreed == ("name", "birth_date")
        and set(asked.name_tokens) <= set(person.identity.name_tokens)
    ]
