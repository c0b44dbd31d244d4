from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from holds.intake.columns import CODE_HEADING, MEND_HEADING
from holds.intake.record_list import read_record_list
from holds.intake.report import FailingRow, write_report

WriteFile = Callable[..., Path]

HEADINGS = ["A-Number", "Name", "DOB", "Country of Citizenship", "Remark"]
ROWS: list[list[object]] = [
    ["A900000001", "GARCIA, ANA", datetime(1990, 3, 25), "CUBA", None],  # noqa: DTZ001
    [900000002, "DIAZ, EVA", "03/04/1990", "ATLANTIS", "=1+1"],
    ["9.00003E+08", "RUIZ, LUZ", datetime(1990, 3, 25), "PERU", "é"],  # noqa: DTZ001
]


def report_of(path: Path, target: Path, today: date) -> int:
    listed = read_record_list(path, today=today)
    rows = (FailingRow(row.row, row.cells, row.problems) for row in listed.rows)
    return write_report(target, listed.heading, rows)


def test_the_report_has_the_failing_rows_with_a_note_at_each_wrong_cell(
    write_xlsx: WriteFile, tmp_path: Path, today: date
) -> None:
    source = write_xlsx(Sheet1=[["A title"], [], HEADINGS, *ROWS])
    target = tmp_path / "report.xlsx"
    assert report_of(source, target, today) == 2
    sheet = load_workbook(target).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*HEADINGS, MEND_HEADING, CODE_HEADING]
    assert sheet.max_row == 3
    number = sheet["A2"]
    assert (number.value, number.data_type, number.number_format) == ("900000002", "s", "@")
    assert "Day and month" in sheet["C2"].comment.text
    assert sheet["D2"].comment is not None
    assert "digits" in sheet["A3"].comment.text
    assert sheet["A2"].comment is None
    assert sheet["F2"].value.startswith("Row 5. DOB: Day and month")
    assert sheet["C3"].value == "1990-03-25"


def test_nothing_in_the_report_is_a_formula(write_csv: WriteFile, tmp_path: Path, today: date) -> None:
    source = write_csv([HEADINGS, ["", '=HYPERLINK("http://example.org","x")', "", "+1", "@x"]])
    target = tmp_path / "report.xlsx"
    report_of(source, target, today)
    sheet = load_workbook(target).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}
    assert sheet["B2"].value == '=HYPERLINK("http://example.org","x")'
    assert sheet["B2"].data_type == "s"


def test_only_its_owner_may_read_it(write_csv: WriteFile, tmp_path: Path, today: date) -> None:
    source = write_csv([HEADINGS, ["", "GARCIA, ANA"]])
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"an older report, open to all")
    target.chmod(0o644)
    report_of(source, target, today)
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "report.xlsx"]


def test_mended_it_is_read_by_the_same_reader(write_xlsx: WriteFile, tmp_path: Path, today: date) -> None:
    source = write_xlsx(Sheet1=[HEADINGS, *ROWS])
    target = tmp_path / "report.xlsx"
    report_of(source, target, today)
    book = load_workbook(target)
    sheet = book.worksheets[0]
    sheet["C2"], sheet["D2"], sheet["A3"] = "1990-04-03", "HAITI", "A900000003"
    book.save(target)
    one, other = read_record_list(target, today=today).rows
    assert (one.problems, other.problems) == ((), ())
    assert one.birth_dates == (date(1990, 4, 3),)
    assert (one.a_numbers, other.a_numbers) == (("900000002",), ("900000003",))
    assert MEND_HEADING not in one.extra
    # What was mended is the row of the list, no new one: its content is that of a list that was right at
    # once.
    right = [*ROWS[2]]
    right[0] = "A900000003"
    (expected,) = read_record_list(write_xlsx("right.xlsx", Sheet1=[HEADINGS, right]), today=today).rows
    assert other.fingerprint_text == expected.fingerprint_text


def test_a_report_can_be_mended_in_part_and_reported_again(
    write_xlsx: WriteFile, tmp_path: Path, today: date
) -> None:
    source = write_xlsx(Sheet1=[HEADINGS, *ROWS])
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    assert report_of(source, first, today) == 2
    assert report_of(first, second, today) == 2
    headings = [cell.value for cell in load_workbook(second).worksheets[0][1]]
    assert headings == [*HEADINGS, MEND_HEADING, CODE_HEADING]
