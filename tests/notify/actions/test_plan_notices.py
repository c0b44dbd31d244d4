"""What planning makes of a record: a notice for everybody, a way or a task, once."""

import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from holds.domain.staff import NotAllowedError
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from notify.actions.approve_batch import approve_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import PlanSummary, plan_everything
from notify.store.deliveries import Delivery
from notify.store.notices import Batch, Notice


def planned(record: Any, **more: Any) -> PlanSummary:
    return plan_everything(record.database, acting=record.operator, wording_of=wording_of, **more)


def ways(record: Any, person_id: uuid.UUID) -> set[tuple[str, str, str]]:
    with record.database.reading() as session:
        rows = session.execute(
            select(Delivery.carriage, Delivery.form, Delivery.state).where(Delivery.person_id == person_id)
        )
        return {(row.carriage, row.form, row.state) for row in rows}


def tasks(record: Any, person_id: uuid.UUID) -> set[tuple[str, str]]:
    with record.database.reading() as session:
        rows = session.execute(select(Task.kind, Task.detail).where(Task.person_id == person_id))
        return {(row.kind, row.detail) for row in rows}


def test_everybody_has_a_way_or_a_task(record: Any) -> None:
    inside, room = record.facility(), record.facility("HOTEL01", mailing=False)
    detained = record.person(facility=inside)
    in_room = record.person(facility=room)
    lost = record.person(status="released")
    maya = record.person(facility=inside, nationality="GT", stated="mam")
    ghanaian = record.person(status="released", nationality="GH")
    record.contact(ghanaian, "post", "5 Example Road\nTown, NY 10001", safe=False)
    record.contact(ghanaian, "phone", "+12125550100", safe=True, consent=True)
    summary = planned(record)
    assert ways(record, detained) == {("letter", "full", "planned")}
    assert tasks(record, in_room) == {("facility_takes_no_mail", "")}
    assert tasks(record, lost) == {("no_safe_way", "nothing_known")}
    assert tasks(record, maya) == {("oral_interpretation", "mam")}
    assert ways(record, maya) == set()
    assert ways(record, ghanaian) == {("letter", "neutral", "planned"), ("sms", "neutral", "planned")}
    assert summary.notices == Counter(exposure_notice=5)
    assert summary.deliveries == Counter({"letter.full": 1, "letter.neutral": 1, "sms.neutral": 1})


def test_a_letter_is_addressed_to_somebody(record: Any) -> None:
    person = record.person(facility=record.facility(), name="")
    planned(record)
    assert ways(record, person) == set()
    assert tasks(record, person) == {("no_safe_way", "no_name")}


def test_a_phone_that_is_safe_at_some_hours_is_not_texted(record: Any) -> None:
    alone, mailed = (record.person(status="released", nationality="GH") for _ in range(2))
    for person in (alone, mailed):
        record.contact(person, "phone", "+12125550100", safe=True, consent=True, hours="18:00-21:00")
    record.contact(mailed, "email", "kofi@example.org", safe=True, consent=True)
    planned(record)
    assert (ways(record, alone), tasks(record, alone)) == (set(), {("no_safe_way", "safe_hours")})
    assert (ways(record, mailed), tasks(record, mailed)) == ({("email", "neutral", "planned")}, set())


def test_planning_again_changes_nothing(record: Any) -> None:
    inside = record.facility()
    for _ in range(5):
        record.person(facility=inside)
    record.person(status="released")
    first = planned(record, chunk=2)
    assert first.notices.total() == 6
    with record.database.reading() as session:
        rows = session.scalars(select(LedgerRow.id)).all()
    again = planned(record, chunk=2)
    assert (again.notices, again.deliveries, again.tasks, again.batch) == (Counter(),) * 3 + (None,)
    with record.database.reading() as session:
        assert session.scalars(select(LedgerRow.id)).all() == rows


def test_a_new_way_is_planned_when_it_becomes_known(record: Any) -> None:
    person = record.person(status="released")
    planned(record)
    record.contact(person, "post", "5 Example Road", safe=False)
    assert planned(record).deliveries == Counter({"letter.neutral": 1})
    record.contact(person, "post", "6 Example Road", safe=True)
    assert planned(record).deliveries == Counter({"letter.full": 1})
    assert planned(record).deliveries == Counter()
    with record.database.reading() as session:
        assert len(session.scalars(select(Notice.id)).all()) == 1


@pytest.mark.parametrize("first", ["exposure", "appearance"])
def test_counsel_is_told_once_and_so_is_the_person(record: Any, first: str) -> None:
    person = record.person(facility=record.facility())
    if first == "exposure":
        planned(record)
    record.appears(record.counsel(), person)
    planned(record)
    planned(record)
    assert ways(record, person) == {("letter", "full", "planned"), ("email", "neutral", "planned")}


def test_counsel_who_may_not_be_told_is_not(record: Any) -> None:
    person = record.person(facility=record.facility())
    unverified = record.appears(record.counsel(), person, verified=False)
    record.appears(record.counsel(), person, scope="custody_and_bond")
    record.appears(record.counsel(), person, withdrawn=True)
    record.appears(record.counsel(), person, form="EOIR-61")
    planned(record)
    assert ways(record, person) == {("letter", "full", "planned")}
    with record.database.reading() as session:
        raised = session.scalars(select(Task)).all()
    assert [(task.kind, task.subject_id) for task in raised] == [("verify_appearance", unverified)]


def test_only_a_planned_batch_is_approved_and_by_whom_stands_there(record: Any, office: Any) -> None:
    record.person(facility=record.facility())
    summary = planned(record)
    with record.database.transaction() as session:
        batch = session.scalars(select(Batch)).one()
        assert batch.reference == summary.batch
        with pytest.raises(NotAllowedError):
            approve_batch(session, acting=office.caseworker, batch_id=batch.id)
        assert approve_batch(session, acting=office.operator, batch_id=batch.id) == 1
        assert approve_batch(session, acting=office.operator, batch_id=batch.id) == 0
    with record.database.reading() as session:
        assert session.scalars(select(Batch.approved_by)).one() == office.operator.id
        assert session.scalars(select(Delivery.state)).one() == "approved"


def test_nothing_in_clear(record: Any) -> None:
    person = record.person(status="released", name="VERYSECRETNAME, ANA")
    record.contact(person, "post", "5 Secret Road", safe=False)
    planned(record)
    with record.database.reading() as session:
        for table in (Notice, Delivery, Batch, Task):
            for row in session.execute(select(table.__table__)).all():
                assert "SECRET" not in repr(row).upper()
