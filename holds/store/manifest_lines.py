"""Whom the lines of manifests mean, found through the same keyed indexes as people are."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from holds.store.manifests import ManifestIndex
from holds.store.people import PersonIndex


@dataclass(frozen=True)
class FoundOnLine:
    """Somebody on record whom a line means, and by what: `a_number` or `name_birth_date`."""

    manifest_id: uuid.UUID
    line: int
    kind: str
    value: bytes
    person_id: uuid.UUID


def found_on(session: Session, manifest_ids: Collection[uuid.UUID]) -> list[FoundOnLine]:
    """Everybody on record whom a line of these manifests means, in one query."""
    same = and_(PersonIndex.kind == ManifestIndex.kind, PersonIndex.value == ManifestIndex.value)
    rows = session.execute(
        select(
            ManifestIndex.manifest_id,
            ManifestIndex.line,
            ManifestIndex.kind,
            ManifestIndex.value,
            PersonIndex.person_id,
        )
        .join(PersonIndex, same)
        .where(ManifestIndex.manifest_id.in_(list(manifest_ids)))
    )
    return [FoundOnLine(*row) for row in rows]
