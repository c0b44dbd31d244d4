"""XLS and XLSB written byte by byte from their published formats: no kept library writes either.

A value is a string, a number, a bool, None (no cell), a `Mark` of an error value or of a formula's result.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


@dataclass(frozen=True)
class Mark:
    """`Mark("#N/A")` is an error value; `Mark(2.0, formula=True)` the result of a formula."""

    value: object
    formula: bool = False


@dataclass(frozen=True)
class SheetSpec:
    """Zero-based hidden rows and columns; merges as (first row, last row, first column, last column)."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden: int = 0
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merges: Sequence[tuple[int, int, int, int]] = ()


_ERRORS = {"#N/A": 0x2A, "#REF!": 0x17, "#DIV/0!": 0x07}


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file ([MS-CFB]) of streams, each padded to the 4,096 bytes that need no mini stream."""
    sectors: list[bytes] = []
    table: list[int] = []

    def place(content: bytes) -> int:
        start = len(sectors)
        count = max(1, -(-len(content) // SECTOR))
        for index in range(count):
            sectors.append(content[index * SECTOR : (index + 1) * SECTOR].ljust(SECTOR, b"\0"))
            table.append(start + index + 1 if index + 1 < count else END)
        return start

    starts = {name: place(content.ljust(4096, b"\0")) for name, content in streams.items()}
    names = list(streams)
    entries = [_entry("Root Entry", 5, 1 if names else FREE, END, 0)]
    for index, name in enumerate(names):
        right = index + 2 if index + 1 < len(names) else FREE
        entries.append(_entry(name, 2, FREE, starts[name], max(4096, len(streams[name])), right=right))
    directory = place(b"".join(entries))
    fat_sectors = -(-(len(sectors) + len(sectors) // 100 + 2) // (SECTOR // 4))
    first_fat = len(sectors)
    table += [FAT] * fat_sectors
    table += [FREE] * (fat_sectors * SECTOR // 4 - len(table))
    sectors += [struct.pack("<128I", *table[index * 128 : (index + 1) * 128]) for index in range(fat_sectors)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory, 0, 4096, END, 0, END, 0, first_fat,
    )  # fmt: skip
    places = struct.pack("<108I", *(first_fat + i if i < fat_sectors else FREE for i in range(1, 109)))
    return header + places + b"".join(sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int, *, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ", text, len(text), kind, 1, FREE, right, child, 0, start & 0xFFFFFFFF, size
    )


def write_xls(path: Path, sheets: Sequence[SheetSpec], *, epoch_1904: bool = False) -> Path:
    """A workbook of BIFF8 ([MS-XLS] 2.4)."""
    bodies = [_biff_sheet(sheet) for sheet in sheets]
    globals_ = [_biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0))]
    globals_.append(_biff(0x0022, struct.pack("<H", epoch_1904)))
    names = [struct.pack("<BB", len(s.name), 0) + s.name.encode("latin-1") for s in sheets]
    size = sum(map(len, globals_)) + sum(4 + 6 + len(name) for name in names) + 4
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        globals_.append(_biff(0x0085, struct.pack("<IBB", size, sheet.hidden, 0) + name))
        size += len(body)
    path.write_bytes(compound({"Workbook": b"".join([*globals_, _biff(0x000A, b""), *bodies])}))
    return path


def _biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff_sheet(sheet: SheetSpec) -> bytes:
    width = max((len(row) for row in sheet.rows), default=0)
    parts = [_biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))]
    parts += [_biff(0x007D, struct.pack("<HHHHHH", c, c, 2304, 15, 1, 0)) for c in sheet.hidden_columns]
    parts.append(_biff(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)))
    parts += [
        _biff(0x0208, struct.pack("<HHHHHHHH", r, 0, width, 255, 0, 0, 0x120, 15)) for r in sheet.hidden_rows
    ]
    for row, values in enumerate(sheet.rows):
        parts += [_biff_cell(row, column, value) for column, value in enumerate(values) if value is not None]
    if sheet.merges:
        ranges = b"".join(struct.pack("<HHHH", *merge) for merge in sheet.merges)
        parts.append(_biff(0x00E5, struct.pack("<H", len(sheet.merges)) + ranges))
    return b"".join([*parts, _biff(0x000A, b"")])


def _biff_cell(row: int, column: int, value: object) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if isinstance(value, Mark):
        if not value.formula:
            return _biff(0x0205, at + struct.pack("<BB", _ERRORS[str(value.value)], 1))
        if isinstance(value.value, float):
            result = struct.pack("<d", value.value)
        else:
            result = struct.pack("<BxBxxxH", 2, _ERRORS[str(value.value)], 0xFFFF)
        return _biff(0x0006, at + result + struct.pack("<HI", 0, 0) + struct.pack("<HBH", 3, 0x1E, 2))
    if isinstance(value, bool):
        return _biff(0x0205, at + struct.pack("<BB", value, 0))
    if isinstance(value, int | float):
        return _biff(0x0203, at + struct.pack("<d", float(value)))
    text = str(value).encode("utf-16-le")
    return _biff(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text)


def write_xlsb(path: Path, sheets: Sequence[SheetSpec], *, epoch_1904: bool = False) -> Path:
    """A workbook of BIFF12 ([MS-XLSB] 2.4), its strings in their cells."""
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = b"".join(
        _record(156, struct.pack("<II", sheet.hidden, n) + _wide(f"rId{n}") + _wide(sheet.name))
        for n, sheet in enumerate(sheets, start=1)
    )
    workbook = (
        _record(131, b"") + _record(153, struct.pack("<III", int(epoch_1904), 0, 0)) + _record(143, b"")
        + listed + _record(144, b"") + _record(132, b"")
    )  # fmt: skip
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
            "</Relationships>",
        )
        for n, sheet in enumerate(sheets, start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.bin", _binary_sheet(sheet))
    return path


def _binary_sheet(sheet: SheetSpec) -> bytes:
    width = max((len(row) for row in sheet.rows), default=1)
    parts = [
        _record(129, b""),
        _record(148, struct.pack("<IIII", 0, max(0, len(sheet.rows) - 1), 0, width - 1)),
    ]
    if sheet.hidden_columns:
        parts.append(_record(390, b""))
        parts += [_record(60, struct.pack("<IIIIH", c, c, 2304, 0, 1)) for c in sheet.hidden_columns]
        parts.append(_record(391, b""))
    parts.append(_record(145, b""))
    for row, values in enumerate(sheet.rows):
        hidden = 0x10 if row in sheet.hidden_rows else 0
        parts.append(_record(0, struct.pack("<IIHBBB", row, 0, 300, 0, hidden, 0) + struct.pack("<I", 0)))
        parts += [_binary_cell(column, value) for column, value in enumerate(values) if value is not None]
    parts.append(_record(146, b""))
    if sheet.merges:
        parts.append(_record(177, struct.pack("<I", len(sheet.merges))))
        parts += [_record(176, struct.pack("<IIII", *merge)) for merge in sheet.merges]
        parts.append(_record(178, b""))
    return b"".join([*parts, _record(130, b"")])


def _binary_cell(column: int, value: object) -> bytes:
    at = struct.pack("<II", column, 0)
    if isinstance(value, Mark):
        formula = (
            struct.pack("<H", 0) + struct.pack("<I", 3) + struct.pack("<BH", 0x1E, 2) + struct.pack("<I", 0)
        )
        if not value.formula:
            return _record(3, at + bytes([_ERRORS[str(value.value)]]))
        if isinstance(value.value, float):
            return _record(9, at + struct.pack("<d", value.value) + formula)
        return _record(11, at + bytes([_ERRORS[str(value.value)]]) + formula)
    if isinstance(value, bool):
        return _record(4, at + bytes([value]))
    if isinstance(value, int | float):
        return _record(5, at + struct.pack("<d", float(value)))
    return _record(6, at + _wide(str(value)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body
