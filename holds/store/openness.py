"""Whether the database may answer anything but `blocked` (guarantee 2), and the keys it was made with."""

from sqlalchemy import Connection, MetaData, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from holds.store import fingerprints, migrate
from holds.store.clocks import clock_reasons
from holds.store.database import DatabaseMark, KeyCheck
from holds.store.exposures import SourceList
from holds.store.key_ring import KeyRing, RingKey
from holds.store.outside import FOLDER, restored_reasons
from holds.store.table_shape import weakened

CHECKED_PURPOSES = (
    "wrap",
    "index.a_number",
    "index.name_birth_date",
    "index.name",
    "fingerprint",
    "ledger.sign",
)


def check_value(key: RingKey, database_id: object) -> bytes:
    """What only this key gives for this database."""
    return key.digest(f"holdfast key check\x1f{key.purpose}\x1f{database_id}".encode())


def write_key_checks(session: Session, ring: KeyRing, database_id: object) -> None:
    """Bind the ring to the database, once, when it is made."""
    rows = [
        {"key_id": key.id, "purpose": key.purpose, "value": check_value(key, database_id)}
        for key in ring.keys
        if key.purpose in CHECKED_PURPOSES
    ]
    session.execute(insert(KeyCheck), rows)


def closed_reasons(session: Session, ring: KeyRing, metadata: MetaData) -> tuple[str, ...]:
    """Codes of why the database is closed; empty when it is open. A failing look is itself a reason."""
    try:
        return tuple(_reasons(session, ring, metadata))
    except SQLAlchemyError:
        return ("database.unreadable",)


def _reasons(session: Session, ring: KeyRing, metadata: MetaData) -> list[str]:
    connection = session.connection()
    if migrate.current(connection) != migrate.head():
        return ["database.migrations_not_current"]
    reasons = []
    on_server = connection.dialect.name == "postgresql"
    if on_server and connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one():
        reasons.append("database.replica")
    if fingerprints.changed(connection, metadata):
        reasons.append("database.triggers_changed")
    if weakened(connection, metadata):
        reasons.append("database.tables_weakened")
    mark = session.scalar(select(DatabaseMark))
    if mark is None:
        return [*reasons, "database.not_initialised"]
    if not opens_with(connection, ring):
        reasons.append("keys.not_of_this_database")
    outside = session.info.get(FOLDER)
    if outside is not None and "database.replica" not in reasons:
        reasons += restored_reasons(session, outside)
    if "database.triggers_changed" not in reasons:  # a clock that is not as shipped is no witness
        reasons += clock_reasons(session)
    if session.scalar(select(SourceList.id).where(SourceList.state == "importing").limit(1)) is not None:
        reasons.append("import.unfinished")
    return reasons


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
    expected = {k.id: check_value(k, database_id) for k in ring.keys if k.purpose in CHECKED_PURPOSES}
    kept = dict(connection.execute(select(KeyCheck.key_id, KeyCheck.value)).all())
    return database_id is not None and kept == expected
