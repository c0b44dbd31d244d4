"""Whom the lines of manifests mean, found through the same keyed indexes as people are."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.manifests import ManifestIndex
from holds.store.people import Person, PersonIndex


@dataclass(frozen=True)
class FoundOnLine:
    """Somebody on record whom a line means, and by what: `a_number`, `name_birth_date` or `name` alone."""

    manifest_id: uuid.UUID
    line: int
    kind: str
    value: bytes
    person_id: uuid.UUID


def found_on(session: Session, manifest_ids: Collection[uuid.UUID]) -> list[FoundOnLine]:
    """Everybody on record whom a line of these manifests means, in one query.

    By the name alone only those of whom neither a number nor a birth date is known.
    """
    same = and_(PersonIndex.kind == ManifestIndex.kind, PersonIndex.value == ManifestIndex.value)
    born = aliased(PersonIndex)
    dated = exists().where(born.person_id == PersonIndex.person_id, born.kind == "name_birth_date")
    rows = session.execute(
        select(
            ManifestIndex.manifest_id,
            ManifestIndex.line,
            ManifestIndex.kind,
            ManifestIndex.value,
            PersonIndex.person_id,
        )
        .join(PersonIndex, same)
        .join(Person, Person.id == PersonIndex.person_id)
        .where(
            ManifestIndex.manifest_id.in_(list(manifest_ids)),
            or_(ManifestIndex.kind != "name", and_(Person.with_number.is_(False), ~dated)),
        )
    )
    return [FoundOnLine(*row) for row in rows]
