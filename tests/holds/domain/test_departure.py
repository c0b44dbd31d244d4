"""A destination stands in clear, so it is a code: a country's or a place's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.departure import destination_code

FACILITIES = {"ADAMSMS", "NEW0600"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("CU", "CU"),
        (" cu ", "CU"),
        ("ADAMSMS", "ADAMSMS"),
        (" adamsms", "ADAMSMS"),
        ("NEW0600", "NEW0600"),
        ("RAMIREZ", None),
        ("PEREZ", None),
        ("AGC", None),
        ("XQ", None),
        ("", None),
        ("Havana, Cuba", None),
        ("A1234567", None),
        ("900444001", None),
        ("12345678", None),
        ("HOLDROOMS", None),
        ("ÄGC", None),
    ],
)
def test_codes_are_read_and_nothing_else(said: str, kept: str | None) -> None:
    assert destination_code(said, FACILITIES) == kept


@given(st.text(), st.sets(st.text()))
def test_what_is_kept_fits_its_column_and_is_on_record(text: str, facilities: set[str]) -> None:
    kept = destination_code(text, facilities)
    assert kept is None or (len(kept) <= 8 and destination_code(kept, facilities) == kept)
    assert kept is None or kept in facilities or (len(kept) == 2 and kept.isascii())
