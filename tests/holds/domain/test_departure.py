"""A destination stands in clear, so it is a code: a country's or a place's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.departure import destination_code


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("CU", "CU"),
        (" cu ", "CU"),
        ("ADAMSMS", "ADAMSMS"),
        ("NEW0600", "NEW0600"),
        ("AGC", "AGC"),
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
    assert destination_code(said) == kept


@given(st.text())
def test_what_is_kept_fits_its_column(text: str) -> None:
    kept = destination_code(text)
    assert kept is None or (2 <= len(kept) <= 8 and kept.isascii() and destination_code(kept) == kept)
