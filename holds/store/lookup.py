"""Finding people by keyed indexes: by A-number, by a name pair with a birth date, or by name alone."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from holds.domain.person import PersonFacts
from holds.domain.person_name import name_pairs, read_person_name
from holds.store.driver import ask, bytea_array
from holds.store.key_ring import KeyRing
from holds.store.people import PersonIndex
from holds.store.sealing import index_values

CHUNK = 900
INDEX_BYTES = 32


def name_terms(pairs: Iterable[str], birth_dates: Sequence[str]) -> set[str]:
    """The terms of kind `name_birth_date`: every pair with every birth date (ISO)."""
    return {f"{pair}\x1f{date}" for pair in pairs for date in birth_dates}


def lone_name_terms(pairs: Iterable[str], tokens: Iterable[str]) -> set[str]:
    """The terms of kind `name` that a name as asked may be found under, in whichever order it is written.

    Single words too: somebody of whom one name alone is known is indexed under it.
    """
    return {*pairs, *tokens}


def index_rows(ring: KeyRing, person_id: uuid.UUID, facts: PersonFacts) -> list[dict[str, Any]]:
    """The `person_index` rows of a person, under every live key.

    Whoever has no birth date on record is found by name pairs alone; else nothing would ever find one who
    has no number either.
    """
    names = [read_person_name(name) for name in facts.names]
    pairs = {pair for name in names if name is not None for pair in name_pairs(name)}
    terms = [("a_number", number) for number in facts.a_numbers]
    terms += [("name_birth_date", term) for term in sorted(name_terms(pairs, facts.birth_dates))]
    if not facts.birth_dates:
        terms += [("name", pair) for pair in sorted(pairs)]
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
    found: dict[str, set[uuid.UUID]] = {}
    for value, person_id in _under(session, kind, list(by_value)):
        found.setdefault(by_value[value], set()).add(person_id)
    return {term: frozenset(people) for term, people in found.items()}


_UNDER = "SELECT value, person_id FROM person_index WHERE kind = "


def _under(session: Session, kind: str, values: Sequence[bytes]) -> Iterator[tuple[bytes, uuid.UUID]]:
    """Past the mapper: an import asks for three thousand values a batch, most of which find nobody."""
    if not values:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        asked = {"kind": kind, "values": bytea_array(values, INDEX_BYTES)}
        yield from ask(connection, f"{_UNDER}%(kind)s AND value = ANY(%(values)s::bytea[])", asked)
        return
    for start in range(0, len(values), CHUNK):
        some = values[start : start + CHUNK]
        rows = ask(connection, f"{_UNDER}? AND value IN ({', '.join('?' * len(some))})", (kind, *some))
        yield from ((value, uuid.UUID(person_id)) for value, person_id in rows)


def sharing_number(session: Session, person_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Everyone found under a number that finds this person, and this person."""
    mine = aliased(PersonIndex)
    others = session.scalars(
        select(PersonIndex.person_id)
        .join(mine, (mine.kind == PersonIndex.kind) & (mine.value == PersonIndex.value))
        .where(mine.person_id == person_id, mine.kind == "a_number")
    )
    return frozenset({person_id, *others})
