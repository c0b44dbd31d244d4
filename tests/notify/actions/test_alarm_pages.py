"""Whoever is on call is called: by the ladder, a violation, a prober, a near match nobody judged in time."""

from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.api_clients import add_client, client_of_key
from holds.actions.call_overdue_doubts import NEAR_MATCH_OVERDUE, call_overdue_doubts
from holds.actions.check_removal import answer_check
from holds.actions.client_meter import note_suspicion, read_meter
from holds.actions.climb_ladder import climb_ladder
from holds.actions.credentials import acting_of
from holds.actions.judge import confirm_judgement, judge
from holds.actions.questions import Question
from holds.actions.report_violation import Report, report_violation
from holds.domain.alarm_contact import Duty
from holds.domain.client import LOCK_AT, Scope
from holds.domain.decision import Decision
from holds.domain.judgement import Verdict
from holds.domain.staff import Role
from holds.store.base import holdfast_now
from holds.store.judgements import Doubt
from holds.store.staff import Actor
from tests.notify.actions.alarming import Alarming

NUMBER, NAME, BORN = "900000007", "PEREZ, ANA MARIA", "1990-04-25"


@pytest.fixture
def alarming(office: Any, record: Any) -> Alarming:
    """A duty desk, a supervisor and a caseworker on call, in this order."""
    made = Alarming(office, record)
    made.staff("desk", Role.DUTY_DESK)
    for rank, login in enumerate(("desk", "sunny", "casey"), start=1):
        made.on_call(login, f"{login}@example.org", rank=rank)
    return made


def called(alarming: Alarming) -> list[int]:
    """How often the desk, the supervisor and the caseworker were called."""
    return [len(alarming.words(f"{login}@example.org")) for login in ("desk", "sunny", "casey")]


def climb(alarming: Alarming) -> None:
    with alarming.record.database.transaction() as session:
        climb_ladder(session, acting=alarming.record.operator)
    alarming.look()


def test_each_rung_calls_whom_it_names(alarming: Alarming) -> None:
    adams = alarming.record.facility("ADAMSMS")
    alarming.in_area(adams, "NOL")
    alarming.contact(Duty.FIELD_OFFICE, "nol@example.org", office="NOL")
    alarming.contact(Duty.FACILITY, "adams@example.org", office="ADAMSMS")
    alarming.record.person(facility=adams)
    alarming.transmit()
    alarming.look()
    alarming.record.later(seconds=3660)
    climb(alarming)
    assert [len(alarming.words(f"{o}@example.org")) for o in ("nol", "adams")] == [2, 2]
    assert "is overdue" in alarming.words("nol@example.org")[-1]
    seen = []
    for _ in range(3):
        alarming.record.later(seconds=15 * 60)
        climb(alarming)
        seen.append(called(alarming))
    assert seen[:2] == [[1, 0, 0], [1, 1, 0]]
    alarming.record.later(seconds=15 * 60)
    climb(alarming)
    assert called(alarming) == [2, 2, 1]
    assert len(alarming.words("nol@example.org")) == 3


def test_a_violation_calls_everybody_and_counsel(alarming: Alarming) -> None:
    person = alarming.listed(NUMBER)
    alarming.record.appears(alarming.record.counsel(), person)
    with alarming.record.database.transaction() as session:
        now = session.scalars(select(holdfast_now())).one()
        report = Report(source="counsel", account="removed at dawn", reported_at=now)
        report_violation(
            session,
            alarming.record.database.vault,
            acting=alarming.office.caseworker,
            person_id=person,
            report=report,
        )
    alarming.look()
    assert called(alarming) == [1, 1, 1]
    assert len(alarming.words("alex@example.org")) == 1


def test_a_prober_calls_everybody_once_it_is_locked(alarming: Alarming) -> None:
    with alarming.record.database.transaction() as session:
        admin = alarming.office.administrator
        key = add_client(session, acting=admin, name="an-office", scope=Scope.FIELD_OFFICE)
    client = client_of_key(alarming.record.database, key)
    with alarming.record.database.transaction() as session:
        note_suspicion(session, client, LOCK_AT, read_meter(session, client))
    alarming.look()
    assert called(alarming) == [1, 2, 1]


def overdue(alarming: Alarming) -> int:
    with alarming.record.database.transaction() as session:
        raised = call_overdue_doubts(session, acting=alarming.record.operator)
    alarming.look()
    return raised


def test_a_near_match_nobody_judged_in_time_calls_the_supervisor_then_everybody(alarming: Alarming) -> None:
    alarming.listed(NUMBER)
    database, near = alarming.record.database, Question(a_number="900000999", name=NAME, birth_date=BORN)
    assert answer_check(database, acting=alarming.office.officer, question=near).decision is Decision.BLOCKED
    assert overdue(alarming) == 0
    alarming.record.later(seconds=15 * 60)
    assert overdue(alarming) == 1
    assert called(alarming) == [0, 1, 0]
    assert overdue(alarming) == 0
    alarming.record.later(seconds=15 * 60)
    assert overdue(alarming) == 1
    assert called(alarming) == [1, 2, 1]
    assert len(alarming.tasks(NEAR_MATCH_OVERDUE)) == 2
    with database.transaction() as session:
        doubt_id = session.scalars(select(Doubt.id)).one()
        second = acting_of(session.scalars(select(Actor).where(Actor.login == "casey")).one())
        judge(
            session,
            database.vault,
            acting=alarming.office.supervisor,
            doubt_id=doubt_id,
            verdict=Verdict.NEGATIVE,
            reason="Another birthplace.",
        )
        confirm_judgement(session, database.vault, acting=second, doubt_id=doubt_id)
    assert overdue(alarming) == 0
    assert alarming.tasks(NEAR_MATCH_OVERDUE) == []
    assert (
        answer_check(database, acting=alarming.office.officer, question=near).decision
        is Decision.NOT_ON_RECORD
    )
