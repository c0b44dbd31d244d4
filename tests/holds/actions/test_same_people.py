"""Two records that look like one person's are found, asked about once, and merged by two people alone."""

import pytest

from holds.actions.doubt_references import doubt_of
from holds.actions.judge import confirm_judgement, judge
from holds.actions.look_for_same_people import Looked, look_for_same_people
from holds.domain.judgement import Verdict
from holds.domain.staff import NotAllowedError
from holds.queries.judgement_queue import QueueKind, Waiting, judgement_queue
from holds.store.gates import Gate
from tests.holds.actions.lists import ANA, BEN, CLEO, Lists

RAHIMI = ("A900-000-004", "RAHIMI, MOHAMMAD YUSUF", "1988-04-02", "Afghanistan", "", "", "", "")
RAHEEMI = ("A900-000-040", "RAHEEMI, MUHAMMED YUSUF", "1988-04-02", "Afghanistan", "", "", "", "")
BROTHER = ("A900-000-005", "RAHIMI, ABDUL HAKIM", "1988-04-02", "Afghanistan", "", "", "", "")


def look(lists: Lists) -> Looked:
    office = lists.office
    return office.database.run(lambda s: look_for_same_people(s, office.vault, acting=office.caseworker))


def waiting(lists: Lists) -> list[Waiting]:
    with lists.office.database.reading() as session:
        return list(judgement_queue(session, acting=lists.office.caseworker))


def decide(lists: Lists, reference: str, verdict: Verdict) -> None:
    office = lists.office
    with office.database.transaction() as session:
        doubt_id = doubt_of(session, reference, acting=office.caseworker)
        judge(
            session,
            office.vault,
            acting=office.caseworker,
            doubt_id=doubt_id,
            verdict=verdict,
            reason="Seen both.",
        )
    with office.database.transaction() as session:
        confirm_judgement(session, office.vault, acting=office.supervisor, doubt_id=doubt_id)


def test_one_person_under_two_numbers_and_spellings_is_asked_about_once_and_not_the_brother(
    lists: Lists,
) -> None:
    lists.people(ANA, BEN, CLEO, RAHIMI, RAHEEMI, BROTHER)
    looked = look(lists)
    assert (looked.records, looked.alike, looked.raised) == (6, 1, 1)
    (entry,) = waiting(lists)
    assert entry.kind is QueueKind.SAME_PERSON
    assert look(lists).raised == 0


def test_what_two_people_judged_different_comes_back_only_with_other_evidence(lists: Lists) -> None:
    lists.people(ANA, RAHIMI, RAHEEMI)
    look(lists)
    (entry,) = waiting(lists)
    decide(lists, entry.reference, Verdict.NEGATIVE)
    assert (look(lists).raised, waiting(lists)) == (0, [])
    lists.people(("A900-000-040", "RAHIMI, MOHAMMAD", *RAHEEMI[2:]), name="more.csv")
    assert look(lists).raised == 1


def test_judged_the_same_by_two_the_records_are_one_and_are_not_asked_again(lists: Lists) -> None:
    lists.people(ANA, RAHIMI, RAHEEMI)
    look(lists)
    (entry,) = waiting(lists)
    decide(lists, entry.reference, Verdict.POSITIVE)
    with lists.office.database.reading() as session:
        assert session.query(Gate).where(Gate.merged_into.is_not(None)).count() == 1
    assert look(lists).alike == 0


def test_looking_takes_staff(lists: Lists) -> None:
    office = lists.office
    with pytest.raises(NotAllowedError):
        office.database.run(lambda s: look_for_same_people(s, office.vault, acting=office.officer))
