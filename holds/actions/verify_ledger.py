"""Finding tampering: rows against leaves, leaves against signed heads, heads against those kept outside."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.key_ring import KeyRing, KeyRingError
from holds.store.ledger_rows import LedgerHead, LedgerLeaf, LedgerRow
from holds.store.ledger_tree import Tree, head_bytes, leaf_hash


@dataclass(frozen=True)
class Verdict:
    """What was compared, and every fault as a sentence; sound when there is none."""

    rows: int
    unsealed: int
    heads: int
    kept_heads: int
    faults: tuple[str, ...]


def verify_ledger(session: Session, ring: KeyRing, *, acting: Acting, heads_folder: Path) -> Verdict:
    """Recompute every leaf from its row and every head from the leaves; check kept heads against both."""
    require(acting, Verb.VERIFY_LEDGER)
    heads = {head.size: head for head in session.scalars(select(LedgerHead))}
    faults: list[str] = []
    roots: dict[int, bytes] = {0: hashlib.sha256(b"").digest()}
    tree = Tree()
    sealed = (
        select(LedgerLeaf, LedgerRow)
        .join(LedgerRow, LedgerRow.id == LedgerLeaf.ledger_row_id)
        .order_by(LedgerLeaf.number)
        .execution_options(yield_per=1000)
    )
    with session.execute(sealed) as rows:
        for leaf, row in rows:
            if leaf.number != tree.size:
                faults.append(f"Place {tree.size} of the ledger is missing.")
                break
            if leaf_hash(row) != leaf.leaf_hash:
                faults.append(f"The row at place {leaf.number} is not what was sealed.")
            tree.append(leaf.leaf_hash)
            if tree.size in heads:
                roots[tree.size] = tree.root()
    kept = _kept(heads_folder, faults)
    for size, root, at, key_id, signature in [
        *((h.size, h.root, h.sealed_at, h.key_id, h.signature) for h in heads.values()),
        *kept,
    ]:
        if roots.get(size) != root:
            faults.append(f"The tree of {size} rows does not have the root that was signed.")
        if not _signed(ring, key_id, signature, head_bytes(size, root, at)):
            faults.append(f"The head at {size} rows does not carry this key ring's signature.")
    total = session.scalar(select(func.count()).select_from(LedgerRow)) or 0
    return Verdict(total, total - tree.size, len(heads), len(kept), tuple(dict.fromkeys(faults)))


def _signed(ring: KeyRing, key_id: str, signature: bytes, message: bytes) -> bool:
    try:
        key = Ed25519PrivateKey.from_private_bytes(ring.by_id(key_id).secret).public_key()
        key.verify(signature, message)
    except (InvalidSignature, KeyRingError):
        return False
    return True


def _kept(folder: Path, faults: list[str]) -> list[tuple[int, bytes, dt.datetime, str, bytes]]:
    path = folder / "ledger-heads.jsonl"
    if not path.exists():
        return []
    kept = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            head = json.loads(line)
            kept.append(
                (
                    int(head["size"]),
                    bytes.fromhex(head["root"]),
                    dt.datetime.fromisoformat(head["sealed_at"]),
                    str(head["key"]),
                    bytes.fromhex(head["signature"]),
                )
            )
        except (ValueError, KeyError, TypeError):
            faults.append(f"Line {number} of the kept heads is damaged.")
    return kept
