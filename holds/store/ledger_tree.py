"""The ledger's tree: leaf and node hashes as RFC 6962, 2.1, over a canonical text of each row."""

import datetime as dt
import hashlib
import json

from holds.store.ledger_rows import LedgerRow


def leaf_hash(row: LedgerRow) -> bytes:
    """SHA-256(0x00 || canonical JSON of the row). Times in UTC to the microsecond."""
    content = {
        "id": str(row.id),
        "organisation": str(row.organisation_id),
        "actor": str(row.actor_id),
        "verb": row.verb,
        "subject": str(row.subject_id),
        "person": str(row.person_id) if row.person_id else None,
        "codes": row.codes,
        "commitment": row.commitment.hex(),
        "at": row.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing Merkle tree that keeps only the roots of its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash; equal subtrees are joined at once."""
        height = 0
        while self._full and self._full[-1][0] == height:
            leaf = node_hash(self._full.pop()[1], leaf)
            height += 1
        self._full.append((height, leaf))
        self.size += 1

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far; of none, the hash of nothing."""
        if not self._full:
            return hashlib.sha256(b"").digest()
        digest = self._full[-1][1]
        for _, left in reversed(self._full[:-1]):
            digest = node_hash(left, digest)
        return digest


def head_bytes(size: int, root: bytes, sealed_at: dt.datetime) -> bytes:
    """What the head's signature covers."""
    at = sealed_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return b"holdfast ledger head\x1f" + f"{size}\x1f{at}\x1f".encode() + root
