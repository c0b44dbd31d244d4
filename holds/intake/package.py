"""What is inside a zipped workbook (XLSX, XLSB, ODS), judged before any of it is unpacked.

A list of parts that was made to harm is told by sizes and names alone: whatever a part claims to unpack to
is counted, and a claim that is too small ends the part early. Sources: PKWARE APPNOTE 4.3, ECMA-376 part 2.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from holds.intake.problem import IntakeError
from holds.intake.source import encrypted, macros, too_large, unreadable, unsupported

PackageKind = Literal["xlsx", "xlsb", "ods"]

LARGEST_UNPACKED = 512 * 1024**2
MOST_PARTS = 5_000
MOST_SHEETS = 500
_LARGEST_SMALL_PART = 8 * 1024**2  # the list of sheets, of relations, of styles
_SUSPECT_FROM = 4 * 1024**2
_DENSEST = 60  # a list of people unpacks to about ten times its size, an empty formatted sheet to forty
_END = b"PK\x05\x06"
_PIECE = 1 << 20
DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What reading a broken archive raises."""


def open_package(content: bytes) -> tuple[ZipFile, PackageKind]:
    """The archive and what it is. Raises IntakeError file.bomb, file.unsafe_names, file.encrypted,
    file.macros, file.too_large, file.unsupported or file.unreadable.
    """
    _refuse_endless_directory(content)
    try:
        archive = ZipFile(io.BytesIO(content))
    except DAMAGE as error:
        raise unreadable() from error
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted()
    _refuse_bombs(parts, len(content))
    if any(_leaves_its_folder(name) for name in names) or len(names) != len(parts):
        raise IntakeError("file.unsafe_names", "The workbook was tampered with. Ask for it anew.")
    if any(re.search(r"vbaProject|^xl/macrosheets/|^(?:Basic|Scripts)/.", name) for name in names):
        raise macros()
    return archive, _kind(archive, names)


def pieces(archive: ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces of a megabyte. Raises IntakeError file.unreadable."""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except DAMAGE as error:
        raise unreadable() from error


def small_part(archive: ZipFile, part: str) -> bytes:
    """A whole part of at most eight megabytes; empty where there is none."""
    if part not in archive.namelist():
        return b""
    if archive.getinfo(part).file_size > _LARGEST_SMALL_PART:
        raise too_large()
    return b"".join(pieces(archive, part))


def _refuse_endless_directory(content: bytes) -> None:
    """Refuse by the end record alone: a directory of a million parts takes half a gigabyte to list."""
    at = content.rfind(_END, max(0, len(content) - 66_000))
    if at < 0 or len(content) < at + 22:
        raise unreadable()
    count, size = struct.unpack_from("<HI", content, at + 10)
    if count > MOST_PARTS or size > _LARGEST_SMALL_PART or content.count(b"PK\x01\x02") > MOST_PARTS:
        raise too_large()


def _refuse_bombs(parts: list[ZipInfo], size: int) -> None:
    dense = any(
        part.file_size > _SUSPECT_FROM and part.file_size > _DENSEST * max(part.compress_size, 1)
        for part in parts
    )
    nested = any(part.filename.lower().endswith((".zip", ".gz", ".7z", ".rar", ".xz")) for part in parts)
    overlapping = sum(part.compress_size for part in parts) > size
    if dense or nested or overlapping:
        raise IntakeError(
            "file.bomb", "The workbook unpacks to far more than a list has. Save the list as CSV UTF-8."
        )
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise too_large()


def _leaves_its_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name or "\0" in name


def _kind(archive: ZipFile, names: set[str]) -> PackageKind:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and small_part(archive, "mimetype").strip().endswith(b"spreadsheet"):
        if b"encryption-data" in small_part(archive, "META-INF/manifest.xml"):
            raise encrypted()
        return "ods"
    raise unsupported()
