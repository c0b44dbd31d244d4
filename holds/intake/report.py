"""The report of failing rows: a workbook to mend and send again.

It has the columns of the original in their order, only the rows with a problem, a note at each cell in
question, and two last columns that say what to mend and its codes. Every value is text: a report whose
A-numbers were numbers would lose digits in the next program that opens it. A second sheet lists every error
with its place in the file that came. It names people, so only its owner may read the file.
"""

import io
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from holds.intake.columns import CODE_HEADING, ERROR_HEADINGS, MEND_HEADING, PLACE_HEADING, REPORT_HEADINGS
from holds.intake.problem import CellProblem
from holds.intake.workbook import column_letter

_ERROR_COLUMNS = tuple(zip(ERROR_HEADINGS, (24, 18, 8, 8, 24, 26, 80), strict=True))
_LONGEST_CELL = 32_767  # what a spreadsheet cell can hold


@dataclass(frozen=True)
class FailingRow:
    """A row as it came (`cells`, one for each heading) and what is wrong with it."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...]


def write_report(
    path: Path, heading: Sequence[str], rows: Iterable[FailingRow], *, source: tuple[str, str] = ("", "")
) -> int:
    """Write the rows that have problems and return their number. Replaces `path`; the file's mode is 0600.

    `heading` and `cells` are those of the file as read (`RecordList.heading`, `PersonRow.cells`), `source`
    the names of the file and its sheet. Mended, the report is read by the same reader with the same column
    overrides.
    """
    columns = [index for index, text in enumerate(heading) if text not in REPORT_HEADINGS]
    letters = {column_letter(index): place for place, index in enumerate(columns)}
    buffer = io.BytesIO()
    # Names go to memory only: xlsxwriter would otherwise put its parts in the common temporary directory.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, errors = book.add_worksheet("Rows to mend"), book.add_worksheet("Errors")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text_format = book.add_format({"num_format": "@", "valign": "top"})
    marked = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#FFE8C2"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns), 18, text_format)
    sheet.set_column(len(columns), len(columns), 70)
    sheet.set_column(len(columns) + 1, len(columns) + 1, 28)
    for place, index in enumerate(columns):
        sheet.write_string(0, place, heading[index], bold)
    sheet.write_string(0, len(columns), MEND_HEADING, bold)
    sheet.write_string(0, len(columns) + 1, CODE_HEADING, bold)
    listed = _ErrorList(errors, source[0], bold)
    written = 0
    for row in rows:
        if not row.problems:
            continue
        written += 1
        notes: dict[int, list[str]] = {}
        for problem in row.problems:
            if problem.letter in letters:
                notes.setdefault(letters[problem.letter], []).append(problem.sentence)
        for place, index in enumerate(columns):
            text = row.cells[index] if index < len(row.cells) else ""
            if text:
                sheet.write_string(
                    written, place, text[:_LONGEST_CELL], marked if place in notes else text_format
                )
            elif place in notes:
                sheet.write_blank(written, place, None, marked)
        for place, sentences in notes.items():
            sheet.write_comment(written, place, "\n".join(dict.fromkeys(sentences)))
        sheet.write_string(written, len(columns), _advice(row), wrapped)
        codes = dict.fromkeys(problem.code for problem in row.problems)
        sheet.write_string(written, len(columns) + 1, " ".join(codes), wrapped)
        listed.add(row.problems, _place(heading, row, source[1]))
    book.close()
    _write_private(path, buffer.getvalue())
    return written


class _ErrorList:
    """The sheet of all errors, one a row; nothing of what stands in a cell is repeated."""

    def __init__(self, sheet: Any, file: str, bold: Any) -> None:
        self._sheet, self._file, self._row = sheet, file, 0
        sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(_ERROR_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)

    def add(self, problems: Iterable[CellProblem], place: tuple[str, str]) -> None:
        for one in problems:
            self._row += 1
            cells = (self._file, *place, one.letter, one.column, one.code, one.sentence)
            for column, text in enumerate(cells):
                self._sheet.write_string(self._row, column, text)


def _place(heading: Sequence[str], row: FailingRow, sheet: str) -> tuple[str, str]:
    """Sheet and row: of a file with several sheets, whose rows are counted on, as it stands in the row."""
    said = dict(zip(heading, row.cells, strict=False)).get(PLACE_HEADING, "")
    named, comma, number = said.rpartition(", row ")
    return (named, number) if comma else (sheet, str(row.row))


def _advice(row: FailingRow) -> str:
    sentences = [f"{p.column}: {p.sentence}" if p.column else p.sentence for p in row.problems]
    return f"Row {row.row}. " + " ".join(dict.fromkeys(sentences))


def _write_private(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        # Created private, never made so afterwards; then put in place as a whole.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
