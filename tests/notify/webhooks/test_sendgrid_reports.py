"""SendGrid's signed events: believed when signed lately, once each, and never backwards."""

import json
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from notify.webhooks import sendgrid_reports
from tests.notify.webhooks.reporting import Providers


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (["delivered", "deferred", "processed"], "delivered"),
        (["delivered", "bounce"], "returned"),
        (["dropped"], "failed"),
        (["delivered", "spamreport"], "returned"),
        (["open", "click", "group_unsubscribe"], "accepted"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_events_move_a_delivery_forward_only(providers: Providers, events: list[str], state: str) -> None:
    assert providers.tells(*events).status_code == 204
    assert providers.tells(*events).status_code == 204, "the provider sends them again"
    assert providers.state == state
    assert len(providers.receipts) == sum(one not in {"open", "click", "group_unsubscribe"} for one in events)


def test_a_bounce_says_why_in_numbers_alone(providers: Providers) -> None:
    """A mail server's words hold the address."""
    bounce = {
        "event": "bounce",
        "sg_event_id": "1",
        "attempt": str(providers.attempt_id),
        "status": "5.1.1",
        "reason": "550 5.1.1 kofi@example.org does not exist",
        "email": "kofi@example.org",
        "timestamp": 1_669_600_000,
    }
    providers.tells(bounce, bounce | {"sg_event_id": "2", "status": "550 kofi@example.org"})
    assert providers.receipts == [("returned", "sendgrid.bounce.5.1.1"), ("returned", "sendgrid.bounce")]


def test_either_key_is_believed_while_one_is_changed_for_another(providers: Providers) -> None:
    assert providers.tells("processed", key=1).status_code == 204
    assert len(providers.receipts) == 1


FORGED: dict[str, dict[str, Any]] = {
    "another key": {"key": ec.generate_private_key(ec.SECP256R1())},
    "a changed body": {"altered": b'[{"event": "dropped"}]'},
    "no text": {"altered": b"\xff\xfe"},
    "too old": {"hours_ago": 27},
    "of tomorrow": {"hours_ago": -1},
}


def test_what_is_not_signed_lately_tells_nothing(providers: Providers) -> None:
    for what, forged in FORGED.items():
        assert providers.tells("dropped", **forged).status_code == 403, what
    nonsense = {sendgrid_reports.SIGNATURE: "%%%", sendgrid_reports.TIMESTAMP: "1669600000"}
    accented = nonsense | {sendgrid_reports.SIGNATURE: "\u00e9\u00e9"}
    for headers in ({}, nonsense, accented):
        assert providers.web.post("/webhooks/sendgrid", data=b"[]", headers=headers).status_code == 403
    assert (providers.state, providers.receipts) == ("accepted", [])


def test_events_that_are_a_day_late_still_count(providers: Providers) -> None:
    assert providers.tells("delivered", hours_ago=25).status_code == 204
    assert providers.state == "delivered"


def test_a_signed_body_that_is_no_list_of_events_is_refused(providers: Providers) -> None:
    for body in (b"{}", b"[", b'"text"'):
        assert providers.tells(body=body).status_code == 400


def test_events_that_are_not_ours_do_not_stop_those_that_are(providers: Providers) -> None:
    mine = {"event": "delivered", "sg_event_id": "mine", "attempt": str(providers.attempt_id)}
    others: list[Any] = [
        mine | {"sg_event_id": "2", "attempt": str(uuid.uuid4())},
        mine | {"sg_event_id": "3", "attempt": "no number"},
        mine | {"sg_event_id": 4},
        mine | {"sg_event_id": "with space "},
        mine | {"event": None},
        {"event": "delivered"},
        "text",
        None,
    ]
    assert providers.tells(body=json.dumps([*others, mine]).encode()).status_code == 204
    assert (providers.state, len(providers.receipts)) == ("delivered", 1)
