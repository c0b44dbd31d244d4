"""Opening the record for an edge: the database with its vault, by the settings."""

from sqlalchemy import MetaData

from holds.settings import Settings
from holds.store.engine import Database, make_engine
from holds.store.key_ring import read_ring
from holds.store.vault import Vault

__all__ = ["Database", "open_database"]


def open_database(settings: Settings, metadata: MetaData) -> Database:
    """The database as the app's role; `KeyRingError` where there is no usable ring, with what to do."""
    ring = read_ring(settings.key_ring_path)
    return Database(
        make_engine(settings.database), Vault(ring, settings.home), metadata, outside=settings.heads
    )
