"""Sealed files in the spool folder: written whole or not at all, named by references that name nobody."""

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from notify.domain.channel import Sealer


@dataclass(frozen=True)
class SealedSpool:
    """The folder below which letters and messages wait to be printed or read."""

    folder: Path

    def write(self, key: Sealer, attempt_id: uuid.UUID, name: str, content: bytes) -> str:
        """Seal content as the file `name` below the folder, sync it, and return the name.

        The file appears in one step under a name that the notice fixes. Doing an attempt again therefore
        leaves the same one file, which is why a spool write, and nothing else, may be repeated.
        """
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f".{attempt_id}.part")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.seal("spool", "file", name, content))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
        return name

    def read(self, name: str) -> bytes:
        """The sealed bytes of a file, by the name `write` gave."""
        return (self.folder / name).read_bytes()
