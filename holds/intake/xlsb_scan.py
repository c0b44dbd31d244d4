"""What the workbook reader leaves out of an .xlsb ([MS-XLSB]): errors, formulas, what is hidden, merges."""

import struct
from collections.abc import Iterator
from pathlib import PurePosixPath
from zipfile import ZipFile

from holds.intake.package import MOST_SHEETS, pieces, small_part
from holds.intake.sheet_facts import ERROR_CODES, SheetFacts
from holds.intake.sheet_scan import RELATION, attribute
from holds.intake.source import too_large, unreadable

_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMNS, _WORKBOOK, _SHEET, _MERGE = 0, 3, 11, 60, 153, 156, 176
_FORMULAS = (8, 9, 10, 11)


def xlsb_sheets(archive: ZipFile) -> tuple[bool, list[str]]:
    """Whether days count from 1904, and the part of every sheet in the workbook's order."""
    relations = small_part(archive, "xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
    targets = {attribute(tag, "Id"): attribute(tag, "Target") for tag in RELATION.findall(relations)}
    epoch_1904, parts = False, []
    for kind, body in _records(archive, "xl/workbook.bin"):
        if kind == _WORKBOOK:
            epoch_1904 = bool(body[0] & 1) if body else False
        elif kind == _SHEET:
            size = struct.unpack_from("<8xI", body)[0]
            target = targets.get(body[12 : 12 + 2 * size].decode("utf-16-le", "replace"), "")
            parts.append(target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target))
    if len(parts) > MOST_SHEETS:
        raise too_large()
    return epoch_1904, parts


def scan_xlsb(archive: ZipFile, part: str) -> SheetFacts:
    """The facts of a sheet by its part. Raises IntakeError file.unreadable."""
    facts = SheetFacts()
    if part not in archive.namelist():
        return facts
    row = 0
    try:
        for kind, body in _records(archive, part):
            if kind == _ROW:
                row = struct.unpack_from("<I", body)[0]
                if body[11] & 0x10:
                    facts.hidden_rows.add(row)
            elif kind in _FORMULAS or kind == _CELL_ERROR:
                column = struct.unpack_from("<I", body)[0]
                if kind in _FORMULAS:
                    facts.add_formula(row, column)
                if kind in (_CELL_ERROR, _FORMULA_ERROR):
                    facts.errors[row, column] = ERROR_CODES.get(body[8], "#N/A")
            elif kind == _COLUMNS:
                first, last, flags = struct.unpack_from("<II8xH", body)
                if flags & 1:
                    facts.hide_columns(first, last)
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                facts.add_merge(top, left, bottom, right)
    except (struct.error, IndexError) as error:
        raise unreadable() from error
    return facts


def _records(archive: ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    held = b""
    for piece in pieces(archive, part):
        held += piece
        at = 0
        while (found := _record(held, at)) is not None:
            kind, start, end = found
            yield kind, held[start:end]
            at = end
        held = held[at:]
    if held:
        raise unreadable()


def _record(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, start and end of the record at a place; None where it is not all there ([MS-XLSB] 2.1.4)."""
    if at + 2 > len(held):
        return None
    kind = held[at]
    at += 1
    if kind & 0x80:
        kind = kind & 0x7F | held[at] << 7
        at += 1
    size = 0
    for shift in (0, 7, 14, 21):
        if at >= len(held):
            return None
        size |= (held[at] & 0x7F) << shift
        at += 1
        if not held[at - 1] & 0x80:
            break
    return (kind, at, at + size) if at + size <= len(held) else None
