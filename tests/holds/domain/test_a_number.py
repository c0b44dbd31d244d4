import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.a_number import (
    MALFORMED,
    ANumberReading,
    display,
    is_a_number,
    is_synthetic,
    mask,
    read_a_numbers,
)

NUMBER = "900000001"


@pytest.mark.parametrize(
    "written",
    [
        "A900000001",
        "900-000-001",
        "A 900 000 001",
        "A900-000-001",
        "A900–000–001",  # en dash
        "A900\u2011000\u2011001",  # non-breaking hyphen
        "A\u00a0900\u00a0000\u00a0001",
        "９００００００01",
        "٩٠٠٠٠٠٠٠١",
        "А900000001",  # Cyrillic А
        "A#900000001",
        "A-File: 900-000-001",
        "Alien No. 900000001",
        "#900000001",
        "900,000,001",
        "900000001.0",
        "\u200eA900000001\u200b",
        "A900000001 / 900-000-001",
    ],
)
def test_every_usual_spelling_is_the_same_number(written: str) -> None:
    reading = read_a_numbers(written)
    assert (reading.numbers, reading.problem) == ((NUMBER,), None)


def test_seven_and_eight_digits_are_zero_filled() -> None:
    # Shape only: no such short number is given a person anywhere.
    assert read_a_numbers("A00-000-01").problem == "a_number.malformed"
    assert read_a_numbers("A0000001").numbers == ("000000001",)
    assert read_a_numbers("A 00 000 001").numbers == ("000000001",)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "a_number.missing"),
        ("  ", "a_number.missing"),
        ("N/A", "a_number.missing"),
        ("unknown", "a_number.missing"),
        ("1.23457E+08", "a_number.lost_precision"),
        ("9.00001E+08", "a_number.lost_precision"),
        ("9,00001e8", "a_number.lost_precision"),
        ("123456", "a_number.malformed"),
        ("9000000012", "a_number.malformed"),
        ("900000001.5", "a_number.malformed"),
        ("A90000000O1", "a_number.malformed"),
        ("90000000¹", "a_number.malformed"),  # a footnote mark is no ninth digit
        ("90000000 1", "a_number.malformed"),
        ("900-00-0001", "a_number.malformed"),  # the shape of a social security number
        ("12/03/1990", "a_number.malformed"),
        ("2022-11-19", "a_number.malformed"),
        ("000000000", "a_number.malformed"),
        ("see file", "a_number.malformed"),
    ],
)
def test_what_is_no_number_is_refused_with_its_code(written: str, code: str) -> None:
    assert read_a_numbers(written).problem == code
    assert read_a_numbers(written).numbers == ()


@pytest.mark.parametrize(
    "written",
    [
        "A900000001 / A900000002",
        "A900000001, 900-000-002",
        "A900000001; A900000002",
        "A900000001 and A900000002",
        "A900000001 a/k/a A900000002",
        "A900000001 (old: A900000002)",
        "A900000001\nA900000002",
        "900000001 900000002",
    ],
)
def test_several_numbers_in_a_cell_are_all_kept(written: str) -> None:
    reading = read_a_numbers(written)
    assert reading.numbers == ("900000001", "900000002")
    assert reading.problem == "a_number.several"


def test_the_readable_number_is_kept_beside_an_unreadable_one() -> None:
    reading = read_a_numbers("A900000001 / 12345")
    assert (reading.numbers, reading.problem) == ((NUMBER,), "a_number.several")


@pytest.mark.parametrize(
    ("stored", "numbers"),
    [
        (900000001.0, (NUMBER,)),
        (900000001, (NUMBER,)),
        (900000001.5, ()),
        (1_000_000_000.0, ()),
        (123456.0, ()),
        (-900000001.0, ()),
        (float("nan"), ()),
        (float("inf"), ()),
    ],
)
def test_a_spreadsheets_number_is_read_only_when_whole_and_in_range(
    stored: float, numbers: tuple[str, ...]
) -> None:
    assert read_a_numbers(stored).numbers == numbers


def test_a_number_is_shown_masked_or_in_groups() -> None:
    assert mask(NUMBER) == "A***-***-001"
    assert display(NUMBER) == "A900-000-001"
    assert is_synthetic(NUMBER)
    assert not is_synthetic("000000001")


@given(st.text())
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    reading = read_a_numbers(text)
    assert all(is_a_number(number) for number in reading.numbers)
    assert (reading.problem is None) == (len(reading.numbers) == 1 and reading.problem != "a_number.several")


@given(st.text(alphabet="A0123456789 -./#,E+²²\u00a0–٩", max_size=24))
def test_no_digit_is_ever_added_dropped_or_moved(text: str) -> None:
    digits = "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)
    for number in read_a_numbers(text).numbers:
        assert re.sub("^0+", "", number) in digits


@given(
    st.integers(min_value=900_000_000, max_value=999_999_999), st.sampled_from(["", "-", " ", "–", "\u00a0"])
)
def test_a_displayed_number_reads_back(number: int, separator: str) -> None:
    written = display(str(number)).replace("-", separator)
    assert read_a_numbers(written).numbers == (str(number),)
    assert read_a_numbers(float(number)).numbers == (str(number),)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A900000503*", ("900000503",)),
        ("A900000504 (see file)", ("900000504",)),
        ("A900000001 (mother)", ("900000001",)),
        ("A900000505?", ("900000505",)),
        ("900000507 pending", ("900000507",)),
        ("mother A900-000-511, see file", ("900000511",)),
        ("A9000005031", ()),
        ("12345 (temporary)", ()),
        ("tel. 202-555-0100", ()),
    ],
)
def test_a_number_that_stands_whole_beside_something_else_is_held_by_but_knows_nobody(
    text: str, numbers: tuple[str, ...]
) -> None:
    assert read_a_numbers(text) == ANumberReading(numbers, MALFORMED)


@pytest.mark.parametrize("text", ['="900000515"', "'900000515", "'A900-000-515"])
def test_what_a_spreadsheet_writes_to_keep_text_is_no_part_of_the_number(text: str) -> None:
    assert read_a_numbers(text) == ANumberReading(("900000515",), None)
