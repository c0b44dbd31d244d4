"""A birth date that can be read in two ways is kept as both: a person is found and borne out by either."""

import pytest

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Decision
from tests.holds.actions.lists import ADAMS, Lists

SLASHES = ("A900000001", "PEREZ, ANA MARIA", "03/04/1990", "Cuba", "ADAMSMS", "Detained", "", "")
NUMBERLESS = ("", "OKAFOR, CHIDI", "05/06/1988", "Ghana", "ADAMSMS", "Detained", "", "")
BOTH = ("1990-03-04", "1990-04-03")


@pytest.fixture
def doubtful(lists: Lists) -> Lists:
    lists.facilities(ADAMS)
    outcome = lists.people(SLASHES, NUMBERLESS)
    assert outcome.counts["problem.date.ambiguous"] == 2
    return lists


def test_both_days_are_kept(doubtful: Lists) -> None:
    assert doubtful.facts(doubtful.person("900000001")).birth_dates == BOTH


@pytest.mark.parametrize("day", ["1988-05-06", "1988-06-05"])
def test_a_row_without_number_finds_the_person_by_either_day(doubtful: Lists, day: str) -> None:
    moved = ("", "OKAFOR, CHIDI", day, "Detained", "ADAMSMS", "C-3", "2023-02-01", "")
    assert doubtful.custody(moved).counts["without_number"] == 1


def test_another_day_finds_nobody(doubtful: Lists) -> None:
    moved = ("", "OKAFOR, CHIDI", "1988-05-07", "Detained", "ADAMSMS", "C-3", "2023-02-01", "")
    assert doubtful.custody(moved).counts["not_on_record"] == 1


def test_two_ambiguous_dates_agree_where_they_share_a_day(doubtful: Lists) -> None:
    again = ("A900000001", "PEREZ, ANA MARIA", "04/03/1990", "Peru", "ADAMSMS", "Detained", "", "")
    assert doubtful.people(again, name="again.csv").counts["updated"] == 1
    other = ("A900000001", "PEREZ, ANA MARIA", "1990-12-30", "Cuba", "ADAMSMS", "Detained", "", "")
    assert doubtful.people(other, name="other.csv").counts["identity_conflicts"] == 1


@pytest.mark.parametrize("day", ["1988-05-06", "1988-06-05"])
def test_the_gate_blocks_on_either_day(doubtful: Lists, day: str) -> None:
    office = doubtful.office
    question = Question(a_number="A900000777", name="OKAFOR, CHIDI", birth_date=day)
    answer = answer_check(office.database, acting=office.officer, question=question)
    assert answer.decision is Decision.BLOCKED
