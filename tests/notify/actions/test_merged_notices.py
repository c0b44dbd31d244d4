"""Two merged records are one person: told of an incident once, with all their counsel, where they are."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.record_service import dispute_services
from holds.actions.register_incident import register_incident
from holds.domain.judgement import DoubtKind, Verdict
from holds.store.base import holdfast_now
from holds.store.exposures import Incident
from holds.store.reviews import Service, ServiceDispute
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import PlanSummary, plan_everything
from notify.actions.serve_notice import serve_notice
from notify.queries.coverage import coverage
from notify.store.deliveries import Delivery
from notify.store.notices import Notice
from tests.notify.actions.events import goes_on
from tests.proven import PROVEN


def merge(office: Any, one: uuid.UUID, other: uuid.UUID) -> None:
    with office.database.transaction() as session:
        doubt_id = raise_doubt(
            session, acting=office.caseworker, kind=DoubtKind.SAME_PERSON, subject_id=one, other_id=other
        )
        said = {"doubt_id": doubt_id}
        judge(
            session, office.vault, acting=office.caseworker, verdict=Verdict.POSITIVE, reason="same", **said
        )
        confirm_judgement(session, office.vault, acting=office.supervisor, **said)


def another_incident(record: Any) -> uuid.UUID:
    with record.database.transaction() as session:
        reference = register_incident(
            session,
            acting=record.operator,
            name="A further disclosure",
            occurred_at=session.scalars(select(holdfast_now())).one(),
            fields=["name"],
        )
        found: uuid.UUID = session.scalars(select(Incident.id).where(Incident.reference == reference)).one()
        return found


def planned(record: Any) -> PlanSummary:
    return plan_everything(record.database, acting=record.operator, wording_of=wording_of)


def people(record: Any) -> dict[str, int]:
    with record.database.reading() as session:
        found = coverage(session, acting=record.operator).people
    return {outcome: number for outcome, number in found.items() if number}


def states(record: Any) -> list[str]:
    with record.database.reading() as session:
        return sorted(session.scalars(select(Delivery.state)).all())


def test_one_incident_on_two_records_is_one_notice(record: Any, office: Any) -> None:
    inside = record.facility()
    one, other, third = (record.person(facility=inside) for _ in range(3))
    merge(office, one, other)
    assert planned(record).notices == {"exposure_notice": 2}
    assert planned(record).notices == {}
    assert people(record) == {"on_its_way": 2}
    with record.database.reading() as session:
        told = set(session.scalars(select(Notice.person_id)))
    assert third in told
    assert len(told & {one, other}) == 1


def test_all_counsel_of_both_are_told_of_each_incident(record: Any, office: Any) -> None:
    inside = record.facility()
    one = record.person(facility=inside)
    first, second = record.counsel(), record.counsel("Bea Barrister", "bea@example.org")
    record.appears(first, one)
    record.incident_id = another_incident(record)
    other = record.person(facility=inside)
    record.appears(second, other)
    merge(office, one, other)
    summary = planned(record)
    assert summary.notices == {"exposure_notice": 1, "further_disclosure": 1, "counsel_notice": 4}
    assert planned(record).notices == {}
    with record.database.reading() as session:
        told = session.execute(
            select(Notice.counsel_id, Notice.exposure_id).where(Notice.counsel_id.is_not(None))
        ).all()
    assert len(set(told)) == 4


def test_the_others_counsel_gets_the_mail(record: Any, office: Any, outbox: Any) -> None:
    """What is planned is looked at again when it is sent: an appearance for either record is for both."""
    inside = record.facility()
    one, other = record.person(facility=inside), record.person(facility=inside)
    appearance = record.appears(record.counsel(), other)
    merge(office, one, other)
    outbox.approved()
    assert outbox.send() == {"accepted": 2}
    record.withdraws(appearance)
    assert planned(record).deliveries == {}


def test_of_two_that_were_planned_before_the_merge_one_leaves(record: Any, office: Any, outbox: Any) -> None:
    inside = record.facility()
    one, other = record.person(facility=inside), record.person(facility=inside)
    outbox.approved()
    merge(office, one, other)
    assert outbox.send() == {"accepted": 1, "superseded": 1}
    assert planned(record).deliveries == {}
    assert people(record) == {"sent_in_full": 1}


@pytest.mark.parametrize("before", [True, False])
def test_service_of_the_one_notice_is_service_of_every_exposure_of_the_incident(
    record: Any, office: Any, outbox: Any, before: bool
) -> None:
    inside = record.facility()
    one, other = record.person(facility=inside), record.person(facility=inside)
    if before:
        outbox.approved()
    merge(office, one, other)
    outbox.approved()
    outbox.send()
    with record.database.transaction() as session:
        reference = session.scalars(select(Notice.reference).order_by(Notice.id.desc())).first()
        serve_notice(
            session,
            record.database.vault,
            acting=office.caseworker,
            reference=reference,
            act=PROVEN,
            served_at=session.scalars(select(holdfast_now())).one(),
        )
    assert people(record) == {"served": 1}
    assert planned(record).notices == {}
    with record.database.transaction() as session:
        assert set(session.scalars(select(Service.person_id))) == {one, other}
        dispute_services(session, office.vault, acting=office.caseworker, person_id=one, disputed_by="person")
        assert len(session.scalars(select(ServiceDispute.service_id)).all()) == 2


def test_a_move_told_on_the_other_record_makes_a_round(record: Any, office: Any, outbox: Any) -> None:
    here, there = record.facility(), record.facility("ELSEWMS")
    one, other = record.person(facility=here), record.person(facility=here)
    merge(office, one, other)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    assert planned(record).notices == {}
    with record.database.reading() as session:
        told = session.scalars(select(Notice.person_id)).one()
    record.moved(other if told == one else one, "detained", there)
    assert planned(record).notices == {"exposure_notice": 1}
    assert planned(record).notices == {}
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    assert {
        path.parent.name for path in (record.home / "spool" / "letters").rglob("*") if path.is_file()
    } == {
        "ADAMSMS",
        "ELSEWMS",
    }


def test_a_removal_of_merged_records_is_told_whichever_of_them_was_told_first(
    record: Any, office: Any, outbox: Any
) -> None:
    """The custody file names one record, the first letter may have named the other."""
    inside = record.facility()
    both = [record.person(facility=inside) for _ in range(2)]
    merge(office, *both)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    with record.database.reading() as session:
        told = session.scalars(select(Notice.person_id)).one()
    (untold,) = (person for person in both if person != told)
    goes_on(record, untold, "removed", None, 2)
    assert planned(record).notices == {"return_assistance": 1}
    assert planned(record).notices == {}
