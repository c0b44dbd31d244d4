"""Files as people send them, made of rows."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
WriteFile = Callable[..., Path]


@pytest.fixture
def today() -> date:
    return date(2022, 11, 28)


@pytest.fixture
def write_xlsx(tmp_path: Path) -> WriteFile:
    """Write sheets of rows as a workbook; None leaves a cell blank, `#N/A` is an error value."""

    def write(name: str = "list.xlsx", **sheets: Rows) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title.replace("_", " "))
            for row_number, row in enumerate(rows, start=1):
                for column, value in enumerate(row, start=1):
                    if value is not None:
                        sheet.cell(row_number, column, value)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteFile:
    """Write rows as delimited text in an encoding."""

    def write(rows: Rows, name: str = "list.csv", encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)
        return path

    return write
