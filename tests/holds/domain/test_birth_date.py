from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.birth_date import column_convention, read_birth_date, read_date

TODAY = date(2022, 11, 28)
DAY = date(1990, 3, 25)


@pytest.mark.parametrize(
    "written",
    [
        "1990-03-25", "1990/03/25", "03/25/1990", "3-25-1990", "25/03/1990", "25.3.1990", "25-MAR-1990",
        "25 mar 90", "March 25, 1990", "25 de marzo de 1990", "19900325", "1990-03-25T00:00:00",
        "3/25/1990 12:00:00 AM", "32957", 32957.0, 19900325.0, date(1990, 3, 25), datetime(1990, 3, 25, 0, 0),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_one_day_is_read_from_every_spelling(written: str | float | date) -> None:
    reading = read_birth_date(written, today=TODAY)
    assert (reading.dates, reading.problem) == ((DAY,), None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "date.missing"),
        (None, "date.missing"),
        ("unknown", "date.missing"),
        ("00/00/0000", "date.missing"),
        ("02/30/1990", "date.malformed"),
        ("1990", "date.malformed"),
        (1990.0, "date.malformed"),
        ("13/13/1990", "date.malformed"),
        ("soon", "date.malformed"),
        (float("nan"), "date.malformed"),
        ("12/31/1899", "date.implausible"),
        ("2022-11-29", "date.implausible"),
        ("2190-03-25", "date.implausible"),
    ],
)
def test_what_is_no_birth_date_is_refused_with_its_code(written: str | float | None, code: str) -> None:
    reading = read_birth_date(written, today=TODAY)
    assert (reading.dates, reading.problem) == ((), code)


def test_an_ambiguous_date_keeps_both_days() -> None:
    reading = read_birth_date("03/04/1990", today=TODAY)
    assert reading.dates == (date(1990, 3, 4), date(1990, 4, 3))
    assert reading.problem == "date.ambiguous"


def test_a_date_that_is_the_same_either_way_is_not_ambiguous() -> None:
    assert read_birth_date("04/04/1990", today=TODAY).problem is None


def test_only_one_reading_in_the_past_decides() -> None:
    assert read_birth_date("11/12/2022", today=TODAY).dates == (date(2022, 11, 12),)


def test_the_convention_of_the_column_decides() -> None:
    assert read_birth_date("03/04/1990", today=TODAY, convention="month_first").dates == (date(1990, 3, 4),)
    assert read_birth_date("03/04/1990", today=TODAY, convention="day_first").dates == (date(1990, 4, 3),)
    assert read_birth_date("03.04.1990", today=TODAY, convention="month_first").dates == (date(1990, 4, 3),)


def test_a_column_says_its_convention_only_when_no_date_contradicts() -> None:
    assert column_convention(["03/04/1990", "03/25/1990", ""]) == "month_first"
    assert column_convention(["03/04/1990", "25/03/1990"]) == "day_first"
    assert column_convention(["03/25/1990", "25/03/1990"]) is None
    assert column_convention(["03/04/1990", "25.03.1990"]) is None


def test_a_two_digit_year_is_never_in_the_future() -> None:
    assert read_birth_date("3/25/22", today=TODAY).dates == (date(2022, 3, 25),)
    assert read_birth_date("12/25/22", today=TODAY).dates == (date(1922, 12, 25),)
    assert read_birth_date("25-MAR-90", today=TODAY).dates == (DAY,)


def test_other_dates_may_lie_ahead() -> None:
    assert read_date("2023-01-15", today=TODAY).dates == (date(2023, 1, 15),)


@given(st.one_of(st.text(), st.floats(), st.dates(), st.text("0123456789/-. ", max_size=12)))
def test_anything_is_read_or_refused_and_never_raises(value: str | float | date) -> None:
    reading = read_birth_date(value, today=TODAY)
    assert all(date(1900, 1, 1) <= day <= TODAY for day in reading.dates)
    assert len(reading.dates) == {None: 1, "date.ambiguous": 2}.get(reading.problem, 0)


@given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY))
def test_the_true_day_is_always_among_those_read(day: date) -> None:
    for written in (
        f"{day:%m/%d/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%b-%Y}",
        day.isoformat(),
    ):
        assert day in read_birth_date(written, today=TODAY).dates
