"""A stop holds whatever has not left, on every worker, and loses nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from holds.domain.staff import NotAllowedError
from holds.store.ledger_rows import LedgerRow
from notify.actions.stop_sending import UnknownStopError, lift_stop, stop_sending
from notify.domain.channel import Accepted, Outgoing
from notify.domain.delivery import Carriage, StopReason
from notify.store.deliveries import Attempt, Delivery
from notify.store.notices import Batch
from tests.notify.actions.alarming import Alarming
from tests.notify.actions.conftest import Outbox, Provider

REASON = StopReason.WRONG_CONTENT
NUMBER = "900000007"


def stop(record: Any, **of: Any) -> str:
    return str(
        record.database.run(
            lambda session: stop_sending(session, acting=record.operator, reason=REASON, **of)
        )
    )


def lift(record: Any, reference: str) -> None:
    record.database.run(lambda session: lift_stop(session, acting=record.operator, reference=reference))


def states(record: Any) -> list[str]:
    with record.database.reading() as session:
        return sorted(session.scalars(select(Delivery.state)))


@pytest.fixture
def three(record: Any, outbox: Outbox) -> None:
    """Three people who are told by an approved text each."""
    for last in "012":
        person = record.person(status="released", nationality="GH")
        record.contact(person, "phone", f"+1212555010{last}", safe=True, consent=True)
    outbox.approved()


@pytest.mark.usefixtures("three")
def test_everything_waits_until_the_stop_is_lifted(record: Any, outbox: Outbox, provider: Provider) -> None:
    reference = stop(record)
    assert outbox.send(outbox.texting(provider)) == {}
    assert (provider.sent, states(record)) == ([], ["approved"] * 3)
    lift(record, reference.lower())
    assert outbox.send(outbox.texting(provider)) == {"accepted": 3}
    with record.database.reading() as session:
        told = select(LedgerRow.verb).where(LedgerRow.verb.startswith("sending."))
        assert sorted(session.scalars(told)) == ["sending.resumed", "sending.stopped"]


@pytest.mark.usefixtures("three")
def test_a_stop_in_the_middle_holds_what_was_claimed_and_loses_nothing(
    record: Any, outbox: Outbox, provider: Provider
) -> None:
    stops = []

    def stopped_meanwhile(outgoing: Outgoing) -> Accepted:
        stops.append(stop(record))
        return Accepted(f"id-{outgoing.attempt_id}")

    provider.answer = stopped_meanwhile
    assert outbox.send(outbox.texting(provider)) == {"accepted": 1}
    assert states(record) == ["accepted", "queued", "queued"]
    provider.answer = lambda outgoing: Accepted(f"id-{outgoing.attempt_id}")
    assert outbox.send(outbox.texting(provider)) == {}
    lift(record, stops[0])
    assert outbox.send(outbox.texting(provider)) == {"accepted": 2}
    with record.database.reading() as session:
        assert len(session.scalars(select(Attempt.delivery_id)).all()) == 3
    assert len(set(provider.sent)) == 3, "each of them once"


@pytest.mark.usefixtures("three")
def test_a_stop_of_one_way_or_one_batch_leaves_the_others(
    record: Any, outbox: Outbox, provider: Provider
) -> None:
    by_mail = stop(record, carriage=Carriage.EMAIL)
    with record.database.reading() as session:
        batch_id = session.scalars(select(Batch.id)).one()
    of_batch = stop(record, batch_id=batch_id)
    assert outbox.send(outbox.texting(provider)) == {}
    lift(record, of_batch)
    assert outbox.send(outbox.texting(provider)) == {"accepted": 3}
    for again in (of_batch, "NOSUCHSTOP"):
        with pytest.raises(UnknownStopError, match="holdfast notices list"):
            lift(record, again)
    lift(record, by_mail)


def test_alarms_go_on(office: Any, record: Any) -> None:
    """A hold on somebody aboard is told while a wrong list of letters is kept back."""
    alarming = Alarming(office, record)
    alarming.manifest("900000001", NUMBER, contacts=("desk@example.org",))
    stop(record)
    alarming.listed(NUMBER)
    raised = alarming.look()
    assert (raised.red, raised.sent) == (1, {"accepted": 1})


def test_only_who_may_approve_may_stop(record: Any, office: Any) -> None:
    with pytest.raises(NotAllowedError), record.database.transaction() as session:
        stop_sending(session, acting=office.officer, reason=REASON)
