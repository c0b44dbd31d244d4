"""XLSX and ODS with everything a list may hide, from the same description as the old formats."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

import xlsxwriter

from tests.holds.intake.old_formats import Mark, SheetSpec

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
)


def write_xlsx(path: Path, sheets: Sequence[SheetSpec], *, epoch_1904: bool = False) -> Path:
    """A workbook; a formula has its result beside it, as every program saves it."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": epoch_1904})
    for spec in sheets:
        sheet = book.add_worksheet(spec.name)
        for row, values in enumerate(spec.rows):
            for column, value in enumerate(values):
                if isinstance(value, Mark):
                    formula = "=1+1" if value.formula else "=NA()"
                    sheet.write_formula(row, column, formula, None, value.value)
                elif value is not None:
                    sheet.write(row, column, value)
        for row in spec.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in spec.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for first_row, last_row, first_column, last_column in spec.merges:
            value = spec.rows[first_row][first_column]
            sheet.merge_range(first_row, first_column, last_row, last_column, "")
            if isinstance(value, Mark):
                sheet.write_formula(first_row, first_column, "=1+1", None, value.value)
            else:
                sheet.write(first_row, first_column, value)
        if spec.hidden:
            sheet.very_hidden() if spec.hidden == 2 else sheet.hide()
    book.close()
    return path


def write_ods(path: Path, sheets: Sequence[SheetSpec], *, epoch_1904: bool = False) -> Path:
    """An OpenDocument spreadsheet (OpenDocument 1.3, part 3); it has no very hidden sheets and one epoch."""
    if epoch_1904:
        raise ValueError("an ODS says dates as dates")
    tables = "".join(map(_table, sheets))
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml", f"{_ODS}{tables}</office:spreadsheet></office:body></office:document-content>"
        )
    return path


def _table(sheet: SheetSpec) -> str:
    width = max(len(row) for row in sheet.rows)
    hidden = ' table:visibility="collapse"'
    columns = "".join(
        f"<table:table-column{hidden if column in sheet.hidden_columns else ''}/>" for column in range(width)
    )
    rows = "".join(
        f"<table:table-row{hidden if row in sheet.hidden_rows else ''}>"
        + "".join(_cell(sheet, row, column, value) for column, value in enumerate(values))
        + "</table:table-row>"
        for row, values in enumerate(sheet.rows)
    )
    style = "ta2" if sheet.hidden else "ta1"
    return (
        f"<table:table table:name={quoteattr(sheet.name)} table:style-name={quoteattr(style)}>"
        f"{columns}{rows}</table:table>"
    )


def _cell(sheet: SheetSpec, row: int, column: int, value: object) -> str:
    given = ""
    for top, bottom, left, right in sheet.merges:
        if (row, column) == (top, left):
            given = (
                f' table:number-rows-spanned="{bottom - top + 1}"'
                f' table:number-columns-spanned="{right - left + 1}"'
            )
    formula = ' table:formula="of:=1+1"' if isinstance(value, Mark) and value.formula else ""
    plain = value.value if isinstance(value, Mark) else value
    if isinstance(value, Mark) and isinstance(plain, str):
        kind = ' office:value-type="string" office:string-value="" calcext:value-type="error"'
    elif plain is None:
        return f"<table:table-cell{given}/>"
    elif isinstance(plain, bool):
        kind = f' office:value-type="boolean" office:boolean-value="{str(plain).lower()}"'
    elif isinstance(plain, int | float):
        kind = f' office:value-type="float" office:value="{plain}"'
    else:
        kind = ' office:value-type="string"'
    return f"<table:table-cell{given}{formula}{kind}><text:p>{escape(str(plain))}</text:p></table:table-cell>"
