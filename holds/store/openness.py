"""Whether the database may answer anything but `blocked` (guarantee 2), and the keys it was made with.

The full look compares every trigger and every constraint with what was shipped. It is taken when a process
first asks, and again whenever the generation of the schema is not the one that it was last taken under;
everything else is read afresh each time. So a change is seen by the very next question.
"""

from sqlalchemy import Connection, MetaData, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from holds.store import fingerprints, migrate
from holds.store.database import DatabaseMark, KeyCheck
from holds.store.engine import Database
from holds.store.generation import LastLook, generation_of
from holds.store.key_ring import KeyRing
from holds.store.standing import (
    CHECKED_PURPOSES,
    NOT_CURRENT,
    Standing,
    check_value,
    expected_keys,
    read_standing,
    reasons_of,
    shipped_version,
)
from holds.store.table_shape import weakened


def write_key_checks(session: Session, ring: KeyRing, database_id: object) -> None:
    """Bind the ring to the database, once, when it is made."""
    rows = [
        {"key_id": key.id, "purpose": key.purpose, "value": check_value(key, database_id)}
        for key in ring.keys
        if key.purpose in CHECKED_PURPOSES
    ]
    session.execute(insert(KeyCheck), rows)


def closed_reasons(
    session: Session, ring: KeyRing, metadata: MetaData, last: LastLook | None = None
) -> tuple[str, ...]:
    """Codes of why the database is closed; empty when it is open. A failing look is itself a reason.

    Without a last look to compare with, it is the full look.
    """
    last = last or LastLook()
    try:
        if last.generation is None and migrate.current(session.connection()) != shipped_version():
            return (NOT_CURRENT,)
        return closed_as_seen(session, ring, metadata, last, read_standing(session))
    except SQLAlchemyError:
        return ("database.unreadable",)


def closed_now(session: Session, database: Database) -> tuple[str, ...]:
    """The same in one statement, as long as the schema is still the one that was looked at."""
    return closed_reasons(session, database.vault.ring, database.metadata, database.last)


def closed_as_seen(
    session: Session, ring: KeyRing, metadata: MetaData, last: LastLook, standing: Standing
) -> tuple[str, ...]:
    """Why the database was closed when it stood like this. A schema other than that of the last look is
    looked at in full, and remembered where it is as shipped."""
    last.note_time(standing.now)
    if standing.generation == last.generation:
        return reasons_of(standing, ring, ())
    connection = session.connection()
    shape = _shape(connection, metadata)
    if not shape and generation_of(connection) != standing.generation:
        shape = ("database.triggers_changed",)  # they are being changed at this moment
    if not shape:
        last.generation = standing.generation
    return reasons_of(standing, ring, shape)


def _shape(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
    reasons = ["database.triggers_changed"] if fingerprints.changed(connection, metadata) else []
    return (*reasons, "database.tables_weakened") if weakened(connection, metadata) else tuple(reasons)


def mark_of(connection: Connection) -> str | None:
    """`real` or `demo` as the database is marked; None where it has no mark or no tables yet."""
    if not inspect(connection).has_table(DatabaseMark.__tablename__):
        return None
    return connection.execute(select(DatabaseMark.kind)).scalar_one_or_none()


def is_demo(session: Session) -> bool:
    """Whether the database was made by `holdfast demo`, and so may hold synthetic people alone."""
    return session.scalar(select(DatabaseMark.kind)) == "demo"


def opens_with(connection: Connection, ring: KeyRing) -> bool:
    """Whether this ring is the one, whole, that the database was made with."""
    database_id = connection.execute(select(DatabaseMark.database_id)).scalar_one_or_none()
    kept = {
        key_id: value.hex() for key_id, value in connection.execute(select(KeyCheck.key_id, KeyCheck.value))
    }
    return database_id is not None and kept == expected_keys(ring, database_id)
