"""The record list as a workbook: a title block, the headings in row 5, the rows, and footnotes below."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from notify.cli.demo.defects import Cell, ErrorCell
from notify.cli.demo.record_list import HEADINGS, ListedRow

TITLE_BLOCK = (
    "NONCITIZENS IN CUSTODY WITH FEAR SCREENING \u2013 DAILY REPORT",
    "As of 19 November 2022",
    "CONFIDENTIAL \u2013 8 CFR 208.6: information in or about asylum and fear-screening records",
    "",
)
HEADING_ROW = len(TITLE_BLOCK) + 1
"""The headings' row number as the spreadsheet shows it."""

WIDTHS = (15, 34, 12, 27, 27, 9, 44, 7, 32, 12, 10, 12, 19, 18, 14, 30, 14, 26, 34, 13)
CREATED = datetime(2022, 11, 21, 8, 30, tzinfo=UTC)


def write_workbook(path: Path, rows: Iterable[ListedRow]) -> None:
    """Write the list. The same rows give the same bytes. Rows stream to the file, so memory stays small."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        # A fixed date: otherwise the properties carry the moment of writing.
        book.set_properties(
            {
                "title": "Synthetic demonstration list",
                "comments": "Every person in this workbook is invented.",
                "created": CREATED.replace(tzinfo=None),
            }
        )
        sheet = book.add_worksheet("Fear Screening")
        bold = book.add_format({"bold": True})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        day = book.add_format({"num_format": "mm/dd/yyyy"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEADING_ROW, 2)
        for line, text in enumerate(TITLE_BLOCK):
            _write(sheet, line, 0, text, bold)
        sheet.write_row(HEADING_ROW - 1, 0, HEADINGS, heading)
        line = HEADING_ROW
        for row in rows:
            for column, key in enumerate(HEADINGS):
                _write(sheet, line, column, row.cells[key], day if isinstance(row.cells[key], date) else None)
            line += 1
        sheet.write_string(line + 1, 0, f"TOTAL RECORDS: {line - HEADING_ROW}", bold)
        sheet.write_string(
            line + 2, 0, "* Synthetic demonstration data. Every person on this list is invented."
        )


def _write(sheet: Worksheet, line: int, column: int, cell: Cell, style: Format | None) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, style)
    elif isinstance(cell, ErrorCell):
        sheet.write_formula(
            line, column, "=NA()" if cell.code == "#N/A" else '=DATEVALUE("")', None, cell.code
        )
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, style)
    else:
        sheet.write_number(line, column, cell)
