"""The vault: data keys and sealed JSON in a session, and sealed files beside the database."""

import json
import os
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.store.key_ring import KeyRing, KeyRingError
from holds.store.people import DataKey
from holds.store.sealing import OwnerKey, new_owner_key, unwrap, wrap


@dataclass(frozen=True)
class Vault:
    """The key ring, and the folder for sealed files."""

    ring: KeyRing
    folder: Path

    def make_key(self, owner_id: uuid.UUID, owner_kind: str) -> tuple[OwnerKey, dict[str, Any]]:
        """A fresh key for an owner, and the `data_key` row to insert."""
        key = new_owner_key(owner_id)
        ring_key_id, wrapped = wrap(self.ring, key)
        row = {
            "owner_id": owner_id,
            "owner_kind": owner_kind,
            "ring_key_id": ring_key_id,
            "wrapped": wrapped,
        }
        return key, row

    def add_key(self, session: Session, owner_id: uuid.UUID, owner_kind: str) -> OwnerKey:
        """Make an owner's key and store it wrapped."""
        key, row = self.make_key(owner_id, owner_kind)
        session.execute(insert(DataKey), [row])
        return key

    def keys(self, session: Session, owner_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OwnerKey]:
        """The keys of several owners in one query; an owner who was shredded is simply not there."""
        rows = session.execute(
            select(DataKey.owner_id, DataKey.ring_key_id, DataKey.wrapped).where(
                DataKey.owner_id.in_(list(owner_ids))
            )
        )
        return {owner: unwrap(self.ring, owner, key_id, wrapped) for owner, key_id, wrapped in rows}

    def key(self, session: Session, owner_id: uuid.UUID) -> OwnerKey:
        """One owner's key, or `KeyRingError` after shredding."""
        found = self.keys(session, [owner_id])
        if owner_id not in found:
            raise KeyRingError("The data of this record was shredded and cannot be shown.")
        return found[owner_id]

    def write_file(self, key: OwnerKey, kind: str, content: bytes, *, under: str = "documents") -> str:
        """Seal a file under a random name and sync it; returns its path below the vault's folder."""
        name = f"{under}/{secrets.token_hex(16)}.{kind}.sealed"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.seal("file", kind, name, content))
            file.flush()
            os.fsync(file.fileno())
        return name

    def read_file(self, key: OwnerKey, kind: str, name: str) -> bytes:
        """Open a sealed file by the name `write_file` gave."""
        return key.open("file", kind, name, (self.folder / name).read_bytes())


_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def seal_json(key: OwnerKey, table: str, column: str, row_id: object, value: Any) -> bytes:
    """Seal a JSON value."""
    return key.seal(table, column, row_id, _ENCODED(value).encode())


def open_json(key: OwnerKey, table: str, column: str, row_id: object, sealed: bytes) -> Any:
    """Open what `seal_json` sealed."""
    return json.loads(key.open(table, column, row_id, sealed).decode())
