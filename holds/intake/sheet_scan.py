"""What the workbook reader leaves out of an XLSX sheet: error values, formulas, hidden rows, merged cells.

An empty A-number and one whose formula failed are different mistakes, so the sheet's own XML is searched
(ECMA-376, 18.3.1.4: `<c r="B4" t="e">`). It is searched in pieces, not parsed: a hundred thousand rows take
half a second and no memory, beside the reader's own work. A cell that does not state its address (no known
writer omits it) is left as the reader gives it.
"""

import re
from pathlib import PurePosixPath
from zipfile import ZipFile

from holds.intake.package import MOST_SHEETS, pieces, small_part
from holds.intake.problem import IntakeError
from holds.intake.sheet_facts import SheetFacts, active_content
from holds.intake.source import too_large, unreadable

_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\bt=["']e["'])[^<>]*\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>"""
    rb"""(?:<(?:\w+:)?f\b[^<>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?(?:<(?:\w+:)?v>([^<]*)</)?"""
)
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>\s*"""
    rb"""<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)<)"""
)
_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]*\bhidden=["'](?:1|true)["'])[^<>]*\br=["']([0-9]{1,7})["']""")
_COLUMNS = re.compile(rb"""<(?:\w+:)?col\s(?=[^<>]*\bhidden=["'](?:1|true)["'])([^<>]*)>""")
_BOUND = re.compile(rb"""\b(min|max)=["']([0-9]{1,6})["']""")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*\bref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_EPOCH_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\s[^<>]*\bdate1904=["'](?:1|true)["']""")
_OVERLAP = 1 << 14  # longer than any formula Excel accepts (8,192 characters)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_MARKUP = (".xml", ".rels", ".vml")


def scan_worksheet(archive: ZipFile, sheet_name: str) -> SheetFacts:
    """The facts of a sheet by name. Raises IntakeError file.active_content, file.unreadable."""
    facts = SheetFacts()
    part = _sheet_parts(archive).get(sheet_name)
    if part is None:
        return facts
    held = b""
    plain = True
    for piece in pieces(archive, part):
        if not held:
            if b"worksheet" not in piece:
                raise unreadable()  # a relation that leads elsewhere in the package
            # Entities are defined before the sheet begins, or never (XML 1.0, 2.8).
            _refuse_entities(piece, begins=piece)
            plain = b"='" not in piece and b":worksheet" not in piece
        held += piece
        # What lies across two pieces is searched again with the next.
        _scan_piece(held, facts, plain=plain)
        held = held[-_OVERLAP:]
    return facts


def refuse_entities(archive: ZipFile) -> None:
    """Refuse a workbook whose XML defines entities: no workbook does, and they read files or grow endlessly.

    Sheets are left to `scan_worksheet`, which goes through them anyway. Raises IntakeError file.entities,
    file.active_content (a link to another program), file.unreadable.
    """
    sheets = set(_sheet_parts(archive).values())
    for part in archive.namelist():
        if not part.endswith(_MARKUP) or part in sheets:
            continue
        held = b""
        for piece in pieces(archive, part):
            held += piece
            _refuse_entities(held, begins=piece)
            if part.startswith("xl/externalLinks/") and re.search(rb"<(?:\w+:)?(?:dde|ole)Link\b", held):
                raise active_content()
            held = held[-64:]


def has_1904_epoch(archive: ZipFile) -> bool:
    """Whether the workbook counts days from 1904 (ECMA-376, 18.2.28)."""
    return bool(_EPOCH_1904.search(small_part(archive, "xl/workbook.xml")))


def refuse_endless_sheets(archive: ZipFile) -> None:
    """Refuse a workbook that names more sheets than anybody keeps."""
    if len(_SHEET.findall(small_part(archive, "xl/workbook.xml").decode("utf-8", "replace"))) > MOST_SHEETS:
        raise too_large()


def entities() -> IntakeError:
    """XML that defines entities."""
    return IntakeError("file.entities", "The workbook was tampered with: it refers to other files. Ask anew.")


def _scan_piece(held: bytes, facts: SheetFacts, *, plain: bool) -> None:
    """Look for a word first, which is quick; `plain`: without prefixes and single quotes, as most write."""
    if b'"e"' in held or not plain:
        for letters, row, text in _ERROR.findall(held):
            facts.errors[int(row) - 1, _column(letters)] = (text or b"#N/A").decode("ascii", "replace")
    if b"<f" in held or not plain:
        for letters, row, text in _FORMULA.findall(held):
            facts.add_formula(int(row) - 1, _column(letters), _plain(text.decode("utf-8", "replace")))
    if b"hidden=" in held:
        facts.hidden_rows.update(int(row) - 1 for row in _ROW.findall(held))
        for attributes in _COLUMNS.findall(held):
            bounds = {name: int(number) for name, number in _BOUND.findall(attributes)}
            if len(bounds) == 2:
                facts.hide_columns(bounds[b"min"] - 1, bounds[b"max"] - 1)
    if b"mergeCell" in held:
        for left, top, right, bottom in _MERGE.findall(held):
            facts.add_merge(int(top) - 1, _column(left), int(bottom) - 1, _column(right))


def _refuse_entities(held: bytes, *, begins: bytes) -> None:
    # In UTF-16 they could not be seen, and no program saves workbooks so.
    if begins.startswith((b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")):
        raise entities()
    if b"<!DOCTYPE" in held or b"<!ENTITY" in held:
        raise entities()


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Name of a sheet -> its part, of those that are there."""
    parts = set(archive.namelist())
    found: dict[str, str] = {}
    workbook = small_part(archive, "xl/workbook.xml").decode("utf-8", "replace")
    relations = small_part(archive, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {attribute(tag, "Id"): attribute(tag, "Target") for tag in RELATION.findall(relations)}
    for tag in _SHEET.findall(workbook):
        target = targets.get(attribute(tag, r"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in parts:
            found.setdefault(attribute(tag, "name"), part)
    return found


def attribute(tag: str, name: str) -> str:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", tag)
    return _plain(match[1] or match[2] or "") if match else ""


def _plain(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
