"""Planning, approving and sending in one call, and a channel that does as it is told."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from notify.actions.approve_batch import approve_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.domain.channel import Accepted, Channels, Outgoing
from notify.domain.delivery import Carriage
from notify.store.notices import Batch


@dataclass
class Provider:
    """Stands in for somebody else's service: nothing sent to it can be taken back or repeated."""

    answer: Callable[[Outgoing], Accepted] = field(default=lambda out: Accepted(f"id-{out.attempt_id}"))
    name: str = "provider"
    repeatable: bool = False
    sent: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, outgoing: Outgoing) -> Accepted:
        with self.lock:
            self.sent.append(outgoing.reference)
        return self.answer(outgoing)


@dataclass
class Outbox:
    """The straight line from planning to sending."""

    record: Any

    def approved(self) -> None:
        plan_everything(self.record.database, acting=self.record.operator, wording_of=wording_of)
        with self.record.database.transaction() as session:
            for batch_id in session.scalars(select(Batch.id)).all():
                approve_batch(session, acting=self.record.operator, batch_id=batch_id)

    def send(self, channels: Channels | None = None, **more: Any) -> dict[str, int]:
        return dict(
            send_due(
                self.record.database,
                channels or self.record.channels,
                acting=self.record.operator,
                sender=self.record.sender,
                **more,
            )
        )

    def texting(self, provider: Provider) -> Channels:
        return {Carriage.SMS: provider}


@pytest.fixture
def outbox(record: Any) -> Outbox:
    return Outbox(record)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def texted(record: Any, outbox: Outbox) -> Any:
    """One person who is told by an approved text message alone."""
    person = record.person(status="released", nationality="GH")
    record.contact(person, "phone", "+12125550100", safe=True, consent=True)
    outbox.approved()
    return person
