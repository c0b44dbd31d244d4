"""Opening the record for an edge: the database with its vault, by the settings."""

from sqlalchemy import MetaData

from holds.settings import Settings
from holds.store.engine import Database, make_engine
from holds.store.key_ring import KeyRingError, read_ring
from holds.store.openness import mark_of, opens_with
from holds.store.vault import Vault

__all__ = ["Database", "open_database"]


def open_database(settings: Settings, metadata: MetaData) -> Database:
    """The database as the app's role. `KeyRingError` where there is no usable ring, or one of another
    database: nothing must ever be sealed under a ring that this database does not know.
    """
    ring = read_ring(settings.key_ring_path)
    engine = make_engine(settings.database)
    with engine.connect() as connection:
        if mark_of(connection) is not None and not opens_with(connection, ring):
            raise KeyRingError(
                f"The key ring {settings.key_ring_path} is not this database's; move it away, then: "
                "holdfast keys restore FILE"
            )
    return Database(engine, Vault(ring, settings.home), metadata, outside=settings.heads)
