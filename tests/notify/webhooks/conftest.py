"""A text that was sent, and the providers that report on it."""

from typing import Any

import pytest
from sqlalchemy import select

from notify.store.deliveries import Attempt
from tests.notify.actions.conftest import Outbox, Provider
from tests.notify.webhooks.reporting import Providers


@pytest.fixture
def providers(record: Any) -> Providers:
    person = record.person(status="released", nationality="GH")
    record.contact(person, "phone", "+12125550100", safe=True, consent=True)
    outbox = Outbox(record)
    outbox.approved()
    assert outbox.send(outbox.texting(Provider())) == {"accepted": 1}
    with record.database.reading() as session:
        attempt_id = session.scalars(select(Attempt.id)).one()
    return Providers(record, attempt_id)
