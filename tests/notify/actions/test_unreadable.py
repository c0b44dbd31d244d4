"""What cannot be read or written is one delivery's trouble, and takes no other along."""

import errno
from typing import Any

import pytest
from sqlalchemy import select, update

from holds.store.people import Person, Task
from holds.store.representation import Counsel
from notify.actions.envelope import wording_of
from notify.actions.hand_over import MOST_ATTEMPTS
from notify.actions.plan_notices import plan_everything
from notify.domain.channel import Accepted, Outgoing
from notify.domain.delivery import Carriage


def raised(record: Any) -> list[tuple[str, str]]:
    with record.database.reading() as session:
        return [(task.kind, task.detail) for task in session.scalars(select(Task))]


def test_one_broken_seal_becomes_a_task(record: Any, outbox: Any) -> None:
    inside = record.facility()
    broken, *_ = [record.person(facility=inside) for _ in range(4)]
    outbox.approved()
    with record.database.transaction() as session:
        session.execute(update(Person).where(Person.id == broken).values(sealed_facts=b"not what was sealed"))
    assert outbox.send() == {"failed": 1, "accepted": 3}
    assert raised(record) == [("delivery_failed", "seal.broken")]
    with record.database.reading() as session:
        assert session.scalars(select(Task.person_id)).one() == broken


@pytest.mark.parametrize("chunk", [2, 1000])
def test_one_broken_record_keeps_no_other_from_being_planned(record: Any, chunk: int) -> None:
    inside = record.facility()
    people = [record.person(facility=inside) for _ in range(5)]
    mended = _facts(record, people[1])
    _seal(record, people[1], b"not what was sealed")
    for deliveries in (4, 0):
        summary = plan_everything(record.database, acting=record.operator, wording_of=wording_of, chunk=chunk)
        assert summary.deliveries.total() == deliveries
        assert raised(record) == [("record_unreadable", "")]
    _seal(record, people[1], mended)
    summary = plan_everything(record.database, acting=record.operator, wording_of=wording_of, chunk=chunk)
    assert summary.deliveries.total() == 1


def test_a_broken_card_of_counsel_is_a_task_and_the_others_are_told(record: Any) -> None:
    inside = record.facility()
    cards = [record.counsel() for _ in range(3)]
    for card in cards:
        record.appears(card, record.person(facility=inside))
    with record.database.transaction() as session:
        session.execute(update(Counsel).where(Counsel.id == cards[0]).values(sealed_card=b"broken"))
    summary = plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    assert summary.deliveries == {"letter.full": 3, "email.neutral": 2}
    assert raised(record) == [("record_unreadable", "")]


def _facts(record: Any, person: Any) -> bytes:
    with record.database.reading() as session:
        sealed: bytes = session.scalars(select(Person.sealed_facts).where(Person.id == person)).one()
    return sealed


def _seal(record: Any, person: Any, value: bytes) -> None:
    with record.database.transaction() as session:
        session.execute(update(Person).where(Person.id == person).values(sealed_facts=value))


def test_a_file_that_cannot_be_written_waits_and_is_a_task_at_last(record: Any, outbox: Any) -> None:
    inside = record.facility()
    for _ in range(3):
        record.person(facility=inside)
    outbox.approved()
    letters = record.channels[Carriage.LETTER]
    unlucky: list[str] = []

    def write(outgoing: Outgoing) -> Accepted:
        unlucky[:] = unlucky or [outgoing.reference]
        if outgoing.reference in unlucky:
            raise OSError(errno.ENOSPC, "No space left on device")
        return Accepted(letters.send(outgoing).reference)

    full = type("Full", (), {"name": "letter", "repeatable": True, "send": staticmethod(write)})()
    channels = {Carriage.LETTER: full}
    assert outbox.send(channels) == {"queued": 1, "accepted": 2}
    assert raised(record) == []
    for _ in range(MOST_ATTEMPTS - 2):
        record.later(seconds=7 * 3600)
        assert outbox.send(channels) == {"queued": 1}
    record.later(seconds=7 * 3600)
    assert outbox.send(channels) == {"failed": 1}
    assert raised(record) == [("delivery_failed", "system.OSError")]


def test_a_disk_that_has_room_again_gets_the_letter(record: Any, outbox: Any) -> None:
    record.person(facility=record.facility())
    outbox.approved()

    def fail(_outgoing: Outgoing) -> Accepted:
        raise OSError(errno.ENOSPC, "No space left on device")

    full = type("Full", (), {"name": "letter", "repeatable": True, "send": staticmethod(fail)})()
    assert outbox.send({Carriage.LETTER: full}) == {"queued": 1}
    record.later(seconds=61)
    assert outbox.send() == {"accepted": 1}


@pytest.mark.usefixtures("texted")
def test_a_provider_that_broke_off_may_have_sent(record: Any, outbox: Any, provider: Any) -> None:
    def cut(_outgoing: Outgoing) -> Accepted:
        raise ConnectionResetError

    provider.answer = cut
    assert outbox.send(outbox.texting(provider)) == {"unknown": 1}
    assert raised(record) == [("delivery_unknown", "system.ConnectionResetError")]
