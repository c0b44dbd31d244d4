"""Who decides what of a hold; and a page reference, which stands in clear, is a page and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.review import (
    COURT_FORUMS,
    ENDING_OUTCOMES,
    FEDERAL_COURTS,
    LONGEST_PAGE,
    UNDOING_OUTCOMES,
    Forum,
    page_reference,
)

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


def test_the_outcomes_that_end_a_hold_and_those_that_put_it_back_are_as_written() -> None:
    assert {outcome.value for outcome in ENDING_OUTCOMES} == {"denied", "dismissed"}
    undoing = "vacated reversed remanded granted"
    assert {outcome.value for outcome in UNDOING_OUTCOMES} == set(undoing.split())


def test_the_agency_and_its_re_interview_are_no_court() -> None:
    assert set(Forum) - COURT_FORUMS == {Forum.DHS, Forum.USCIS_REINTERVIEW}
    assert {Forum.DISTRICT_COURT, Forum.CIRCUIT_COURT} == FEDERAL_COURTS


def test_twenty_characters_of_pages_fit_and_one_more_does_not() -> None:
    assert page_reference("1,2,3,4,5,6,7,8,9,10") == "1,2,3,4,5,6,7,8,9,10"
    assert page_reference("1,2,3,4,5,6,7,8,99,10") is None


@given(st.text())
def test_what_is_kept_fits_and_reads_the_same_again(text: str) -> None:
    kept = page_reference(text)
    assert kept is None or (len(kept) <= LONGEST_PAGE and kept.isascii() and page_reference(kept) == kept)
