"""Receipts that come before the answer they belong to, and those of a sending that is over."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from notify.actions.reconcile import reconcile
from notify.actions.record_receipt import record_receipt
from notify.domain.channel import Accepted, NotProcessed, Outgoing, Unclear
from notify.domain.delivery import State
from notify.store.deliveries import Attempt, Delivery, Receipt

pytestmark = pytest.mark.usefixtures("texted")


class Crash(BaseException):
    """The worker dies."""


def report(record: Any, attempt_id: uuid.UUID, *states: State) -> list[bool]:
    return [
        record.database.run(
            lambda session, state=state: record_receipt(
                session,
                acting=record.operator,
                provider="twilio",
                event_id=f"{attempt_id}-{state}",
                attempt_id=attempt_id,
                state=state,
            )
        )
        for state in states
    ]


def delivery(record: Any) -> str:
    with record.database.reading() as session:
        return str(session.scalars(select(Delivery.state)).one())


def open_tasks(record: Any) -> list[str]:
    with record.database.reading() as session:
        return list(session.scalars(select(Task.kind).where(Task.closed_at.is_(None))))


def reported(record: Any) -> list[str]:
    with record.database.reading() as session:
        rows = session.scalars(select(LedgerRow).where(LedgerRow.verb == "delivery.reported"))
        return [row.codes["state"] for row in sorted(rows, key=lambda row: row.codes["state"])]


@pytest.mark.parametrize(
    ("states", "comes_to"),
    [
        ((State.DELIVERED,), ("delivered", [])),
        ((State.ACCEPTED, State.DELIVERED), ("delivered", [])),
        ((State.DELIVERED, State.RETURNED), ("returned", ["delivery_returned"])),
        ((State.FAILED,), ("failed", ["delivery_failed"])),
    ],
)
def test_a_receipt_that_overtakes_the_answer_counts_after_it(
    record: Any, outbox: Any, provider: Any, states: tuple[State, ...], comes_to: tuple[str, list[str]]
) -> None:
    def fast(outgoing: Outgoing) -> Accepted:
        assert not any(report(record, outgoing.attempt_id, *states))
        return Accepted(f"id-{outgoing.attempt_id}")

    provider.answer = fast
    assert outbox.send(outbox.texting(provider)) == {"accepted": 1}
    assert (delivery(record), open_tasks(record)) == comes_to
    told = reported(record)
    assert told == sorted(state.value for state in states if state is not State.ACCEPTED)


def test_a_receipt_tells_what_a_dead_worker_could_not(record: Any, outbox: Any, provider: Any) -> None:
    def die(outgoing: Outgoing) -> Accepted:
        report(record, outgoing.attempt_id, State.DELIVERED)
        raise Crash

    provider.answer = die
    with pytest.raises(Crash):
        outbox.send(outbox.texting(provider))
    record.later(seconds=1000)
    found = record.database.run(lambda session: reconcile(session, acting=record.operator))
    assert found == {"delivered": 1}
    assert delivery(record) == "delivered"
    assert open_tasks(record) == []


def test_an_unclear_answer_is_settled_by_what_was_reported(record: Any, outbox: Any, provider: Any) -> None:
    def lost(outgoing: Outgoing) -> Accepted:
        report(record, outgoing.attempt_id, State.DELIVERED)
        raise Unclear("timeout")

    provider.answer = lost
    outbox.send(outbox.texting(provider))
    assert delivery(record) == "delivered"
    assert open_tasks(record) == []


def test_a_later_receipt_settles_the_unclear_and_closes_its_task(
    record: Any, outbox: Any, provider: Any
) -> None:
    def lost(_outgoing: Outgoing) -> Accepted:
        raise Unclear("timeout")

    provider.answer = lost
    outbox.send(outbox.texting(provider))
    assert open_tasks(record) == ["delivery_unknown"]
    with record.database.reading() as session:
        attempt_id = session.scalars(select(Attempt.id)).one()
    assert report(record, attempt_id, State.DELIVERED) == [True]
    assert open_tasks(record) == []


def test_what_is_told_of_an_earlier_attempt_moves_nothing(record: Any, outbox: Any, provider: Any) -> None:
    def busy(_outgoing: Outgoing) -> Accepted:
        raise NotProcessed("429", retry_seconds=60)

    provider.answer = busy
    outbox.send(outbox.texting(provider))
    provider.answer = lambda out: Accepted(f"id-{out.attempt_id}")
    record.later(seconds=61)
    outbox.send(outbox.texting(provider))
    with record.database.reading() as session:
        first, second = session.scalars(select(Attempt.id).order_by(Attempt.number))
    assert report(record, first, State.FAILED) == [False]
    assert delivery(record) == "accepted"
    assert report(record, second, State.DELIVERED) == [True]
    assert delivery(record) == "delivered"
    with record.database.reading() as session:
        assert len(session.scalars(select(Receipt.id)).all()) == 2
