"""Workbooks and delimited text as sheets of typed cells.

Each kind of cell stays apart: a spreadsheet stores 900000001 as the float 900000001.0 and a date as a number,
and a reader that sees only text turns the one into a wrong A-number and the other into a wrong birthday.
"""

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, NamedTuple, cast
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from holds.intake.delimited_text import read_delimited_rows
from holds.intake.error_cells import find_error_cells
from holds.intake.problem import IntakeError

CellKind = Literal["text", "number", "date", "boolean", "error", "empty"]
CellValue = str | float | bool | dt.date | None

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (b"%PDF", b"{\\rtf", b"<html", b"<!doctype", b"\x89PNG", b"\x1f\x8b", b"7z\xbc\xaf")
_ERROR_TEXTS = {
    "#N/A", "#N/A N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!",
}  # fmt: skip
_LARGEST_UNPACKED = 4 * 1024**3  # a million rows of twenty columns unpack to about 1.5 GB


class Cell(NamedTuple):
    """One cell. `value` is typed by `kind` (None for error and empty); `text` is what a person would type.

    Whole numbers are without `.0`, dates as ISO 8601, errors as `#N/A`.
    """

    kind: CellKind
    value: CellValue
    text: str


EMPTY = Cell("empty", None, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet, read when asked. Rows begin at row 1 even where the sheet's first rows are blank."""

    name: str
    visible: bool
    _read: Callable[[], Iterable[Sequence[object]]]
    _find_errors: Callable[[], dict[tuple[int, int], str]] = dict

    def rows(self) -> Iterator[list[Cell]]:
        """Every row from row 1. Text files are read again by each call; a workbook's sheet stays in
        memory.
        """
        errors = self._find_errors()
        rows_with_errors = {row for row, _ in errors}
        for index, values in enumerate(self._read()):
            cells = [EMPTY if value == "" else typed_cell(value) for value in values]
            if index in rows_with_errors:
                for column in range(len(cells)):
                    if (index, column) in errors:
                        cells[column] = Cell("error", None, errors[index, column])
            yield cells

    def texts(self, columns: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """What stands as text in some columns, row by row ("" for any other kind). Cheaper than `rows`."""
        for values in self._read():
            yield tuple(
                value if column < len(values) and isinstance(value := values[column], str) else ""
                for column in columns
            )


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of an XLSX workbook, or the one of a CSV. Raises IntakeError where the file cannot be read.

    Codes: file.missing, file.empty, file.encrypted, file.macros, file.unsupported, file.too_large,
    file.unreadable, file.quotes (the last two also while rows are read).
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(8192)
    except OSError as error:
        raise IntakeError("file.missing", f"The file {path.name} cannot be opened.") from error
    if not start.strip():
        raise IntakeError("file.empty", "The file is empty.")
    if start.startswith(_OLE_MAGIC):
        raise _old_office_file(path)
    if start.startswith(b"PK"):
        return _workbook_sheets(path)
    if start.lstrip()[:16].lower().startswith(tuple(magic.lower() for magic in _OTHER_FORMATS)):
        raise IntakeError("file.unsupported", "This is neither a workbook (.xlsx) nor text (.csv).")
    return [Sheet(path.stem, True, lambda: read_delimited_rows(path))]


def text_cell(text: str) -> Cell:
    """A cell of a text file, or typed into a form."""
    if not text or text.isspace():
        return EMPTY
    if text[0] == "#" and text.strip().upper() in _ERROR_TEXTS:
        return Cell("error", None, text.strip())
    return Cell("text", text, text)


def typed_cell(value: object) -> Cell:
    """A cell from what the workbook reader hands over. Times and durations are text: no field of ours is
    one.
    """
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("boolean", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = float(value)
        return Cell(
            "number", number, str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        )
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return Cell("date", value, value.date().isoformat() if midnight else value.isoformat(sep=" "))
    if isinstance(value, dt.date):
        return Cell("date", value, value.isoformat())
    return EMPTY if value is None else Cell("text", str(value), str(value))


def column_letter(index: int) -> str:
    """The letter a spreadsheet shows for a zero-based column: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def _workbook_sheets(path: Path) -> list[Sheet]:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError) as error:
        raise IntakeError("file.unreadable", "The workbook is damaged or incomplete.") from error
    names = {part.filename for part in parts}
    if "xl/vbaProject.bin" in names:
        raise IntakeError("file.macros", "The workbook carries macros. Save it as .xlsx without them.")
    if "xl/workbook.xml" not in names:
        raise IntakeError("file.unsupported", "This is no .xlsx workbook. Save it as .xlsx or as CSV UTF-8.")
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise IntakeError("file.too_large", "The workbook is too large. Save the list as CSV UTF-8.")
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            metadata = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    except PasswordError as error:
        raise _encrypted() from error
    except CalamineError as error:
        raise IntakeError("file.unreadable", "The workbook is damaged or incomplete.") from error
    return [
        Sheet(
            sheet.name,
            sheet.visible == SheetVisibleEnum.Visible,
            cache(partial(_read_worksheet, path, sheet.name)),
            cache(partial(_find_worksheet_errors, path, sheet.name)),
        )
        for sheet in metadata
    ]


def _read_worksheet(path: Path, name: str) -> list[list[object]]:
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            # Without skip_empty_area the rows would be counted from the first filled one.
            return cast(
                "list[list[object]]", workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            )
    except CalamineError as error:
        raise IntakeError("file.unreadable", "The workbook is damaged or incomplete.") from error


def _find_worksheet_errors(path: Path, name: str) -> dict[tuple[int, int], str]:
    try:
        with ZipFile(path) as archive:
            return find_error_cells(archive, name)
    except (BadZipFile, zlib.error, OSError) as error:
        raise IntakeError("file.unreadable", "The workbook is damaged or incomplete.") from error


def _old_office_file(path: Path) -> IntakeError:
    # An encrypted .xlsx is an OLE container with this stream (MS-OFFCRYPTO, 2.3.4.4).
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return _encrypted()
    return IntakeError(
        "file.unsupported", "This is an old Excel file (.xls). Save it as .xlsx or as CSV UTF-8."
    )


def _encrypted() -> IntakeError:
    return IntakeError("file.encrypted", "The workbook is protected by a password. Save it without one.")
