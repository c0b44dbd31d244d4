"""Destroying a file whose content is on record, sealed: a copy in clear would undo the sealing."""

import os
import secrets
import stat
from pathlib import Path

from holds.actions.source_lists import file_sha256
from holds.intake.problem import IntakeError

_PIECE = 1 << 20


def refuse_unshreddable(path: Path) -> None:
    """Raise IntakeError before anything is done where shredding would leave a copy, or fail at the end."""
    if path.is_symlink():
        raise IntakeError("shred.link", "The file is a link; name the file itself to have it shredded.")
    known = path.stat()
    if not stat.S_ISREG(known.st_mode) or known.st_nlink > 1:
        raise IntakeError(
            "shred.link", "The file has another name as well, or is no plain file, so it cannot be shredded."
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise IntakeError("shred.denied", "You may not write to the file and its folder: nothing was done.")


def shred_file(path: Path, *, sha256: bytes) -> None:
    """Overwrite the file with random bytes, cut it to nothing and remove it.

    Raises IntakeError where its content is no longer what was imported. What a drive, a journal or a backup
    keeps of the old bytes is beyond a program's reach: the disk itself must be encrypted.
    """
    refuse_unshreddable(path)
    if file_sha256(path) != sha256:
        raise IntakeError("file.changed", "The file was changed while it was imported; it was not shredded.")
    with path.open("r+b", buffering=0) as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(secrets.token_bytes(min(left, _PIECE)))
        os.fsync(file.fileno())
        file.truncate(0)
        os.fsync(file.fileno())
    path.unlink()
