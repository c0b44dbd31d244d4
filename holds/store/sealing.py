"""Sealing: AES-256-GCM under one data key an owner, bound to the table, column and row it stands in.

A sealed value is: version (1 byte), data-key check (4 bytes), nonce (12), ciphertext with tag. Moved to
another row, column or owner it does not open (NIST SP 800-38D; associated data). A fresh random nonce a
value stays far below 2^32 values a key, since every person has their own.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holds.domain.refusal import RefusedError
from holds.store.key_ring import KeyRing, KeyRingError

VERSION = b"\x01"
CHECK_BYTES = 4
NONCE_BYTES = 12


class SealBrokenError(RefusedError):
    """A sealed value does not open: it was changed, moved, or belongs to another key."""


@dataclass(frozen=True)
class OwnerKey:
    """One owner's data key, unwrapped. Lives in memory for one transaction."""

    owner_id: uuid.UUID
    secret: bytes = field(repr=False)

    def seal(self, table: str, column: str, row_id: object, plain: bytes) -> bytes:
        """Seal a value for exactly this place."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        aad = _place(self.owner_id, table, column, row_id)
        return VERSION + self.check + nonce + self._cipher.encrypt(nonce, plain, aad)

    def open(self, table: str, column: str, row_id: object, sealed: bytes) -> bytes:
        """Open a value that was sealed for exactly this place, or raise `SealBrokenError`."""
        head = len(VERSION) + CHECK_BYTES
        if sealed[:1] != VERSION or not hmac.compare_digest(sealed[1:head], self.check):
            raise SealBrokenError(f"{table}.{column} is sealed under another key")
        nonce, body = sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, _place(self.owner_id, table, column, row_id))
        except (InvalidTag, ValueError):  # ValueError: cut short within the nonce
            raise SealBrokenError(f"{table}.{column} was changed or moved") from None

    @cached_property
    def check(self) -> bytes:
        """Tells which key sealed a value, and nothing of the key."""
        return hashlib.sha256(b"holdfast data key" + self.secret).digest()[:CHECK_BYTES]

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.secret)


def _place(owner_id: uuid.UUID, table: str, column: str, row_id: object) -> bytes:
    owner = str(owner_id)
    return f"{owner}\x1f{table}\x1f{column}\x1f{owner if row_id is owner_id else row_id}".encode()


def new_owner_key(owner_id: uuid.UUID) -> OwnerKey:
    """A fresh 256-bit data key."""
    return OwnerKey(owner_id, secrets.token_bytes(32))


def wrap(ring: KeyRing, key: OwnerKey) -> tuple[str, bytes]:
    """The data key under the ring's newest wrapping key: (ring key id, nonce + ciphertext)."""
    ring_key = ring.active("wrap")
    nonce = secrets.token_bytes(NONCE_BYTES)
    aad = f"data_key\x1f{key.owner_id}\x1f{ring_key.id}".encode()
    return ring_key.id, nonce + ring_key.cipher.encrypt(nonce, key.secret, aad)


def unwrap(ring: KeyRing, owner_id: uuid.UUID, ring_key_id: str, wrapped: bytes) -> OwnerKey:
    """Unwrap a data key, or raise `KeyRingError` when the ring is not the one it was wrapped under."""
    ring_key = ring.by_id(ring_key_id)
    aad = f"data_key\x1f{owner_id}\x1f{ring_key_id}".encode()
    try:
        secret = ring_key.cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError):
        raise KeyRingError("A data key does not open under this key ring; put back the right one.") from None
    return OwnerKey(owner_id, secret)


def index_values(ring: KeyRing, kind: str, term: str) -> tuple[tuple[str, bytes], ...]:
    """The keyed index of a term under every live key: (key id, 32 bytes). A bare hash falls in minutes."""
    return tuple((key.id, key.digest(term.encode())) for key in ring.live(f"index.{kind}"))


def fingerprint(ring: KeyRing, text: str) -> bytes:
    """The keyed fingerprint of a row or value, for telling repeats without keeping the content."""
    return ring.active("fingerprint").digest(text.encode())
