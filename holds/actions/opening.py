"""Opening the record for an edge: the database with its vault, by the settings."""

import dataclasses

from sqlalchemy import MetaData

from holds.settings import Settings
from holds.store.engine import Database, make_engine
from holds.store.key_ring import KeyRingError, read_ring
from holds.store.openness import mark_of, opens_with
from holds.store.patience import too_late, within
from holds.store.vault import Vault

__all__ = ["Database", "answering", "open_database", "too_late", "within"]


def answering(database: Database, settings: Settings) -> Database:
    """The same database over connections of their own, for an edge that must answer within seconds."""
    engine = make_engine(database.engine.url, patience=settings.answer_seconds)
    return dataclasses.replace(database, engine=engine)


def open_database(settings: Settings, metadata: MetaData, *, patience: int | None = None) -> Database:
    """The database as the app's role. `KeyRingError` where there is no usable ring, or one of another
    database: nothing must ever be sealed under a ring that this database does not know.
    """
    ring = read_ring(settings.key_ring_path)
    engine = make_engine(settings.database, patience=patience)
    with engine.connect() as connection:
        matches = mark_of(connection) is None or opens_with(connection, ring)
    if not matches:
        engine.dispose()
        raise KeyRingError(
            f"The key ring {settings.key_ring_path} is not this database's; move it away, then: "
            "holdfast keys restore FILE"
        )
    return Database(engine, Vault(ring, settings.home), metadata, outside=settings.heads)
