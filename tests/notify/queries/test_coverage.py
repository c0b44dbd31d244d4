"""The figures add up to everybody, and say no more than is proven."""

from typing import Any

import pytest
from sqlalchemy import select

from holds.domain.staff import NotAllowedError
from holds.store.base import holdfast_now
from notify.actions.approve_batch import approve_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.serve_notice import serve_notice
from notify.queries.coverage import Coverage, coverage
from notify.queries.notices import batches, notices_of, spooled
from notify.store.notices import Batch, Notice
from tests.proven import PROVEN


def figures(record: Any) -> Coverage:
    with record.database.reading() as session:
        return coverage(session, acting=record.operator)


@pytest.fixture
def sent(record: Any) -> Any:
    """Three by letter, one neutral, one nobody can reach; planned, approved, sent."""
    inside = record.facility("ADAMSMS")
    people = [record.person(facility=inside) for _ in range(3)]
    neutral = record.person(status="released")
    record.contact(neutral, "post", "5 Road", safe=False)
    record.person(status="released")
    plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    with record.database.transaction() as session:
        batch_id = session.scalars(select(Batch.id)).one()
        approve_batch(session, acting=record.operator, batch_id=batch_id)
    send_due(record.database, record.channels, acting=record.operator, sender=record.sender)
    return people


def test_everybody_is_counted_once(record: Any, sent: Any, office: Any) -> None:
    record.person(status="released")
    with record.database.transaction() as session:
        reference = session.scalars(select(Notice.reference).where(Notice.person_id == sent[0])).one()
        now = session.scalars(select(holdfast_now())).one()
        serve_notice(
            session, office.vault, acting=office.caseworker, reference=reference, act=PROVEN, served_at=now
        )
    found = figures(record)
    assert found.people == {
        "served": 1,
        "sent_in_full": 2,
        "sent_neutral": 1,
        "on_its_way": 0,
        "unclear_or_lost": 0,
        "waiting_for_human": 1,
        "not_planned": 1,
    }
    assert sum(found.people.values()) == 6
    assert found.letters == {"ADAMSMS": 3, "POST": 1}
    assert found.waiting == {"no_safe_way": 1}
    assert found.deliveries["letter.full"] == {"accepted": 2, "served": 1}


def test_a_persons_notices_and_the_spool(record: Any, sent: Any) -> None:
    with record.database.reading() as session:
        notice = notices_of(session, sent[0], acting=record.operator)[0]
        lines = spooled(session, acting=record.operator)
        batch = batches(session, acting=record.operator)[0]
    assert [way.state for way in notice.deliveries] == ["accepted"]
    assert notice.reference in {line.reference for line in lines}
    assert len(lines) == 4
    assert batch.states == {"accepted": 4}
    assert batch.approved_at is not None


@pytest.mark.usefixtures("sent")
def test_figures_are_not_for_everyone(record: Any, office: Any) -> None:
    with record.database.reading() as session, pytest.raises(NotAllowedError):
        coverage(session, acting=office.officer)
