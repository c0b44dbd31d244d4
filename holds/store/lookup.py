"""Finding people by keyed indexes: by A-number, or by a name pair with a birth date."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.person import PersonFacts
from holds.domain.person_name import name_pairs, read_person_name
from holds.store.key_ring import KeyRing
from holds.store.people import PersonIndex
from holds.store.sealing import index_values

CHUNK = 900


def name_terms(pairs: Iterable[str], birth_dates: Iterable[str]) -> set[str]:
    """The terms of kind `name_birth_date`: every pair with every birth date (ISO)."""
    dates = list(birth_dates)
    return {f"{pair}\x1f{date}" for pair in pairs for date in dates}


def index_rows(ring: KeyRing, person_id: uuid.UUID, facts: PersonFacts) -> list[dict[str, Any]]:
    """The `person_index` rows of a person, under every live key."""
    names = [read_person_name(name) for name in facts.names]
    pairs = {pair for name in names if name is not None for pair in name_pairs(name)}
    terms = [("a_number", number) for number in facts.a_numbers]
    terms += [("name_birth_date", term) for term in sorted(name_terms(pairs, facts.birth_dates))]
    return [
        {"kind": kind, "value": value, "person_id": person_id, "index_key_id": key_id}
        for kind, term in terms
        for key_id, value in index_values(ring, kind, term)
    ]


def find_people(
    session: Session, ring: KeyRing, kind: str, terms: Iterable[str]
) -> dict[str, frozenset[uuid.UUID]]:
    """Who is found under each term, looked up under every live key; terms that find nobody are left out."""
    by_value = {value: term for term in terms for _, value in index_values(ring, kind, term)}
    values = list(by_value)
    found: dict[str, set[uuid.UUID]] = {}
    for start in range(0, len(values), CHUNK):
        rows = session.execute(
            select(PersonIndex.value, PersonIndex.person_id).where(
                PersonIndex.kind == kind, PersonIndex.value.in_(values[start : start + CHUNK])
            )
        )
        for value, person_id in rows:
            found.setdefault(by_value[value], set()).add(person_id)
    return {term: frozenset(people) for term, people in found.items()}
