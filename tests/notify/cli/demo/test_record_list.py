"""The record list read back: its shape, and every wrong row found again from the cells alone."""

import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from notify.cli.demo.defects import Defect
from notify.cli.demo.files import DemoFiles

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
ERRORS = {"#N/A", "#VALUE!"}
Row = dict[str, Any]


def _numbers(cell: object) -> list[int]:
    """Read every nine-digit number of a cell, as a careful person would."""
    if isinstance(cell, int | float):
        return [int(cell)]
    plain = unicodedata.normalize("NFKC", str(cell or ""))
    plain = re.sub(r"[\u2010-\u2015-]", "-", plain)
    parts = re.split(r"/|;|,|\n|\bAND\b|\bAKA\b", plain)
    digits = [re.fullmatch(r"\s*[Aa]?#?[ -]*(\d{3})[ -]?(\d{3})[ -]?(\d{3})\s*", part) for part in parts]
    return [int("".join(match.groups())) for match in digits if match]


def _births(cell: object) -> set[date]:
    """Return every date a birth date cell can mean."""
    if isinstance(cell, datetime):
        return {cell.date()}
    text = str(cell or "")
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return {date(int(match[1]), int(match[2]), int(match[3]))}
    if (match := re.fullmatch(r"(\d\d)-([A-Z]{3})-(\d{4})", text)) and match[2] != "FEB":
        return {date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))}
    if match := re.fullmatch(r"(\d\d)-FEB-(\d{4})", text):
        return {date(int(match[2]), 2, int(match[1]))} if int(match[1]) < 30 else set()
    if match := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text):
        orders = [(int(match[1]), int(match[2])), (int(match[2]), int(match[1]))]
        return {
            date(int(match[3]), month, day) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31
        }
    return set()


def test_the_sheet_has_the_shape_of_the_leaked_one(world: DemoFiles, lines: list[tuple[Any, ...]]) -> None:
    assert [line[0] for line in lines[1:2]] == ["As of 19 November 2022"]
    assert "CONFIDENTIAL" in lines[2][0]
    assert not any(lines[3])
    assert lines[4][:3] == ("A-Number", "Last Name, First Middle", "DOB")
    assert len(lines[4]) == 20
    below = [line[0] for line in lines[5 + world.expected.rows :] if any(line)]
    assert below == [
        f"TOTAL RECORDS: {world.expected.rows}",
        "* Synthetic demonstration data. Every person on this list is invented.",
    ]


def test_a_fast_reader_sees_the_same_rows(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    rows = (
        CalamineWorkbook.from_path(world.record_list).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    names = [row[1] or None for row in rows[5 : 5 + world.expected.rows]]
    assert names == [row["Last Name, First Middle"] for row in listed]


def test_wrong_numbers_and_names_are_found_again(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    found: Counter[Defect] = Counter()
    numbers: set[int] = set()
    for row in listed:
        cell, name = row["A-Number"], row["Last Name, First Middle"]
        read = _numbers(cell)
        numbers.update(read)
        if not read and not name:
            found[Defect.NO_IDENTITY] += 1
        elif not name:
            found[Defect.NAME_MISSING] += 1
        elif len(read) > 1:
            found[Defect.NUMBER_SEVERAL] += 1
        elif cell in ERRORS:
            found[Defect.NUMBER_ERROR_CELL] += 1
        elif cell in (None, "N/A", "PENDING"):
            found[Defect.NUMBER_MISSING] += 1
        elif isinstance(cell, str) and "E+" in cell:
            found[Defect.NUMBER_LOST_PRECISION] += 1
        elif not read:
            found[Defect.NUMBER_MALFORMED] += 1
    assert found == {kind: world.expected.defects[kind] for kind in found}
    assert len(found) == 7
    assert len(numbers) == world.expected.usable_numbers


def test_wrong_birth_dates_are_found_again(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    found: Counter[Defect] = Counter()
    for row in listed:
        cell = row["DOB"]
        read = _births(cell)
        if len(read) > 1:
            found[Defect.BIRTH_DATE_AMBIGUOUS] += 1
        elif cell in ERRORS:
            found[Defect.BIRTH_DATE_ERROR_CELL] += 1
        elif cell in (None, "UNKNOWN"):
            found[Defect.BIRTH_DATE_MISSING] += 1
        elif not read:
            found[Defect.BIRTH_DATE_MALFORMED] += 1
        elif not date(1920, 1, 1) <= min(read) <= date(2022, 11, 19):
            found[Defect.BIRTH_DATE_IMPLAUSIBLE] += 1
    assert found == {kind: world.expected.defects[kind] for kind in found}
    assert len(found) == 5


def test_slash_dates_stand_in_both_orders_so_that_the_column_decides_nothing(
    listed: list[dict[str, Any]],
) -> None:
    slashes = [str(row["DOB"]).split("/") for row in listed if re.match(r"\d\d/\d\d/", str(row["DOB"]))]
    assert any(int(first) > 12 for first, _, _ in slashes)
    assert any(int(second) in range(13, 32) and int(first) > 0 for first, second, _ in slashes)


def test_second_rows_repeat_someone_above_them(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    earlier: dict[tuple[object, ...], Row] = {}
    by_number: dict[int, Row] = {}
    duplicates = conflicts = 0
    for row in listed:
        cells = tuple(row.values())
        read = _numbers(row["A-Number"])
        first = by_number.get(read[0]) if len(read) == 1 else None
        if cells in earlier:
            duplicates += 1
        elif first is not None:
            conflicts += 1
            assert row["Last Name, First Middle"] == first["Last Name, First Middle"]
            assert _births(row["DOB"]).isdisjoint(_births(first["DOB"]))
        earlier[cells] = row
        if len(read) == 1:
            by_number.setdefault(read[0], row)
    assert duplicates == world.expected.duplicate_rows
    assert conflicts == world.expected.conflicting_birth_dates


def test_places_are_missing_or_unknown_as_counted(world: DemoFiles, listed: list[dict[str, Any]]) -> None:
    blank = sum(row["Detention Location"] is None for row in listed)
    nowhere = world.expected.true_facilities.count("")
    assert blank == world.expected.defects[Defect.LOCATION_MISSING]
    assert nowhere - blank == world.expected.defects[Defect.LOCATION_UNKNOWN]


def test_an_error_cell_is_a_real_one(world: DemoFiles) -> None:
    book = load_workbook(world.record_list, data_only=True)
    kinds = [cell.data_type for (cell,) in book.worksheets[0].iter_rows(min_row=6, max_col=1)]
    assert kinds.count("e") == world.expected.defects[Defect.NUMBER_ERROR_CELL]
    assert kinds.count("n") > 500, "numeric cells are the ones that lose their digits in a careless reader"
