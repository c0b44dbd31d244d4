"""What the workbook reader leaves out of an .xls ([MS-XLS], BIFF8): errors, what is hidden, merged cells."""

import struct
from collections.abc import Iterator

from holds.intake.compound_file import CompoundFile
from holds.intake.sheet_facts import ERROR_CODES, SheetFacts
from holds.intake.source import encrypted, macros, unreadable

_FORMULA, _EOF, _DATE_1904, _FILE_PASS = 0x0006, 0x000A, 0x0022, 0x002F
_COLUMNS, _SHEET, _MERGES, _ERROR, _ROW = 0x007D, 0x0085, 0x00E5, 0x0205, 0x0208
_STREAMS = ("Workbook", "Book")


def workbook_stream(file: CompoundFile) -> bytes:
    """The workbook. Raises IntakeError file.encrypted, file.macros or file.unreadable."""
    if "EncryptedPackage" in file.entries or "EncryptionInfo" in file.entries:
        raise encrypted()
    if any(name in file.entries for name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")):
        raise macros()
    content = next((file.stream(name) for name in _STREAMS if name in file.entries), b"")
    if not content:
        raise unreadable()
    return content


def scan_xls(content: bytes) -> tuple[bool, list[SheetFacts]]:
    """Whether days count from 1904, and the facts of every sheet in the workbook's order."""
    epoch_1904 = False
    places: list[int] = []
    for kind, body in _records(content, 0):
        if kind == _FILE_PASS:
            raise encrypted()
        if kind == _DATE_1904:
            epoch_1904 = body[:1] == b"\x01"
        if kind == _SHEET and len(body) > 5:
            if body[5] in (1, 6):  # a sheet of macros, or a module of Visual Basic
                raise macros()
            places.append(struct.unpack_from("<I", body)[0])
    return epoch_1904, [_scan_sheet(content, place) for place in places]


def _scan_sheet(content: bytes, place: int) -> SheetFacts:
    facts = SheetFacts()
    try:
        for kind, body in _records(content, place):
            _note(facts, kind, body)
    except struct.error as error:
        raise unreadable() from error
    return facts


def _note(facts: SheetFacts, kind: int, body: bytes) -> None:
    if kind == _FORMULA:
        row, column = struct.unpack_from("<HH", body)
        facts.add_formula(row, column)
        if body[12:14] == b"\xff\xff" and body[6] == 2:
            facts.errors[row, column] = ERROR_CODES.get(body[8], "#N/A")
    elif kind == _ERROR:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
        if is_error:
            facts.errors[row, column] = ERROR_CODES.get(value, "#N/A")
    elif kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & 0x20:
            facts.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & 1:
            facts.hide_columns(first, min(last, 255))
    elif kind == _MERGES:
        for at in range(2, 2 + 8 * struct.unpack_from("<H", body)[0], 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            facts.add_merge(top, left, bottom, right)


def _records(content: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream, to its end. A nested one (a chart) ends with its own."""
    depth = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == 0x0809:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size
