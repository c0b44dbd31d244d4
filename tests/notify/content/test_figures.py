"""A date stands inside a sentence: nothing of it may end one."""

from datetime import date

import pytest

from notify.content.figures import long_date


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "November 28, 2022"),
        ("ru", "28 ноября 2022 года"),
        ("uk", "28 листопада 2022 року"),
        ("ro", "28 noiembrie 2022"),
        ("ka", "2022 წლის 28 ნოემბერი"),
        ("hy", "2022 թվականի նոյեմբերի 28"),
    ],
)
def test_a_date_is_written_out_without_a_full_stop(language: str, written: str) -> None:
    assert long_date(date(2022, 11, 28), language) == written
