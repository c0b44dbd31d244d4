from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.person_name import name_pairs, name_tokens, read_person_name
from holds.matching.counsel import ClientClaim, CounselEntry, CounselRoster, PersonFacts, match_client
from holds.matching.identity import Identity

BORN, OTHER_DAY = date(1990, 3, 12), date(1971, 7, 30)
NUMBER, ALIAS, OTHER_NUMBER = "900000001", "900000002", "900000003"


def identity(name: str, *dates: date) -> Identity:
    read = read_person_name(name)
    if read is None:
        return Identity(birth_dates=frozenset(dates))
    return Identity(name_tokens(read), name_pairs(read), frozenset(dates))


PERSON = PersonFacts(frozenset({NUMBER, ALIAS}), identity("PEREZ DIAZ, ANA MARIA", BORN))


def claimed(numbers: set[str], name: str, *dates: date) -> tuple[str, str]:
    match = match_client(ClientClaim(frozenset(numbers), identity(name, *dates)), PERSON)
    return match.judgement, match.rule


def test_a_number_with_the_name_or_the_birth_date_is_the_client() -> None:
    assert claimed({NUMBER}, "Ana Perez") == ("exact", "number_and_name")
    assert claimed({ALIAS}, "", BORN) == ("exact", "number_and_birth_date")


def test_the_number_alone_which_leaked_proves_nothing() -> None:
    assert claimed({NUMBER}, "") == ("needs_judgement", "number_alone")
    assert claimed({NUMBER}, "Ivan Petrov", OTHER_DAY) == ("needs_judgement", "number_disputed")


def test_name_and_birth_date_without_the_number_wait_for_a_person() -> None:
    assert claimed(set(), "Ana Perez", BORN) == ("needs_judgement", "name_and_birth_date")
    assert claimed({OTHER_NUMBER}, "Ana Perez", BORN)[0] == "needs_judgement"


def test_a_name_or_a_birth_date_alone_is_nobody() -> None:
    assert claimed(set(), "Ana Perez")[0] == "none"
    assert claimed(set(), "", BORN)[0] == "none"
    assert claimed(set(), "Ana Perez", OTHER_DAY)[0] == "none"


def test_the_evidence_names_what_agreed_and_what_did_not() -> None:
    match = match_client(ClientClaim(frozenset({OTHER_NUMBER}), identity("Ana Perez", BORN)), PERSON)
    assert (match.agreed, match.disagreed) == (("name", "birth_date"), ("a_number",))


numbers = st.frozensets(st.sampled_from([NUMBER, ALIAS, OTHER_NUMBER]))
names = st.sampled_from(["", "Ana Perez", "PEREZ, ANA", "Ivan Petrov", "Ana"])
dates = st.lists(st.sampled_from([BORN, OTHER_DAY]), max_size=2)


@given(numbers, names, dates)
def test_nothing_is_exact_without_a_shared_number(held: frozenset[str], name: str, born: list[date]) -> None:
    match = match_client(ClientClaim(held, identity(name, *born)), PERSON)
    if match.judgement == "exact":
        assert held & PERSON.a_numbers
        assert {"name", "birth_date"} & set(match.agreed)


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
