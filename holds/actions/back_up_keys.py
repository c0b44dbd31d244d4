"""Backing up the key ring, and putting a backup back."""

from pathlib import Path

from holds.domain.refusal import RefusedError
from holds.settings import Settings
from holds.store.engine import make_engine
from holds.store.key_ring import KeyRing, read_ring, write_ring
from holds.store.openness import opens_with


class WrongBackupError(RefusedError):
    """The backup is not the ring of this database; the one in place was left alone."""


def back_up_keys(settings: Settings, target: Path) -> int:
    """Write a copy of the ring, mode 0600, and read it back; returns how many keys it has."""
    ring = read_ring(settings.key_ring_path)
    _demand_fit(settings, ring)
    write_ring(target, ring)
    if read_ring(target) != ring:
        raise WrongBackupError(f"The copy at {target} does not read back; make it again on another disk.")
    return len(ring.keys)


def restore_keys(settings: Settings, backup: Path) -> int:
    """Put a backup in place of a lost ring, if it is the ring of this database; returns its keys."""
    ring = read_ring(backup)
    _demand_fit(settings, ring)
    write_ring(settings.key_ring_path, ring)
    return len(ring.keys)


def _demand_fit(settings: Settings, ring: KeyRing) -> None:
    engine = make_engine(settings.database)
    try:
        with engine.connect() as connection:
            fits = opens_with(connection, ring)
    finally:
        engine.dispose()
    if not fits:
        raise WrongBackupError("This is not the key ring of this database; nothing was changed.")
