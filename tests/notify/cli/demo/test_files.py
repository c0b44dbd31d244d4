"""The world as a whole: the same seed tells the same story, and no seed names anyone real."""

import csv
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from notify.cli.demo.defects import Defect
from notify.cli.demo.files import DemoFiles, write_demo_files

TODAY = date(2022, 11, 28)

# Seven to nine digits in a row, or grouped as A-numbers are; nothing longer, which no one takes for one.
LOOKS_LIKE_A_NUMBER = re.compile(r"(?<!\d)(?:\d{7,9}|\d{3}\D\d{3}\D\d{3})(?!\d)")


def _bytes(files: DemoFiles) -> list[bytes]:
    return [
        path.read_bytes()
        for path in (files.record_list, files.facilities, files.counsel_roster, files.contacts, files.custody)
    ]


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = write_demo_files(tmp_path / "first", people=300, today=TODAY)
    second = write_demo_files(tmp_path / "second", people=300, today=TODAY)
    assert _bytes(first) == _bytes(second)
    assert first.expected == second.expected


def test_the_workbook_does_not_tell_when_it_was_written(world: DemoFiles) -> None:
    with ZipFile(world.record_list) as parts:
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts.read("docProps/core.xml").decode())) == {
            "2022-11-21T08:30:00Z"
        }
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_another_seed_writes_other_people(tmp_path: Path) -> None:
    first = write_demo_files(tmp_path / "first", people=300, today=TODAY)
    second = write_demo_files(tmp_path / "second", people=300, seed=7, today=TODAY)
    assert first.counsel_roster.read_text() != second.counsel_roster.read_text()
    assert first.record_list.read_bytes() != second.record_list.read_bytes()


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    write_demo_files(tmp_path, people=300, today=TODAY)
    again = write_demo_files(tmp_path, people=150, today=TODAY)
    rows = CalamineWorkbook.from_path(again.record_list).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if str(row[0]).startswith("TOTAL")] == ["TOTAL RECORDS: 150"]


@pytest.mark.parametrize("people", [100, 173, 1000, 6252])
def test_every_row_is_accounted_for(tmp_path: Path, people: int) -> None:
    expected = write_demo_files(tmp_path, people=people, today=TODAY).expected
    assert expected.rows == people
    assert expected.clean + sum(expected.defects.values()) == people
    assert all(expected.defects[kind] >= 1 for kind in Defect)
    accounted = expected.with_one_number + expected.without_number + expected.duplicate_rows
    assert accounted + expected.rejected == people
    assert expected.detained + expected.released == people
    assert len(expected.true_facilities) == people


def test_about_one_row_in_a_hundred_is_wrong(world: DemoFiles) -> None:
    assert 0.008 < sum(world.expected.defects.values()) / world.expected.rows < 0.013


def test_too_few_people_and_a_day_before_the_list_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 100"):
        write_demo_files(tmp_path, people=99, today=TODAY)
    with pytest.raises(ValueError, match="2022-11-19"):
        write_demo_files(tmp_path, today=date(2022, 11, 18))
    assert not list(tmp_path.iterdir())


def test_nothing_anywhere_looks_like_a_real_a_number(world: DemoFiles) -> None:
    cells: list[str] = []
    for row in CalamineWorkbook.from_path(world.record_list).get_sheet_by_index(0).to_python():
        cells.append(str(int(row[0])) if isinstance(row[0], float) else str(row[0]))
    for path in (world.counsel_roster, world.contacts, world.custody):
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                cells.append(line.get("A-Number") or line.get("Client A-Number") or "")
    found = [re.sub(r"\D", "", match) for cell in cells for match in LOOKS_LIKE_A_NUMBER.findall(cell)]
    assert len(found) > world.expected.rows
    assert all(number.startswith("9") and len(number) == 9 for number in found)


def test_nobody_is_given_a_phone_an_address_or_a_language_by_the_list(world: DemoFiles) -> None:
    rows = CalamineWorkbook.from_path(world.record_list).get_sheet_by_index(0).to_python()
    headings = " ".join(str(cell) for cell in rows[4]).lower()
    assert not re.search(r"phone|address|e-?mail|language", headings)
    assert not any("@" in str(cell) or "555-01" in str(cell) for row in rows for cell in row)
