"""What the workbook reader leaves out of an ODS (OpenDocument 1.3, part 3): errors, what is hidden, spans."""

from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from holds.intake.package import pieces
from holds.intake.sheet_facts import SheetFacts
from holds.intake.source import unreadable

_LAST_ROW = 1_048_575


class _Scan:
    """Follows rows and columns through `content.xml`, repeated ones counted."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.facts = SheetFacts()
        self.row = self.column = self.next_row = self.next_column = 0
        self.error_at: tuple[int, int] | None = None
        self.text: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table":
            self.facts = self.sheets.setdefault(given.get("table:name", ""), SheetFacts())
            self.row = self.next_row = self.next_column = 0
        elif tag == "table:table-column":
            count = _count(given, "columns")
            if given.get("table:visibility", "visible") != "visible":
                self.facts.hide_columns(self.next_column, self.next_column + count - 1)
            self.next_column += count
        elif tag == "table:table-row":
            count = _count(given, "rows")
            self.row, self.next_row, self.column = self.next_row, self.next_row + count, 0
            if given.get("table:visibility", "visible") != "visible":
                self.facts.hidden_rows.update(range(self.row, min(self.next_row, _LAST_ROW)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(given)

    def _start_cell(self, given: dict[str, str]) -> None:
        at = (self.row, self.column)
        self.column += _count(given, "columns")
        if formula := given.get("table:formula"):
            self.facts.add_formula(*at, formula)
        if given.get("calcext:value-type") == "error":
            self.error_at, self.text = at, []
        rows, columns = (_count(given, name, "spanned") for name in ("rows", "columns"))
        if rows > 1:
            self.facts.add_merge(at[0], at[1], at[0] + rows - 1, at[1] + columns - 1)

    def words(self, text: str) -> None:
        if self.error_at is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if tag == "table:table-cell" and self.error_at is not None:
            self.facts.errors[self.error_at] = "".join(self.text)[:32] or "#N/A"
            self.error_at = None


def scan_ods(archive: ZipFile) -> dict[str, SheetFacts]:
    """The facts of every sheet by name. Raises IntakeError file.unreadable, file.active_content."""
    scan = _Scan()
    parser: Any = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.words
    try:
        for piece in pieces(archive, "content.xml"):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise unreadable() from error
    return scan.sheets


def _count(given: dict[str, str], what: str, how: str = "repeated") -> int:
    text = given.get(f"table:number-{what}-{how}", "1")
    return min(int(text), _LAST_ROW + 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1
