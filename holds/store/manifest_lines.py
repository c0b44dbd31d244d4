"""Whom the lines of manifests mean, found through the same keyed indexes as people are."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, insert, or_, select
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


def add_indexes(session: Session, manifest_id: uuid.UUID, indexes: Sequence[tuple[int, str, bytes]]) -> None:
    """Keep the indexes of a manifest's lines: (line, kind, value), each once."""
    if not indexes:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        # One statement with arrays: a manifest has ten thousand of them.
        lines, kinds, values = (list(column) for column in zip(*indexes, strict=True))
        connection.exec_driver_sql(
            "INSERT INTO manifest_index (manifest_id, line, kind, value) SELECT %(id)s, * "
            "FROM unnest(%(lines)s::int[], %(kinds)s::text[], %(values)s::bytea[])",
            {"id": manifest_id, "lines": lines, "kinds": kinds, "values": values},
        )
        return
    rows = [
        {"manifest_id": manifest_id, "line": line, "kind": kind, "value": value}
        for line, kind, value in indexes
    ]
    session.execute(insert(ManifestIndex), rows)
