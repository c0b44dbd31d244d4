"""A page reference stands in clear, so it is a page and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.review import LONGEST_PAGE, page_reference

PAGES = st.integers(1, 9999).map(str)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("4", "4"),
        (" 4 - 6, 9 ", "4-6,9"),
        ("AR-12", "AR-12"),
        ("ER12b", "ER12b"),
        ("xiv", "xiv"),
        ("", None),
        ("Perez", None),
        ("Ana 4", None),
        ("p. 7 (Perez)", None),
        ("900444001", None),
        ("900-444-001", None),
        ("A900444001", None),
        ("212-555-0100", None),
        ("٤", None),
        ("4\n5", None),
    ],
)
def test_pages_are_read_and_nothing_else(said: str, kept: str | None) -> None:
    assert page_reference(said) == kept


@given(st.lists(PAGES, min_size=1, max_size=8))
def test_a_list_of_pages_is_kept_as_it_is_while_it_fits(pages: list[str]) -> None:
    said = ",".join(pages)
    assert page_reference(said) == (said if len(said) <= LONGEST_PAGE else None)


@given(st.text())
def test_what_is_kept_fits_and_reads_the_same_again(text: str) -> None:
    kept = page_reference(text)
    assert kept is None or (len(kept) <= LONGEST_PAGE and kept.isascii() and page_reference(kept) == kept)
