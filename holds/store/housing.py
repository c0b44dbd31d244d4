"""Housing units: a list may write anything there, so they are sealed under the person's key."""

import uuid

from holds.store.sealing import OwnerKey


def seal_housing_unit(key: OwnerKey, custody_id: uuid.UUID, unit: str | None) -> bytes | None:
    """`custody.sealed_housing_unit`; None where the list names none."""
    return key.seal("custody", "sealed_housing_unit", custody_id, unit.encode()) if unit else None


def open_housing_unit(key: OwnerKey | None, custody_id: uuid.UUID, sealed: bytes | None) -> str | None:
    """The unit in clear; None where there is none, or the person was shredded."""
    if key is None or sealed is None:
        return None
    return key.open("custody", "sealed_housing_unit", custody_id, sealed).decode()
