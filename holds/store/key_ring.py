"""The key ring: a file outside the database, mode 0600, without which no row names anybody.

One key a purpose and generation. Several live keys of one index purpose mean a reindex in progress or
behind us: look-ups use them all, writes use the newest.
"""

import base64
import datetime as dt
import json
import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from holds.domain.refusal import RefusedError

PURPOSES = (
    "wrap",
    "index.a_number",
    "index.name_birth_date",
    "index.name",
    "fingerprint",
    "ledger.sign",
    "session",
)


class KeyRingError(RefusedError):
    """The key ring is missing, damaged or readable by others; the message says what to do."""


@dataclass(frozen=True)
class RingKey:
    """32 bytes for one purpose."""

    id: str
    purpose: str
    secret: bytes = field(repr=False)

    def digest(self, message: bytes) -> bytes:
        """HMAC-SHA-256 (RFC 2104), 32 bytes."""
        begun = self._hmac.copy()  # keyed once: a manifest takes ten thousand of them
        begun.update(message)
        return begun.finalize()

    def digests(self, messages: Iterable[str]) -> list[bytes]:
        """The same of many texts."""
        keyed, found = self._hmac, []
        for message in messages:
            begun = keyed.copy()
            begun.update(message.encode())
            found.append(begun.finalize())
        return found

    @cached_property
    def cipher(self) -> AESGCM:
        """AES-256-GCM under this key, for wrapping."""
        return AESGCM(self.secret)

    @cached_property
    def _hmac(self) -> HMAC:
        return HMAC(self.secret, SHA256())


@dataclass(frozen=True)
class KeyRing:
    """Keys, oldest first. `active` writes; `live` reads."""

    keys: tuple[RingKey, ...]

    def live(self, purpose: str) -> tuple[RingKey, ...]:
        return self._by_purpose.get(purpose, ())

    @cached_property
    def _by_purpose(self) -> dict[str, tuple[RingKey, ...]]:
        purposes = {key.purpose for key in self.keys}
        return {one: tuple(key for key in self.keys if key.purpose == one) for one in purposes}

    def active(self, purpose: str) -> RingKey:
        return self.live(purpose)[-1]

    def by_id(self, key_id: str) -> RingKey:
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyRingError(
            f"The key ring has no key {key_id}; put back the key file this database was made with."
        )

    def signing_key(self) -> tuple[str, Ed25519PrivateKey]:
        """The key that signs ledger heads, with its id."""
        key = self.active("ledger.sign")
        return key.id, Ed25519PrivateKey.from_private_bytes(key.secret)


def new_ring() -> KeyRing:
    """A ring with one fresh key a purpose."""
    return KeyRing(tuple(new_key(purpose) for purpose in PURPOSES))


def new_key(purpose: str) -> RingKey:
    """A fresh key. The id is random: it names no date and no order."""
    return RingKey(id=secrets.token_hex(4), purpose=purpose, secret=secrets.token_bytes(32))


def write_ring(path: Path, ring: KeyRing) -> None:
    """Write the ring as a new file of mode 0600; an existing file is never overwritten."""
    text = json.dumps(
        {
            "holdfast_key_ring": 1,
            "written": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "keys": [
                {"id": k.id, "purpose": k.purpose, "secret": base64.b64encode(k.secret).decode()}
                for k in ring.keys
            ],
        },
        indent=1,
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRingError(f"There is a file at {path} already; a key ring is never overwritten.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    # The name too: a ring that a power cut takes back would leave a database that nobody can open.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_ring(path: Path) -> KeyRing:
    """Read the ring, or raise `KeyRingError`: absent, open to other users, or not a whole ring."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise KeyRingError(
            f"There is no key ring at {path}; run `holdfast init`, or put back the backup of the ring."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeyRingError(f"The key ring {path} is open to other users; run: chmod 600 {path}")
    try:
        document = json.loads(path.read_text())
        keys = tuple(
            RingKey(id=k["id"], purpose=k["purpose"], secret=base64.b64decode(k["secret"], validate=True))
            for k in document["keys"]
        )
    except (ValueError, KeyError, TypeError):
        raise KeyRingError(f"The key ring {path} is damaged; put back its backup.") from None
    missing = [p for p in PURPOSES if not any(k.purpose == p for k in keys)]
    if missing or any(len(k.secret) != 32 for k in keys):
        raise KeyRingError(f"The key ring {path} is not whole; put back its backup.")
    return KeyRing(keys)
