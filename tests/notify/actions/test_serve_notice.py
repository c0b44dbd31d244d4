"""Service is proven by a slip and by nothing else."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from holds.domain.service import ActOfService
from holds.store.base import holdfast_now
from holds.store.people import Task
from holds.store.reviews import Service
from notify.actions.record_receipt import UnknownAttemptError, record_receipt
from notify.actions.serve_notice import Served, ServiceOfNoticeError, serve_notice
from notify.domain.delivery import State
from notify.store.deliveries import Attempt, Delivery, Receipt
from notify.store.notices import Notice
from tests.proven import PROVEN


def states(record: Any) -> list[tuple[str, str]]:
    with record.database.reading() as session:
        return [(row.carriage, row.state) for row in session.scalars(select(Delivery).order_by(Delivery.id))]


def served(
    record: Any,
    office: Any,
    act: ActOfService = PROVEN,
    kind: str = "exposure_notice",
    ago: dt.timedelta = dt.timedelta(),
) -> Served:
    with record.database.transaction() as session:
        reference = session.scalars(select(Notice.reference).where(Notice.kind == kind)).one()
        when = session.scalars(select(holdfast_now())).one() - ago
        return serve_notice(
            session, office.vault, acting=office.caseworker, reference=reference, act=act, served_at=when
        )


def test_a_slip_proves_service(record: Any, outbox: Any, office: Any) -> None:
    record.person(facility=record.facility())
    outbox.approved()
    outbox.send()
    assert served(record, office).missing == ()
    assert states(record) == [("letter", "served")]
    with record.database.reading() as session:
        row = session.scalars(select(Service)).one()
        assert row.proven
        assert row.notice_id == session.scalars(select(Notice.id)).one()
    assert served(record, office).missing == ()
    assert states(record) == [("letter", "served")]


def test_a_slip_from_before_the_notice_was_planned_proves_nothing(
    record: Any, outbox: Any, office: Any
) -> None:
    record.person(facility=record.facility())
    outbox.approved()
    outbox.send()
    with pytest.raises(ServiceOfNoticeError, match="before it was planned"):
        served(record, office, ago=dt.timedelta(days=1))
    assert states(record) == [("letter", "accepted")]


def test_the_wrong_language_is_no_service(record: Any, outbox: Any, office: Any) -> None:
    record.person(facility=record.facility())
    outbox.approved()
    outbox.send()
    act = dataclasses.replace(PROVEN, outcome="refused_wrong_language", own_language=False)
    assert served(record, office, act).missing == ("service.not_served", "service.language")
    assert states(record) == [("letter", "accepted")]
    with record.database.reading() as session:
        assert session.scalars(select(Task.kind)).one() == "service_not_proven"


def test_a_notice_read_aloud_needs_no_letter(record: Any, outbox: Any, office: Any) -> None:
    person = record.person(facility=record.facility(), stated="mam")
    outbox.approved()
    assert states(record) == []
    act = dataclasses.replace(
        PROVEN,
        language="mam",
        own_language=False,
        interpreter_id="I-77",
        language_variety="Todos Santos",
    )
    served(record, office, act)
    assert states(record) == [("in_person", "served")]
    record.stated(person, "es")
    outbox.approved()
    assert outbox.send() == {}


def test_counsel_is_not_served_with_a_slip(record: Any, outbox: Any, office: Any) -> None:
    person = record.person(facility=record.facility())
    record.appears(record.counsel(), person)
    outbox.approved()
    with pytest.raises(ServiceOfNoticeError):
        served(record, office, kind="counsel_notice")


@pytest.mark.usefixtures("texted")
def test_receipts_move_forward_only_and_prove_nothing(record: Any, outbox: Any, provider: Any) -> None:
    outbox.send(outbox.texting(provider))
    with record.database.reading() as session:
        attempt_id = session.scalars(select(Attempt.id)).one()

    def report(event: str, state: State) -> bool:
        moved: bool = record.database.run(
            lambda session: record_receipt(
                session,
                acting=record.operator,
                provider="twilio",
                event_id=event,
                attempt_id=attempt_id,
                state=state,
            )
        )
        return moved

    assert report("1", State.DELIVERED)
    assert not report("1", State.DELIVERED)
    assert not report("2", State.ACCEPTED)
    assert states(record) == [("sms", "delivered")]
    with pytest.raises(ValueError, match="cannot report served"):
        report("3", State.SERVED)
    assert report("4", State.RETURNED)
    with record.database.reading() as session:
        assert len(session.scalars(select(Receipt.id)).all()) == 3
        assert session.scalars(select(Task.kind)).one() == "delivery_returned"
    with record.database.transaction() as session, pytest.raises(UnknownAttemptError):
        record_receipt(
            session,
            acting=record.operator,
            provider="twilio",
            event_id="5",
            attempt_id=uuid.uuid4(),
            state=State.DELIVERED,
        )
