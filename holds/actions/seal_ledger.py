"""The sealer: gives committed ledger rows their place in the tree, and signs the tree's head.

Writers never wait for it. Of two sealers at once the second writes nothing, and does not wait either.
"""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from holds.store.base import holdfast_now
from holds.store.ledger_rows import LedgerHead, LedgerLeaf, LedgerRow
from holds.store.ledger_tree import Tree, head_bytes, leaf_hash
from holds.store.vault import Vault

SEALER_LOCK = 0x5EA1ED
"""Key of the advisory lock on PostgreSQL."""


@dataclass(frozen=True)
class Head:
    """A signed tree head, as it leaves the host."""

    size: int
    root: bytes
    sealed_at: dt.datetime
    key_id: str
    signature: bytes

    def as_json(self) -> str:
        return json.dumps(
            {
                "size": self.size,
                "root": self.root.hex(),
                "sealed_at": self.sealed_at.isoformat(),
                "key": self.key_id,
                "signature": self.signature.hex(),
            }
        )


def seal_ledger(session: Session, vault: Vault) -> Head | None:
    """Number what was committed since the last time and sign the head.

    None when there was nothing new, or when another sealer is at it: what it leaves waits for the next time.
    """
    if not _only_sealer(session):
        return None
    last = session.scalar(select(func.max(LedgerLeaf.number)))
    size = 0 if last is None else last + 1
    waiting = (
        select(LedgerRow)
        .outerjoin(LedgerLeaf, LedgerLeaf.ledger_row_id == LedgerRow.id)
        .where(LedgerLeaf.number.is_(None))
        .order_by(LedgerRow.id)
    )
    leaves = [
        {"number": size + place, "ledger_row_id": row.id, "leaf_hash": leaf_hash(row)}
        for place, row in enumerate(session.scalars(waiting))
    ]
    if not leaves:
        return None
    session.execute(insert(LedgerLeaf), leaves)
    tree = Tree()
    for digest in session.scalars(select(LedgerLeaf.leaf_hash).order_by(LedgerLeaf.number)):
        tree.append(digest)
    sealed_at = session.scalars(select(holdfast_now())).one()
    key_id, signer = vault.ring.signing_key()
    head = Head(tree.size, tree.root(), sealed_at, key_id, b"")
    signature = signer.sign(head_bytes(head.size, head.root, sealed_at))
    head = Head(tree.size, tree.root(), sealed_at, key_id, signature)
    row = {
        "size": head.size,
        "root": head.root,
        "sealed_at": sealed_at,
        "key_id": key_id,
        "signature": signature,
    }
    session.execute(insert(LedgerHead), [row])
    return head


def _only_sealer(session: Session) -> bool:
    """Whether no other transaction seals, until this one ends. SQLite has one writer at a time already."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(SEALER_LOCK))))


def keep_head(folder: Path, head: Head) -> Path:
    """Append a committed head to the file that leaves the host, and sync it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "ledger-heads.jsonl"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.write(head.as_json() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path
