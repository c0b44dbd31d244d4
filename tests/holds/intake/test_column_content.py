"""Columns whose headings say nothing: proposed by what their cells are, with the evidence, never in clear."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.intake.column_content import shape
from holds.intake.manifest import read_manifest_file
from holds.intake.problem import IntakeError
from holds.intake.record_list import read_record_list
from tests.holds.intake.conftest import WriteFile

PEOPLE = [
    ["A900-000-001", "PEREZ, ANA MARIA", "1990-04-25", "Cuba", "2022-10-01", "(504) 555-0142"],
    ["A900-000-002", "OKORO, BEN", "1985-12-30", "Ghana", "2022-10-02", "(504) 555-0143"],
    ["", "LI, CLEO", "1979-07-14", "China", "2022-10-03", "(504) 555-0144"],
    ["900000004", "DIAZ, EVA", "2001-08-29", "Cuba", "2022-10-04", "(504) 555-0145"],
]  # fmt: skip
TODAY = date(2022, 11, 28)


def test_headings_that_say_nothing(write_csv: WriteFile) -> None:
    file = read_record_list(write_csv([["Nr", "Who", "When", "From", "Seen", "Call"], *PEOPLE]), today=TODAY)
    fields = {name: heading for name, _, heading in file.mapping.display_rows()}
    assert fields == {"a_number": "Nr", "name": "Who", "birth_date": "When"}
    assert file.mapping.evidence["a_number"] == "content: 3 of 3 cells are A-numbers"
    assert file.mapping.evidence["birth_date"] == "content: 4 of 4 cells are dates, years apart"
    rows = list(file.rows)
    assert [row.a_numbers for row in rows] == [("900000001",), ("900000002",), (), ("900000004",)]


def test_no_headings_at_all_lose_nobody(write_csv: WriteFile) -> None:
    file = read_record_list(write_csv(PEOPLE), today=TODAY)
    assert file.mapping.header_row == 0
    assert [row.row for row in file.rows] == [1, 2, 3, 4]
    assert file.heading[:3] == ("a number", "name", "dob"), "so that a report of its rows can be read again"


def test_headings_below_a_title_without_a_word_we_know(write_csv: WriteFile) -> None:
    title = [["Custody extract", ""], [], ["Nr", "Who", "When", "From", "Seen", "Call"]]
    file = read_record_list(write_csv([*title, *PEOPLE]), today=TODAY)
    assert file.mapping.header_row == 3
    assert file.mapping.title == ("Custody extract", "")[:1] or file.mapping.title[0] == "Custody extract"
    assert len(list(file.rows)) == 4


def test_a_heading_that_speaks_wins_over_content(write_csv: WriteFile) -> None:
    heading = ["Nr", "Name", "DOB", "Citizenship", "Book-In Date", "Phone"]
    file = read_record_list(write_csv([heading, *PEOPLE]), today=TODAY)
    assert (file.mapping.evidence["a_number"], file.mapping.evidence["name"]) == (
        "content: 3 of 3 cells are A-numbers",
        "heading",
    )


def test_what_only_resembles_is_not_proposed(write_csv: WriteFile) -> None:
    rows = [["Booking", "Name", "X"], *[[f"2022100{n}", f"DOE, JANE {n}", "5045550142"] for n in range(1, 6)]]
    with pytest.raises(IntakeError, match="needs a column for a_number"):
        read_record_list(write_csv(rows), today=TODAY)


def test_at_the_gate_nothing_is_read_by_a_guess(write_csv: WriteFile) -> None:
    path = write_csv([["Nr", "Name", "DOB"], *[row[:3] for row in PEOPLE]])
    with pytest.raises(IntakeError):
        read_manifest_file(path, today=TODAY)


def test_cells_are_shown_by_their_shape(write_csv: WriteFile) -> None:
    heading = ["A-Number", "Name", "DOB", "Citizenship", "Seen", "Call"]
    mapping = read_record_list(write_csv([heading, *PEOPLE]), today=TODAY).mapping
    assert mapping.shapes["a_number"] == ("A999-999-999", "999999999")
    assert mapping.shapes["birth_date"] == ("9999-99-99",)
    assert set(mapping.shapes["name"]) == {"Xx, Xx Xx", "Xx, Xx"}


@given(st.text())
def test_no_shape_repeats_a_word_or_a_digit(text: str) -> None:
    shown = shape(text)
    assert not any(char.isdigit() and char != "9" for char in shown)
    assert not any(char.isalpha() and char not in "AXx" for char in shown)
