"""Where an XLSX sheet holds error values (`#N/A`, `#REF!`): the workbook reader hands them on as empty cells.

An empty A-number and one whose formula failed are different mistakes, so the sheet's own XML is searched for
cells of type error (ECMA-376, 18.3.1.4: `<c r="B4" t="e">`). It is searched in pieces, not parsed: a
hundred thousand rows take about a second and no memory. A cell that does not state its address (no known
writer omits it) stays empty.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from zipfile import ZipFile

_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>"""
    rb"""(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?(?:<(?:\w+:)?v>([^<]*)</)?"""
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_PIECE = 1 << 20
_OVERLAP = 1 << 14  # longer than any formula Excel accepts (8,192 characters)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def find_error_cells(archive: ZipFile, sheet_name: str) -> dict[tuple[int, int], str]:
    """Zero-based (row, column) of every error value on the sheet, with its text (`#N/A`)."""
    part = _sheet_part(archive, sheet_name)
    if part is None:
        return {}
    return {
        (int(row) - 1, _column(letters.decode())): (text or b"#N/A").decode("ascii", "replace")
        for letters, row, text in _matches(archive, part)
    }


def _matches(archive: ZipFile, part: str) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    with archive.open(part) as stream:
        held = b""
        while piece := stream.read(_PIECE):
            held += piece
            # An error's tag may lie across two pieces, so the end of each is searched again with the next.
            if b'"e"' in held or b"'e'" in held:
                for match in _CELL.finditer(held):
                    yield match[1], match[2], match[3]
            held = held[-_OVERLAP:]


def _sheet_part(archive: ZipFile, sheet_name: str) -> str | None:
    parts = set(archive.namelist())
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return None
    workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    for tag in _SHEET.findall(workbook):
        if _attribute(tag, "name") == sheet_name:
            target = targets.get(_attribute(tag, r"\w+:id"), "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            return part if part in parts else None
    return None


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag)
    value = (match[1] or match[2] or "") if match else ""
    for entity, character in _ENTITIES.items():
        value = value.replace(entity, character)
    return value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
