"""Streams of an OLE compound file ([MS-CFB]): the container of .xls, and of every encrypted .xlsx."""

import struct
from dataclasses import dataclass

from holds.intake.source import unreadable

_END_OF_CHAIN = 0xFFFFFFFE
_LARGEST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_ROOT = "Root Entry"
_SMALL = 4_096
_SMALL_SECTOR = 64


@dataclass(frozen=True)
class CompoundFile:
    """`entries`: name -> (first sector, size) of every stream and storage."""

    content: bytes
    sector: int
    table: tuple[int, ...]
    small_table: tuple[int, ...]
    entries: dict[str, tuple[int, int]]

    def stream(self, name: str) -> bytes:
        """The content of a stream; b"" where there is none. Small ones share the root's ([MS-CFB] 2.4)."""
        start, size = self.entries.get(name, (_END_OF_CHAIN, 0))
        if size >= _SMALL:
            return _chain(self.content, self.sector, self.table, start)[:size]
        shared = _chain(self.content, self.sector, self.table, self.entries[_ROOT][0])
        return _chain(shared, _SMALL_SECTOR, self.small_table, start, before=0)[:size]


def open_compound(content: bytes) -> CompoundFile:
    """Read the allocation table and directory. Raises IntakeError file.unreadable where it is cut off."""
    try:
        shift, table_sectors = struct.unpack_from("<30xH12xI", content)
        directory, small, next_difat, difat_sectors = struct.unpack_from("<48xI8xI4xII", content)
        sector = 1 << shift
        if shift not in (9, 12) or table_sectors > len(content) // sector + 1:
            raise unreadable()
        places = list(struct.unpack_from("<109I", content, 76))
        for _ in range(min(difat_sectors, len(content) // sector)):
            more = struct.unpack_from(f"<{sector // 4}I", content, (next_difat + 1) * sector)
            places += more[:-1]
            next_difat = more[-1]
        table: list[int] = []
        for place in places[:table_sectors]:
            if place < _LARGEST_SECTOR:
                table += struct.unpack_from(f"<{sector // 4}I", content, (place + 1) * sector)
        listing = _chain(content, sector, tuple(table), directory)
        small_list = _chain(content, sector, tuple(table), small)
    except struct.error as error:
        raise unreadable() from error
    entries: dict[str, tuple[int, int]] = {}
    for at in range(0, len(listing) - _ENTRY + 1, _ENTRY):
        length, start, size = struct.unpack_from("<64xH50xII", listing, at)
        name = listing[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name:
            entries.setdefault(name, (start, size))
    if _ROOT not in entries:
        raise unreadable()
    small_table = struct.unpack(f"<{len(small_list) // 4}I", small_list[: len(small_list) // 4 * 4])
    return CompoundFile(content, sector, tuple(table), small_table, entries)


def _chain(content: bytes, sector: int, table: tuple[int, ...], start: int, *, before: int = 1) -> bytes:
    """Sectors in their order; `before` counts those ahead of the first, which is the header."""
    parts: list[bytes] = []
    seen: set[int] = set()
    while start < _LARGEST_SECTOR:
        if start in seen or start >= len(table):
            raise unreadable()
        seen.add(start)
        parts.append(content[(start + before) * sector : (start + before + 1) * sector])
        start = table[start]
    if start != _END_OF_CHAIN:
        raise unreadable()
    return b"".join(parts)
