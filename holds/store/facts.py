"""Sealing and opening what is known of people, one or thousands."""

import dataclasses
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.person import PersonFacts
from holds.store.people import Person
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, open_json, seal_json

CHUNK = 500
_FIELDS = tuple(field.name for field in dataclasses.fields(PersonFacts))


def seal_facts(key: OwnerKey, facts: PersonFacts) -> bytes:
    """`person.sealed_facts`: only what is known, as JSON."""
    known = {name: value for name in _FIELDS if (value := getattr(facts, name))}
    return seal_json(key, "person", "sealed_facts", key.owner_id, known)


def open_facts(key: OwnerKey, sealed: bytes) -> PersonFacts:
    """What `seal_facts` sealed."""
    value: dict[str, Any] = open_json(key, "person", "sealed_facts", key.owner_id, sealed)
    known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
    return PersonFacts(**known)


def facts_of(session: Session, vault: Vault, person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, PersonFacts]:
    """Facts of many people in two queries a chunk; a person who was shredded is not in the answer."""
    found: dict[uuid.UUID, PersonFacts] = {}
    for start in range(0, len(person_ids), CHUNK):
        chunk = list(person_ids[start : start + CHUNK])
        keys = vault.keys(session, chunk)
        rows = session.execute(select(Person.id, Person.sealed_facts).where(Person.id.in_(chunk)))
        found.update({pid: open_facts(keys[pid], sealed) for pid, sealed in rows if pid in keys})
    return found
