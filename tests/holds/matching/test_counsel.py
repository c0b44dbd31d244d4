import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.matching.counsel import CounselEntry, CounselRoster

ROSTER = CounselRoster(
    [
        CounselEntry("smith", "Jane Q. Smith, Esq.", "Law Offices of Smith & Garcia, P.C."),
        CounselEntry("cruz", "MARIA LOPEZ DE LA CRUZ", "Border Rights Project"),
        CounselEntry("lee-a", "Lee, Ann", "Alpha Law LLP"),
        CounselEntry("lee-b", "Ann Lee", "Beta Legal Group"),
    ]
)


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("SMITH, JANE", "SMITH AND GARCIA PC"),
        ("Smith, Jane Q., Esq.", "Smith & Garcia"),
        ("Atty. Jane Smith", "The Law Office of Smith & Garcia LLC"),
    ],
)
def test_name_and_firm_name_one_counsel(name: str, firm: str) -> None:
    match = ROSTER.match(name, firm)
    assert (match.judgement, match.counsel_id, match.agreed) == ("confident", "smith", ("name", "firm"))


def test_a_name_without_its_firm_or_with_another_waits() -> None:
    assert ROSTER.match("JANE SMITH").rule == "firm_unproven"
    moved = ROSTER.match("JANE SMITH", "Border Rights Project")
    assert (moved.judgement, moved.counsel_id, moved.disagreed) == ("needs_judgement", "smith", ("firm",))
    assert ROSTER.match("JANE R SMITH", "Smith & Garcia").rule == "other_initial"


def test_two_counsel_of_one_name_wait_even_where_the_firm_points_to_one() -> None:
    match = ROSTER.match("LEE, ANN", "Beta Legal Group")
    assert (match.judgement, match.counsel_id, match.others) == ("needs_judgement", "lee-b", ("lee-a",))


def test_part_of_a_name_is_shown_to_a_person() -> None:
    match = ROSTER.match("DE LA CRUZ, MARIA", "Border Rights Project")
    assert (match.judgement, match.counsel_id) == ("needs_judgement", "cruz")


@pytest.mark.parametrize(
    "name", ["", " ", "PRO SE", "Pro-se", "None", "N/A", "Unrepresented", "Wanda Nobody"]
)
def test_no_counsel_is_none(name: str) -> None:
    assert ROSTER.match(name, "Smith & Garcia").judgement == "none"


@given(st.text(max_size=40), st.text(max_size=40))
def test_noise_never_stops_the_roster(name: str, firm: str) -> None:
    match = ROSTER.match(name, firm)
    assert (match.counsel_id is None) == (match.judgement == "none")
    if match.judgement == "confident":
        assert match.agreed == ("name", "firm")
        assert match.others == ()
