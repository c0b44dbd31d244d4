"""What both providers meet: closed doors, a database that does not answer, and a storm of forgeries."""

import os
import random
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from notify.domain.delivery import State
from notify.webhooks import application
from notify.webhooks.application import Reporters, make_webhooks
from tests.notify.webhooks.reporting import OUTSIDE, Providers

STORM = int(os.environ.get("HOLDFAST_REPORTS", "200"))
"""How many reports the storm has; 100,000 in the long form."""


def test_a_provider_without_a_key_here_finds_no_door(record: Any) -> None:
    web = make_webhooks(record.database, Reporters(external_url=OUTSIDE)).test_client()
    assert web.post("/sendgrid", data=b"[]").status_code == 404
    assert web.post("/twilio/01890000-0000-7000-8000-000000000001").status_code == 404
    assert web.get("/sendgrid").status_code == 405


def test_nothing_large_is_read(providers: Providers) -> None:
    body = b" " * (application.LARGEST_BODY + 1)
    assert providers.tells(body=body).status_code == 413


def test_a_database_that_does_not_answer_is_asked_again_later(
    providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    with monkeypatch.context() as broken:
        broken.setattr(application, "take_reports", down)
        for answer in (providers.tells("delivered"), providers.calls_back("delivered")):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert providers.state == "accepted"
    assert providers.tells("delivered").status_code == 204
    assert providers.state == "delivered"


def test_a_storm_of_forged_doubled_and_shuffled_reports_moves_nothing_backwards(providers: Providers) -> None:
    """Whatever is signed wrong is refused; whatever is signed right is recorded once; states go forward."""
    chance, web = random.Random(STORM), providers.web
    true = ["sent", "queued", "delivered", "sending"]
    wrong = [{"token": "another"}, {"signature": "bm9uc2Vuc2U="}, {"url": f"{OUTSIDE}/elsewhere"}]
    ranks = {State.ACCEPTED.value: 0, State.DELIVERED.value: 1}
    came, refused = 0, 0
    for _ in range(STORM):
        if chance.random() < 0.8:
            answer = providers.calls_back("failed", web=web, **chance.choice(wrong))
            refused += answer.status_code == 403
        else:
            answer = providers.calls_back(chance.choice(true), web=web)
        assert answer.status_code in {204, 403}
        rank = ranks[providers.state] if answer.status_code == 204 else came
        assert rank >= came
        came = rank
    assert refused > STORM / 2
    states = [state for state, _ in providers.receipts]
    assert len(states) <= len(true), "each of them once, however often it came"
    assert State.FAILED.value not in states
