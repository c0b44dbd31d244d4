"""The queue of judgements: near matches first by their promise, then the conflicts that imports left."""

import datetime as dt

import pytest
from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.doubt_references import doubt_of
from holds.actions.judge import JudgementRefusedError, confirm_judgement, judge
from holds.actions.questions import Question
from holds.actions.register_incident import register_incident
from holds.domain.judgement import Effect, Verdict
from holds.queries.comparison import compare
from holds.queries.judgement_queue import QueueKind, Waiting, judgement_queue
from holds.store.demo_time import move_clock
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.lookup import find_people
from holds.store.merged import members_of
from holds.store.people import Person
from tests.holds.actions.lists import ANA, LEAK, PEOPLE, Lists

ANA_BORN_OTHERWISE = (ANA[0], ANA[1], "1985-01-01", *ANA[3:])


def waiting(lists: Lists) -> tuple[Waiting, ...]:
    with lists.office.database.reading() as session:
        return judgement_queue(session, acting=lists.office.caseworker)


def decide(lists: Lists, reference: str, verdict: Verdict) -> Effect:
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
        return confirm_judgement(session, office.vault, acting=office.supervisor, doubt_id=doubt_id)


def test_a_near_match_goes_first_and_is_overdue_after_fifteen_minutes(lists: Lists) -> None:
    lists.people(ANA)
    lists.people(ANA_BORN_OTHERWISE, name="again.csv")
    question = Question(a_number="A900888001", name="Ana Perez", birth_dates=(dt.date(1990, 4, 25),))
    answer_check(lists.office.database, acting=lists.office.officer, question=question)
    entries = waiting(lists)
    assert [entry.kind for entry in entries] == [QueueKind.NEAR_MATCH, QueueKind.IDENTITY_CONFLICT]
    assert not entries[0].overdue
    with lists.office.database.transaction() as session:
        move_clock(session, dt.timedelta(minutes=16))
    assert [entry.overdue for entry in waiting(lists)] == [True, False]


def test_whoever_judges_sees_both_sides_and_the_reasons(lists: Lists) -> None:
    lists.people(ANA)
    question = Question(a_number="A900888001", name="Ana Perez", birth_dates=(dt.date(1990, 4, 25),))
    answer_check(lists.office.database, acting=lists.office.officer, question=question)
    (entry,) = waiting(lists)
    office = lists.office
    with office.database.transaction() as session:
        doubt_id = doubt_of(session, entry.reference, acting=office.caseworker)
        judge(
            session,
            office.vault,
            acting=office.caseworker,
            doubt_id=doubt_id,
            verdict=Verdict.UNSURE,
            reason="No photograph.",
        )
        seen = compare(session, office.vault, doubt_id, acting=office.caseworker)
    assert seen is not None
    assert seen.other is not None
    assert seen.other.a_numbers == ("900888001",)
    assert seen.subject is not None
    assert seen.subject.a_numbers == ("900000001",)
    assert [(o.verdict, o.reason, o.confirmed_by) for o in seen.opinions] == [
        ("unsure", "No photograph.", None)
    ]
    assert [e.history[0].verdict for e in waiting(lists)] == [Verdict.UNSURE]


def test_the_conflict_of_an_import_is_judged_and_the_two_become_one(lists: Lists) -> None:
    lists.people(ANA)
    lists.people(ANA_BORN_OTHERWISE, name="again.csv")
    (entry,) = waiting(lists)
    assert decide(lists, entry.reference, Verdict.POSITIVE) is Effect.MERGE
    assert waiting(lists) == ()
    assert lists.tasks("identity_conflict") == []
    with pytest.raises(JudgementRefusedError):
        decide(lists, "NOSUCHREF", Verdict.POSITIVE)


def test_a_later_list_finds_merged_records_as_one_person_and_holds_both_ways(lists: Lists) -> None:
    """A further disclosure names the merged person twice: a hold on each record, one batch, no doubt left."""
    lists.people(ANA)
    lists.people(ANA_BORN_OTHERWISE, name="again.csv")
    (entry,) = waiting(lists)
    decide(lists, entry.reference, Verdict.POSITIVE)
    office = lists.office
    with office.database.transaction() as session:
        occurred = LEAK + dt.timedelta(days=30)
        register_incident(
            session, acting=office.operator, name="again", occurred_at=occurred, fields=["name"]
        )
    path = lists.write("second.csv", PEOPLE, ANA, ANA_BORN_OTHERWISE)
    outcome = lists.take_people_of("again", path)
    assert outcome.counts["imported"] == 2
    with office.database.reading() as session:
        people = find_people(session, office.vault.ring, "a_number", ["900000001"])["900000001"]
        assert len(people) == 2
        for person_id in people:
            assert members_of(session, person_id) == people
        assert len(session.scalars(select(Hold.id).where(Hold.person_id.in_(people))).all()) == 4
        assert len(session.scalars(select(Exposure.id)).all()) == 4
        assert len(session.scalars(select(Person.id)).all()) == 2
