"""What belongs to another organisation looks as if it were not there."""

import dataclasses
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import insert, select

from holds.domain.service import ActOfService
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id
from holds.store.people import Person
from holds.store.staff import Organisation
from notify.actions.approve_batch import UnknownBatchError, approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.open_spooled import NothingSpooledError, open_spooled
from notify.actions.plan_notices import plan_everything
from notify.actions.serve_notice import ServiceOfNoticeError, serve_notice
from notify.store.deliveries import Delivery
from notify.store.notices import Batch, Notice

SLIP = ActOfService(outcome="served", right_person=True, in_private=True, language="es", own_language=True)


@pytest.fixture
def others(record: Any) -> Any:
    """The id of another organisation."""
    organisation_id = new_id()
    with record.database.transaction() as session:
        session.execute(insert(Organisation), [{"id": organisation_id, "name": "Another office"}])
    return organisation_id


def of(acting: Acting, organisation_id: Any) -> Acting:
    return dataclasses.replace(acting, organisation_id=organisation_id)


def test_planning_is_for_ones_own_people(record: Any, others: Any) -> None:
    person = record.person(facility=record.facility())
    appearance = record.appears(record.counsel(), record.person(status="released"))
    unverified = record.appears(record.counsel(), person, verified=False)
    assert appearance != unverified
    theirs = of(record.operator, others)
    first = plan_everything(record.database, acting=theirs, wording_of=wording_of)
    assert (first.notices, first.tasks) == (Counter(), Counter())
    ours = plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    assert ours.notices == Counter(exposure_notice=2, counsel_notice=1)
    record.contact(record.person(status="released"), "post", "5 Road", safe=True)
    record.moved(person, "detained", record.facility("HOTEL01", mailing=False))
    again = plan_everything(record.database, acting=theirs, wording_of=wording_of)
    assert (again.notices, again.deliveries, again.tasks) == (Counter(),) * 3
    with record.database.transaction() as session:
        session.get_one(Person, person).organisation_id = others
    moved = plan_everything(record.database, acting=theirs, wording_of=wording_of)
    assert moved.notices == Counter(), "their notice was planned by the office that had them"


def test_a_batch_is_approved_by_its_own_office(record: Any, others: Any) -> None:
    record.person(facility=record.facility())
    plan = plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    theirs = of(record.operator, others)
    with record.database.transaction() as session:
        batch_id = session.scalars(select(Batch.id)).one()
        with pytest.raises(UnknownBatchError):
            find_batch(session, plan.batch or "", acting=theirs)
        with pytest.raises(UnknownBatchError):
            approve_batch(session, acting=theirs, batch_id=batch_id)
        assert session.scalars(select(Delivery.state)).all() == ["planned"]
        assert find_batch(session, plan.batch or "", acting=record.operator) == batch_id


def test_letters_and_slips_are_those_of_ones_own_office(
    record: Any, others: Any, outbox: Any, office: Any
) -> None:
    record.person(facility=record.facility())
    outbox.approved()
    outbox.send()
    with record.database.transaction() as session:
        now = session.scalars(select(holdfast_now())).one()
        reference = session.scalars(select(Notice.reference)).one()
        with pytest.raises(NothingSpooledError):
            open_spooled(
                session, office.vault, reference, acting=of(office.operator, others), spool=record.spool
            )
        with pytest.raises(ServiceOfNoticeError, match="There is no notice"):
            serve_notice(
                session,
                office.vault,
                acting=of(office.caseworker, others),
                reference=reference,
                act=SLIP,
                served_at=now,
            )
