"""Several sheets, what is hidden, repeated headings, totals and footnotes: all said, nobody lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from holds.intake.columns import CODE_HEADING, MEND_HEADING, PLACE_HEADING
from holds.intake.facility_list import read_facility_list
from holds.intake.list_file import ListFile
from holds.intake.record_list import PersonRow, read_record_list
from holds.intake.report import FailingRow, write_report
from tests.holds.intake.old_formats import SheetSpec
from tests.holds.intake.open_formats import write_xlsx

WriteFile = Callable[..., Path]

HEADINGS = ["A-Number", "Name", "DOB", "COC"]


def person(number: int, name: str = "GARCIA, ANA") -> list[object]:
    return [f"A9{number:08d}", name, "1990-03-25", "CUBA"]


def numbers(listed: ListFile[PersonRow]) -> list[str]:
    return [row.a_numbers[0] for row in listed.rows if row.a_numbers]


def codes(listed: ListFile[PersonRow]) -> list[str]:
    return [remark.code for remark in listed.remarks]


def test_a_list_split_over_sheets_is_read_whole(tmp_path: Path, today: date) -> None:
    """Columns in another order, a title above, a column more: each value under its own heading."""
    other = [
        ["Second half"],
        ["Name", "A#", "Country of Citizenship", "Date of Birth", "Gender", "Remark"],
        ["DIAZ, EVA", "A900000003", "HAITI", "1980-01-31", "F", "moved"],
    ]
    path = write_xlsx(
        tmp_path / "list.xlsx",
        [
            SheetSpec("A to C", [HEADINGS, person(1), person(2)]),
            SheetSpec("Notes", [["Term", "Meaning"], ["COC", "country"]]),
            SheetSpec("D to Z", other),
        ],
    )
    listed = read_record_list(path, today=today)
    rows = list(listed.rows)
    assert [row.a_numbers[0] for row in rows] == ["900000001", "900000002", "900000003"]
    last = rows[-1]
    assert (last.nationality, last.sex, last.extra) == ("HT", "F", {"Remark": "moved"})
    assert last.birth_dates == (date(1980, 1, 31),)
    assert len({row.row for row in rows}) == 3
    said = {remark.code: remark.sentence for remark in listed.remarks}
    assert "“A to C”, “D to Z”" in said["sheet.several"]
    assert "“Notes” was not read" in said["sheet.unread"]


def test_a_row_of_a_second_sheet_says_where_it_stands_in_the_report(tmp_path: Path, today: date) -> None:
    wrong: list[list[object]] = [["A#", "Name", "DOB"], ["12", "DIAZ, EVA", "1980-01-31"]]
    path = write_xlsx(
        tmp_path / "list.xlsx",
        [SheetSpec("One", [HEADINGS, person(1), person(2)]), SheetSpec("Two", wrong)],
    )
    listed = read_record_list(path, today=today)
    failing = [row for row in listed.rows if row.problems]
    assert [row.cells[-1] for row in failing] == ["Two, row 2"]
    report = tmp_path / "report.xlsx"
    write_report(report, listed.heading, [FailingRow(row.row, row.cells, row.problems) for row in failing])
    again = read_record_list(report, today=today)
    assert again.heading[-3:] == (PLACE_HEADING, MEND_HEADING, CODE_HEADING)
    assert next(iter(again.rows)).extra == {}


def test_hidden_sheets_columns_and_rows_are_read_and_said(tmp_path: Path, today: date) -> None:
    path = write_xlsx(
        tmp_path / "list.xlsx",
        [
            SheetSpec("List", [HEADINGS, person(1), person(2)], hidden_rows=[2], hidden_columns=[0, 3]),
            SheetSpec("Earlier", [HEADINGS, person(3)], hidden=2),
        ],
    )
    listed = read_record_list(path, today=today)
    assert numbers(listed) == ["900000001", "900000002", "900000003"]
    said = {remark.code: remark.sentence for remark in listed.remarks}
    assert "A (“A-Number”), D (“COC”)" in said["columns.hidden"]
    assert said["rows.hidden"] == "1 hidden rows of “List” were read."
    assert "“Earlier” is hidden; it was read" in said["sheet.hidden"]


def test_a_merged_value_is_every_rows_it_stands_for(tmp_path: Path, today: date) -> None:
    rows: list[list[object]] = [
        [*HEADINGS, "Facility"],
        [*person(1), "ADAMSMS"],
        [*person(2), None],
        [*person(3), None],
        [*person(4), "STWRTGA"],
    ]
    path = write_xlsx(tmp_path / "list.xlsx", [SheetSpec("List", rows, merges=[(1, 3, 4, 4)])])
    listed = read_record_list(path, today=today)
    assert [row.location_text for row in listed.rows] == ["ADAMSMS"] * 3 + ["STWRTGA"]
    assert codes(listed) == ["cells.merged"]


def test_the_top_of_each_printed_page_is_no_row(write_xlsx: WriteFile, today: date) -> None:
    """Title, group row and headings come again in the middle; the counts say so."""
    top: list[list[object]] = [
        ["Records of noncitizens"],
        ["Person", None, "Birth", None],
        ["A-Number", "Name", "DOB", "COC"],
    ]
    rows = [*top, person(1), *top, person(2)]
    listed = read_record_list(write_xlsx(List=rows), today=today)
    assert numbers(listed) == ["900000001", "900000002"]
    assert listed.skipped == {"note": 1, "repeated_heading": 2}


def test_totals_are_no_rows_and_people_called_so_are(write_xlsx: WriteFile, today: date) -> None:
    rows = [
        ["Name", "A-Number", "DOB", "Days", "Visits"],
        ["GARCIA, ANA", 900000001, "1990-03-25", 4, 5],
        ["Total", 900000002, 33000, 4, 5],
        ["COUNT, MARIA", None, "1990-03-25", 4, 5],
        ["Total", None, None, 12, 15],
        ["Grand total:", 3, None, 12, 15],
        ["Average", None, None, 4, "#DIV/0!"],
    ]
    listed = read_record_list(write_xlsx(List=rows), today=today)
    assert [row.a_numbers for row in listed.rows] == [("900000001",), ("900000002",), ()]
    assert listed.skipped == {"note": 3}


def test_what_might_be_a_person_is_a_row_with_an_error(write_xlsx: WriteFile, today: date) -> None:
    rows = [HEADINGS, person(1), ["See the other file for the rest of these people"]]
    listed = read_record_list(write_xlsx(List=rows), today=today)
    assert [row.rejection for row in listed.rows] == [None, "row.no_identity"]


def test_of_facility_sheets_the_best_alone_is_read(write_xlsx: WriteFile, today: date) -> None:
    full = [["Name", "Address", "City", "State"], ["ADAMS", "20 Hobo Fork", "NATCHEZ", "MS"]]
    part = [["Name", "City", "State"], ["ADAMS", "NATCHEZ", "MS"]]
    listed = read_facility_list(write_xlsx(Some=part, Main=full), today=today)
    assert (listed.sheet, len(list(listed.rows))) == ("Main", 1)
    assert [remark.sentence for remark in listed.remarks] == ["“Some” was not read: “Main” says more."]
