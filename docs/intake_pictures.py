"""Draws the pictures of docs/intake.md: the mapping as it is shown, and the workbook of rows to mend.

Both are made from a synthetic list by the code that makes them for real: python docs/intake_pictures.py
"""

import csv
import datetime as dt
import io
import tempfile
from html import escape
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rich.console import Console

from holds.cli.import_dialogue import mapping_table
from holds.intake.list_file import ListFile
from holds.intake.record_list import PersonRow, read_record_list
from holds.intake.report import FailingRow, write_report

HERE = Path(__file__).parent
TODAY = dt.date(2022, 11, 28)
ROWS = (
    ("Nr", "Last Name, First Middle", "DOB", "Country of Citizenship", "Detention Location", "Status"),
    ("A900-000-001", "PEREZ, ANA MARIA", "1990-04-25", "CUBA", "ADAMSMS", "Detained"),
    ("900000002", "OKORO, BEN", "12/30/1985", "GHANA", "KROMEFL", "Detained"),
    ("A٩٠٠٠٠٠٠٠٣", "ГОНЧАРЕНКО, ОЛЕНА", "7-14-1979", "UKRAINE", "ADAMSMS", "Released"),
    ("9.00000E+08", "LI, CLEO", "1979-07-14", "CHINA, PEOPLES REP OF", "Nowhere Jail", "Detained"),
    ("A900000005 / A900000006", "DIAZ, EVA", "1971-08-29", "CUBA", "ADAMSMS", "Detained"),
    ("A900-000-007", "MOLINA, RAUL", "31-FEB-1980", "FREEDONIA", "KROMEFL", "Detained"),
    ("A900-000-008", "SINGH, HARPREET", "1992-02-28", "INDIA", "ADAMSMS", "Detained"),
)
FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, monospace;
font-size: {char_height}px; line-height: {line_height}px; }} {styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs><rect width="100%" height="100%" fill="#101418" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""
WIDTHS = (190, 180, 100, 180, 130, 80, 340, 240)
LINE, NOTE = 30, 18


def draw_mapping(file: ListFile[PersonRow]) -> str:
    """The table a person confirms, as the terminal shows it."""
    console = Console(
        record=True, width=118, file=io.StringIO(), color_system="truecolor", force_terminal=True
    )
    console.print(mapping_table(file.mapping), markup=False)
    console.print("Are these the right columns? [Y/n]: ", markup=False)
    return console.export_svg(title="", code_format=FORMAT, unique_id="mapping")


def draw_report(sheet: Worksheet) -> str:
    """The first sheet of the report: cells, marked where something is wrong, the notes of a row below it."""
    shapes: list[str] = []
    top, whole = 0, sum(WIDTHS)
    for row in sheet.iter_rows():
        left = 0
        for cell, width in zip(row, WIDTHS, strict=True):
            fill = "#ffe8c2" if cell.comment else "#eef1f4" if top == 0 else "#ffffff"
            shapes.append(_box(left, top, width, LINE, fill))
            shapes.append(_text(left + 8, top + 20, _cut(str(cell.value or ""), width), bold=top == 0))
            if cell.comment:
                shapes.append(f'<path d="M{left + width - 9} {top}h9v9z" fill="#b3261e"/>')
            left += width
        top += LINE
        notes = [f"{sheet.cell(1, cell.column).value}: {cell.comment.text}" for cell in row if cell.comment]
        if notes:
            shapes.append(_box(0, top, whole, NOTE * len(notes) + 6, "#fdf6ec"))
        for note in notes:
            shapes.append(_text(16, top + 16, f"▸ note at {note}", colour="#7a2e0e"))
            top += NOTE
        top += 6 if notes else 0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {whole + 2} {top + 2}" role="img" '
        'font-family="Helvetica, Arial, sans-serif" font-size="12">'
        f"<title>The workbook of rows to mend</title>{''.join(shapes)}</svg>\n"
    )


def _box(left: int, top: int, width: int, height: int, fill: str) -> str:
    place = f'x="{left}" y="{top}" width="{width}" height="{height}"'
    return f'<rect {place} fill="{fill}" stroke="#c9d1d9"/>'


def _text(left: int, top: int, text: str, *, bold: bool = False, colour: str = "#1b1f24") -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{left}" y="{top}" fill="{colour}"{weight}>{escape(text)}</text>'


def _cut(text: str, width: int) -> str:
    most = width // 6
    return text if len(text) <= most else f"{text[: most - 1]}…"


def main() -> None:
    """Draw both pictures beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        path, report = Path(folder) / "list.csv", Path(folder) / "report.xlsx"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(ROWS)
        found = read_record_list(path, today=TODAY)
        (HERE / "intake-mapping.svg").write_text(draw_mapping(found), encoding="utf-8")
        failing = [FailingRow(row.row, row.cells, row.problems) for row in found.rows]
        write_report(report, found.heading, failing, source=(path.name, found.sheet))
        drawn = draw_report(load_workbook(report).worksheets[0])
        (HERE / "intake-report.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
