"""One demonstration world of the leak's size, written once and read by every test here."""

from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from notify.cli.demo.files import DemoFiles, write_demo_files


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return write_demo_files(tmp_path_factory.mktemp("demo"), today=date(2022, 11, 28))


@pytest.fixture(scope="session")
def lines(world: DemoFiles) -> list[tuple[Any, ...]]:
    """Every line of the record list's sheet, title block and footnotes included."""
    book = load_workbook(world.record_list, read_only=True, data_only=True)
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return lines


@pytest.fixture(scope="session")
def listed(world: DemoFiles, lines: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The people's rows of the record list, by heading."""
    headings = [str(cell) for cell in lines[4]]
    return [dict(zip(headings, line, strict=True)) for line in lines[5 : 5 + world.expected.rows]]
