"""Numbers in every script's digits, and days as spreadsheets count them."""

from datetime import date

import pytest

from holds.domain.a_number import LOST_PRECISION, MALFORMED, SEVERAL, read_a_numbers
from holds.domain.birth_date import AMBIGUOUS, IMPLAUSIBLE, read_birth_date
from holds.domain.person_name import name_tokens, read_person_name

TODAY = date(2022, 11, 28)
SCRIPTS = {
    "full-width": "Ａ９０００００１２３",
    "Arabic-Indic": "A٩٠٠٠٠٠١٢٣",
    "Persian": "A۹۰۰۰۰۰۱۲۳",
    "Devanagari": "A९००००० १२३",
    "Bengali": "A৯০০০০০১২৩",
    "Gurmukhi": "A੯੦੦੦੦੦੧੨੩",
    "Khmer": "A៩០០ ០០០ ១២៣",
    "right to left, with its marks": "\u200f\u202bA٩٠٠-٠٠٠-١٢٣\u202c",
}


@pytest.mark.parametrize("written", SCRIPTS.values(), ids=list(SCRIPTS))
def test_digits_of_every_script_are_digits(written: str) -> None:
    reading = read_a_numbers(written)
    assert (reading.numbers, reading.problem) == (("900000123",), None)


@pytest.mark.parametrize("written", ["A٩٠٠٠٠٠١٢٣ / A٩٠٠٠٠٠١٢٤", "９０００００１２３、９０００００１２４"])
def test_several_in_one_cell_in_another_script(written: str) -> None:
    reading = read_a_numbers(written)
    assert (reading.numbers, reading.problem) == (("900000123", "900000124"), SEVERAL)


@pytest.mark.parametrize(
    ("written", "code"),
    [("9.00000E+08", LOST_PRECISION), ("9,0E8", LOST_PRECISION), (9.5, MALFORMED), (True, MALFORMED),
     ("A²900000123", MALFORMED), (float("nan"), MALFORMED), (9_000_001_230.0, MALFORMED)],
)  # fmt: skip
def test_what_a_spreadsheet_spoilt_is_never_a_number(written: str | float, code: str) -> None:
    assert read_a_numbers(written).problem == code
    assert read_a_numbers(written).numbers in ((), ("900000123",))


def test_a_serial_counts_from_the_day_the_file_says() -> None:
    day = date(1990, 4, 25)
    in_1900, in_1904 = 32_988.0, 31_526.0
    assert read_birth_date(in_1900, today=TODAY).dates == (day,)
    assert read_birth_date(in_1904, today=TODAY, epoch_1904=True).dates == (day,)
    assert read_birth_date("31526", today=TODAY, epoch_1904=True).dates == (day,)


def test_where_no_file_says_it_both_days_are_kept() -> None:
    reading = read_birth_date("31526", today=TODAY, epoch_1904=None)
    assert reading.problem == AMBIGUOUS
    assert reading.dates == (date(1986, 4, 24), date(1990, 4, 25))


def test_a_day_that_would_lie_ahead_is_none_of_the_two() -> None:
    reading = read_birth_date("44800", today=TODAY, epoch_1904=None)
    assert (reading.dates, reading.problem) == ((date(2022, 8, 27),), None)
    assert read_birth_date(44_800.0, today=TODAY, epoch_1904=True).problem == IMPLAUSIBLE


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("ГОНЧАРЕНКО, ОЛЕКСАНДР", ("ГОНЧАРЕНКО",), ("ОЛЕКСАНДР",)),
        ("王小明", ("王小明",), ()),
        ("محمد، علی", ("محمد",), ("علی",)),
        ("ਸਿੰਘ, ਹਰਪ੍ਰੀਤ", ("ਸਿੰਘ",), ("ਹਰਪ੍ਰੀਤ",)),
        ("Sukarno", ("Sukarno",), ()),
        ("FNU, AHMADZAI", ("AHMADZAI",), ()),
    ],
)
def test_names_in_their_own_script_and_of_one_word(
    written: str, family: tuple[str, ...], given: tuple[str, ...]
) -> None:
    name = read_person_name(written)
    assert name is not None
    assert (name.family, name.given) == (family, given)
    assert name_tokens(name)
