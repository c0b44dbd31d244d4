"""Twilio's callbacks: believed when signed, once each, and never backwards."""

import uuid

import pytest

from tests.notify.webhooks.reporting import OUTSIDE, SID, Providers


@pytest.mark.parametrize(
    ("status", "more", "state", "code"),
    [
        ("sent", {}, "accepted", None),
        ("undelivered", {"ErrorCode": "30003"}, "failed", "twilio.30003"),
        ("failed", {"ErrorCode": "0"}, "failed", None),
    ],
)
def test_a_status_of_a_text_moves_its_delivery(
    providers: Providers, status: str, more: dict[str, str], state: str, code: str | None
) -> None:
    assert providers.calls_back(status, **more).status_code == 204
    assert (providers.state, providers.receipts[-1][1]) == (state, code)


@pytest.mark.parametrize(
    ("status", "answered_by", "state", "code"),
    [
        ("completed", "machine_end_beep", "delivered", "twilio.answered_by.machine_end_beep"),
        ("completed", "fax", "failed", "twilio.answered_by.fax"),
        ("no-answer", None, "failed", None),
    ],
)
def test_a_status_of_a_call_says_who_answered(
    providers: Providers, status: str, answered_by: str | None, state: str, code: str | None
) -> None:
    call = {"MessageSid": None, "MessageStatus": None, "CallSid": f"CA{'a' * 32}", "CallStatus": status}
    assert providers.calls_back("", **call, AnsweredBy=answered_by).status_code == 204
    assert (providers.state, providers.receipts) == (state, [(state, code)])


def test_a_callback_counts_once_and_an_earlier_one_moves_nothing(providers: Providers) -> None:
    for status in ("delivered", "delivered", "sent", "queued"):
        assert providers.calls_back(status).status_code == 204
    assert providers.state == "delivered"
    assert [state for state, _ in providers.receipts] == ["delivered", "accepted", "accepted"]


FORGED: dict[str, dict[str, str | None]] = {
    "another token": {"token": "another token"},
    "a changed field": {"signature": "of another status"},
    "nonsense": {"signature": "bm9uc2Vuc2U="},
    "another attempt": {"url": f"{OUTSIDE}/webhooks/twilio/{uuid.UUID(int=7)}"},
    "another host": {"url": "https://elsewhere.example.org/webhooks/twilio"},
    "another account": {"AccountSid": f"AC{'1' * 32}"},
    "no account": {"AccountSid": None},
}
ODD = [
    {"MessageStatus": "receiving"},
    {"MessageStatus": ""},
    {"MessageSid": "SM1"},
    {"MessageSid": f"{SID}; x"},
]


def test_what_is_not_signed_for_us_tells_nothing(providers: Providers) -> None:
    web = providers.web
    for what, forged in FORGED.items():
        assert providers.calls_back("failed", web=web, **forged).status_code == 403, what
    assert (providers.state, providers.receipts) == ("accepted", [])


def test_a_signed_callback_that_tells_nothing_we_know_is_taken_and_kept_out(providers: Providers) -> None:
    for odd in ODD:
        assert providers.calls_back("delivered", **odd).status_code == 204
    assert (providers.state, providers.receipts) == ("accepted", [])


def test_a_callback_of_no_attempt_of_ours_changes_nothing(providers: Providers) -> None:
    assert providers.calls_back("delivered", attempt_id=uuid.uuid4()).status_code == 204
    assert (providers.state, providers.receipts) == ("accepted", [])
