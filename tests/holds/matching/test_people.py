"""Whom a description means, among people who have relatives and namesakes."""

import datetime as dt
from typing import Any

import pytest

from holds.domain.person_name import name_tokens
from holds.matching.name_sound import words_of
from holds.matching.people import SHOWN, Candidate, PeopleIndex
from holds.matching.weighing import Described

BORN = dt.date(1990, 4, 25)


def person(name: str, number: str = "", *born: dt.date, **more: Any) -> Described:
    numbers = frozenset({number}) if number else frozenset[str]()
    return Described(words_of(name_tokens(name)), numbers, frozenset(born), **more)


FAMILIES = ("LOPEZ", "RAMOS", "SINGH", "KAUR", "WANG", "HERNANDEZ", "FERNANDEZ", "ROJAS", "IVANOV", "DIALLO")
GIVEN = ("JUAN", "PEDRO", "GURPREET", "HUI", "IVAN", "AISSATOU", "CARLOS", "LUZ", "ELENA", "OMAR")
CROWD = {
    f"crowd-{n}": person(
        f"{family}, {given}", str(930_000_000 + n * 1_117), dt.date(1950 + n % 50, 1 + n % 12, 1 + n % 28)
    )
    for n, (family, given) in enumerate((family, given) for family in FAMILIES for given in GIVEN)
}
ON_RECORD = PeopleIndex(
    {
        **CROWD,
        "ana": person("PEREZ DIAZ, ANA MARIA", "900000001", BORN, country="CU"),
        "father": person("CASTILLO, RAUL", "900000100", dt.date(1960, 2, 3)),
        "son": person("CASTILLO, RAUL", "900000101", dt.date(1992, 7, 9)),
        "twin": person("MOLINA ORTIZ, DIEGO", "900000200", dt.date(1994, 3, 3)),
        "mohammad": person("RAHIMI, MOHAMMAD", "900000300", dt.date(1988, 1, 1), country="AF"),
        "xu": person("XU, XIAOMING", "900000400", dt.date(1979, 5, 6), country="CN"),
        "anderson": person("FARIAS, ANDERSON", "900000500", dt.date(2001, 8, 11)),
    }
)


def meant(said: Described) -> tuple[str, str, str]:
    """(who, how certain, why) of the likeliest; nobody is `("", "none", "")`."""
    found: list[Candidate[str]] = ON_RECORD.match(said)
    return (found[0].id, found[0].judgement, found[0].rule) if found else ("", "none", "")


def test_a_number_with_the_name_is_certain_in_any_order_and_spelling() -> None:
    for name in ("Ana Perez", "DIAZ PEREZ, ANA", "PEREZ, ANNA MARIA"):
        assert meant(person(name, "900000001")) == ("ana", "exact", "number_and_name")


def test_a_number_with_the_birth_date_and_no_name_is_certain() -> None:
    assert meant(person("", "900000001", BORN)) == ("ana", "exact", "number_and_birth_date")


def test_the_number_which_leaked_proves_nothing_alone_or_with_another_name() -> None:
    assert meant(person("", "900000001")) == ("ana", "needs_judgement", "number_alone")
    disputed = meant(person("ZHOU, WEI", "900000001", dt.date(1960, 1, 31)))
    assert disputed == ("ana", "needs_judgement", "number_disputed")


def test_father_and_son_of_one_name_are_told_apart_though_the_number_is_the_other_ones() -> None:
    """The number typed is the father's; everything else says the son."""
    found = ON_RECORD.match(person("CASTILLO, RAUL", "900000100", dt.date(1992, 7, 9)))
    assert {one.judgement for one in found} == {"needs_judgement"}
    assert {one.id for one in found} == {"father", "son"}


def test_a_twin_under_the_other_ones_number_waits_though_birth_date_and_family_agree() -> None:
    found = meant(person("MOLINA ORTIZ, BRUNO", "900000200", dt.date(1994, 3, 3)))
    assert found == ("twin", "needs_judgement", "number_and_part")


def test_a_twin_under_a_slip_of_the_number_is_nobodys_certain_client() -> None:
    who, judgement, _ = meant(person("MOLINA ORTIZ, BRUNO", "900000201", dt.date(1994, 3, 3)))
    assert (who, judgement) == ("twin", "needs_judgement")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (person("Perez Diaz, Ana Maria", "900000010", BORN), "ana"),
        (person("Perez Diaz, Ana Maria", "", BORN), "ana"),
        (person("Muhammed Raheemi", "900000030", dt.date(1988, 1, 1), country="AF"), "mohammad"),
        (person("Hsu, Hsiaoming", "", dt.date(1979, 6, 5), country="CN"), "xu"),
        (person("Hsu, Hsiao Ming", "", dt.date(1979, 5, 6)), "xu"),
        (person("Anderson Frias", "", dt.date(2001, 8, 11)), "anderson"),
    ],
)
def test_a_wrong_or_missing_number_is_made_up_for_by_everything_else(said: Described, who: str) -> None:
    found = ON_RECORD.match(said)
    assert found[0].id == who
    assert found[0].judgement in ("confident", "needs_judgement")


def test_a_namesake_of_one_birth_date_under_another_number_is_left_to_a_human() -> None:
    who, judgement, _ = meant(person("PEREZ DIAZ, ANA MARIA", "955123456", BORN, country="CU"))
    assert (who, judgement) == ("ana", "needs_judgement")


def test_nothing_is_exact_without_a_number_in_common() -> None:
    assert meant(person("PEREZ DIAZ, ANA MARIA", "", BORN, country="CU"))[1] == "confident"


def test_a_name_alone_and_a_stranger_are_nobody() -> None:
    assert meant(person("Lopez, Juan"))[1] in ("none", "needs_judgement")
    assert meant(person("Okonkwo, Chidi", "977777777", dt.date(1971, 9, 9)))[1] == "none"


def test_two_usual_names_one_letter_apart_are_two_names() -> None:
    fernandez = CROWD["crowd-60"]
    (born,) = fernandez.birth_dates
    who, judgement, _ = meant(person("HERNANDEZ, JUAN", "", born))
    assert (who, judgement) != ("crowd-60", "confident")


def test_a_human_is_shown_a_handful_likeliest_first() -> None:
    found = ON_RECORD.match(person("Castillo, Raul"))
    assert len(found) <= SHOWN
    assert [one.bits for one in found] == sorted((one.bits for one in found), reverse=True)


def test_the_evidence_says_what_agreed_and_what_did_not_and_holds_no_name() -> None:
    (best, *_) = ON_RECORD.match(person("Muhammed Rahimi", "900000309", dt.date(1988, 1, 2)))
    assert set(best.evidence.agreed) >= {"name", "name:sound", "a_number:slip", "birth_date:year"}
    assert not any("rahimi" in code for code in (*best.evidence.agreed, *best.evidence.disagreed))
