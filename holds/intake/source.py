"""The file that was named: opened once, found to be an ordinary file, and told apart by its content alone."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from holds.intake.problem import IntakeError

FileKind = Literal["package", "compound", "text"]

LARGEST_WORKBOOK = 48 * 1024**2
"""Bytes of a workbook as it lies on disk: 250,000 rows of twenty columns take about 22 MB."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: .xls, and every encrypted .xlsx
_OTHER_FORMATS = (
    b"%pdf", b"{\\rtf", b"<html", b"<!doctype", b"<?xml", b"\x89png", b"\x1f\x8b", b"7z\xbc\xaf", b"rar!",
    b"\x7felf", b"mz\x90", b"sqlite format 3",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """An open file, which the caller closes, its kind by content, and its size in bytes."""

    descriptor: int
    kind: FileKind
    size: int

    def close(self) -> None:
        """Let go of the file."""
        os.close(self.descriptor)


def open_source(path: Path) -> Source:
    """Open a file for reading, once. Never waits for a pipe, follows no link, and opens no device.

    Raises IntakeError file.missing, file.not_regular, file.empty, file.unsupported or file.too_large.
    """
    try:
        # Without O_NONBLOCK a named pipe would be waited for until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise _not_regular() from error
        raise IntakeError("file.missing", f"The file {path.name} cannot be opened.") from error
    try:
        return _judge(descriptor)
    except BaseException:
        os.close(descriptor)
        raise


def demand_file(path: Path) -> FileKind:
    """Raise what `open_source` would, before a check sum or the like waits for the file; else its kind."""
    source = open_source(path)
    source.close()
    return source.kind


def too_large() -> IntakeError:
    """A workbook that does not fit the limits."""
    return IntakeError("file.too_large", "The workbook is too large to open. Save the list as CSV UTF-8.")


def unreadable() -> IntakeError:
    """A workbook that breaks while it is read."""
    return IntakeError("file.unreadable", "The workbook is damaged or incomplete.")


def encrypted() -> IntakeError:
    """A workbook under a password."""
    return IntakeError("file.encrypted", "The workbook is protected by a password. Save it without one.")


def macros() -> IntakeError:
    """A workbook with a program in it."""
    return IntakeError("file.macros", "The workbook carries macros. Save it as .xlsx without them.")


def unsupported() -> IntakeError:
    """No format that lists come in."""
    return IntakeError(
        "file.unsupported", "This is neither a workbook (.xlsx, .xls, .xlsb, .ods) nor text (.csv)."
    )


def _judge(descriptor: int) -> Source:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise _not_regular()
    kind = _kind(os.pread(descriptor, 8192, 0))
    if kind != "text" and status.st_size > LARGEST_WORKBOOK:
        raise too_large()
    return Source(descriptor, kind, status.st_size)


def _not_regular() -> IntakeError:
    return IntakeError("file.not_regular", "This is a link, pipe, device or folder. Name the file itself.")


def _kind(start: bytes) -> FileKind:
    if not start.strip():
        raise IntakeError("file.empty", "The file is empty.")
    if start.startswith(_COMPOUND):
        return "compound"
    if start.startswith(b"PK"):
        return "package"
    if start.lstrip()[:16].lower().startswith(_OTHER_FORMATS):
        raise unsupported()
    return "text"
