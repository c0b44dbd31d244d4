"""Crashes, errors and races: nothing is lost, nothing goes twice, and what is unclear is said to be."""

import threading
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from holds.store.people import Task
from notify.actions.reconcile import reconcile
from notify.domain.channel import Accepted, NotProcessed, Outgoing, Rejected, Unclear
from notify.domain.delivery import Carriage
from notify.store.deliveries import Attempt, AttemptResult, Delivery


class Crash(BaseException):
    """The worker dies."""


def die(_outgoing: Outgoing) -> Accepted:
    raise Crash


def state(record: Any) -> str:
    with record.database.reading() as session:
        return str(session.scalars(select(Delivery.state)).one())


def kinds(record: Any) -> list[str]:
    with record.database.reading() as session:
        return list(session.scalars(select(Task.kind)))


def settle(record: Any) -> Counter[str]:
    found: Counter[str] = record.database.run(lambda session: reconcile(session, acting=record.operator))
    return found


@pytest.mark.usefixtures("texted")
def test_a_crash_in_the_call_is_never_sent_again(record: Any, outbox: Any, provider: Any) -> None:
    provider.answer = die
    with pytest.raises(Crash):
        outbox.send(outbox.texting(provider))
    with record.database.reading() as session:
        assert len(session.scalars(select(Attempt.id)).all()) == 1
        assert session.scalars(select(AttemptResult.attempt_id)).all() == []
    assert settle(record) == {}
    record.later(seconds=1000)
    assert settle(record) == {"unknown": 1}
    assert kinds(record) == ["delivery_unknown"]
    outbox.approved()
    assert outbox.send(outbox.texting(provider)) == {}
    assert len(provider.sent) == 1
    assert settle(record) == {}


def test_a_crash_leaves_one_in_doubt_not_all(record: Any, outbox: Any, provider: Any) -> None:
    for number in range(3):
        person = record.person(status="released", nationality="GH")
        record.contact(person, "phone", f"+1212555010{number}", safe=True, consent=True)
    outbox.approved()
    provider.answer = die
    with pytest.raises(Crash):
        outbox.send(outbox.texting(provider))
    record.later(seconds=1000)
    assert settle(record) == {"unknown": 1, "queued": 2}


def test_a_crash_in_the_spool_is_done_again_and_leaves_one_file(record: Any, outbox: Any) -> None:
    record.person(facility=record.facility())
    outbox.approved()
    channel = record.channels[Carriage.LETTER]
    written = []

    def write_and_die(outgoing: Outgoing) -> Accepted:
        written.append(channel.send(outgoing).reference)
        raise Crash

    broken = type("Broken", (), {"name": "letter", "repeatable": True, "send": staticmethod(write_and_die)})()
    with pytest.raises(Crash):
        outbox.send({Carriage.LETTER: broken})
    record.later(seconds=1000)
    assert settle(record) == {"queued": 1}
    assert outbox.send() == {"accepted": 1}
    found = [p for p in record.spool.folder.rglob("*") if p.is_file()]
    assert [str(p.relative_to(record.spool.folder)) for p in found] == written
    assert kinds(record) == []


@pytest.mark.usefixtures("texted")
def test_a_worker_that_died_before_its_attempt_sent_nothing(
    record: Any, outbox: Any, provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notify.actions.send_due.prepare", die)
    with pytest.raises(TypeError):
        outbox.send(outbox.texting(provider))
    monkeypatch.undo()
    record.later(seconds=1000)
    assert settle(record) == {"queued": 1}
    assert outbox.send(outbox.texting(provider)) == {"accepted": 1}


@pytest.mark.usefixtures("texted")
def test_too_many_requests_waits_and_tries_again(record: Any, outbox: Any, provider: Any) -> None:
    def busy(_outgoing: Outgoing) -> Accepted:
        raise NotProcessed("429", retry_seconds=60)

    provider.answer = busy
    assert outbox.send(outbox.texting(provider)) == {"queued": 1}
    assert outbox.send(outbox.texting(provider)) == {}
    provider.answer = lambda out: Accepted(f"id-{out.attempt_id}")
    record.later(seconds=61)
    assert outbox.send(outbox.texting(provider)) == {"accepted": 1}
    with record.database.reading() as session:
        assert sorted(session.scalars(select(AttemptResult.outcome))) == ["accepted", "not_processed"]


@pytest.mark.usefixtures("texted")
@pytest.mark.parametrize(
    "case",
    [(Rejected("21211"), "failed", "delivery_failed"), (Unclear("timeout"), "unknown", "delivery_unknown")],
)
def test_what_failed_or_is_unclear_gets_a_human(
    record: Any, outbox: Any, provider: Any, case: tuple[Exception, str, str]
) -> None:
    error, becomes, task = case

    def refuse(_outgoing: Outgoing) -> Accepted:
        raise error

    provider.answer = refuse
    assert outbox.send(outbox.texting(provider)) == {becomes: 1}
    assert kinds(record) == [task]
    record.later(seconds=100_000)
    assert outbox.send(outbox.texting(provider)) == {}
    assert settle(record) == {}


@pytest.mark.usefixtures("texted")
def test_a_late_result_settles_what_was_unknown(record: Any, outbox: Any, provider: Any) -> None:
    def slow(outgoing: Outgoing) -> Accepted:
        record.later(seconds=1000)
        assert settle(record) == {"unknown": 1}
        return Accepted(f"id-{outgoing.attempt_id}")

    provider.answer = slow
    assert outbox.send(outbox.texting(provider)) == {"accepted": 1}
    assert state(record) == "accepted"


def test_two_workers_at_once_send_everything_once(record: Any, outbox: Any, provider: Any) -> None:
    for number in range(30):
        person = record.person(status="released", nationality="GH")
        record.contact(person, "phone", f"+121255501{number:02}", safe=True, consent=True)
    outbox.approved()
    found: list[dict[str, int]] = []
    workers = [
        threading.Thread(target=lambda: found.append(outbox.send(outbox.texting(provider)))) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(one.get("accepted", 0) for one in found) == 30
    assert Counter(Counter(provider.sent).values()) == {1: 30}
