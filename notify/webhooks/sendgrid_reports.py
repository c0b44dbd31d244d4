"""SendGrid's signed event webhook: a JSON array, signed as it stands (ECDSA, P-256, SHA-256)."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from sendgrid.helpers.eventwebhook import EventWebhook, EventWebhookHeader

from notify.domain.report import OF_A_MAIL, Report

PROVIDER = "sendgrid"
SIGNATURE, TIMESTAMP = EventWebhookHeader.SIGNATURE, EventWebhookHeader.TIMESTAMP
OLDEST = dt.timedelta(hours=26)
"""SendGrid tries for a day to hand its events over. An event that comes again within it moves nothing: what
stops a replay is that each is recorded once."""
AHEAD = dt.timedelta(minutes=5)
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
_SECONDS = re.compile(r"[0-9]{10}")
_EVENT_ID = re.compile(r"[\x21-\x7e]{1,200}")


class UnreadableEventsError(Exception):
    """The body is no array of events."""


def is_sendgrids(keys: Iterable[str], body: bytes, signature: str, timestamp: str) -> bool:
    """Whether one of these public keys (base64 of DER, as SendGrid shows them) signed the body."""
    if not _SECONDS.fullmatch(timestamp):
        return False
    try:
        text = body.decode()
        return any(EventWebhook(key).verify_signature(text, signature, timestamp) for key in keys)
    except ValueError:  # no text, or no base64
        return False


def is_of_now(timestamp: str, now: dt.datetime) -> bool:
    """Whether a signed timestamp (seconds of the epoch) is one that SendGrid may still come with."""
    return now - OLDEST <= dt.datetime.fromtimestamp(int(timestamp), dt.UTC) <= now + AHEAD


def read_events(body: bytes) -> Iterator[Report]:
    """The events that move a delivery. Others, and what carries no attempt of ours, are passed over."""
    try:
        events = json.loads(body)
    except ValueError as error:
        raise UnreadableEventsError from error
    if not isinstance(events, list):
        raise UnreadableEventsError
    for event in events:
        if isinstance(event, dict) and (report := _report(event)) is not None:
            yield report


def _report(event: dict[str, Any]) -> Report | None:
    kind, event_id, attempt = (event.get(name) for name in ("event", "sg_event_id", "attempt"))
    if not (isinstance(kind, str) and isinstance(event_id, str) and isinstance(attempt, str)):
        return None
    state = OF_A_MAIL.get(kind)
    try:
        attempt_id = uuid.UUID(attempt)
    except ValueError:
        return None
    if state is None or not _EVENT_ID.fullmatch(event_id):
        return None
    return Report(
        provider=PROVIDER,
        event_id=event_id,
        attempt_id=attempt_id,
        state=state,
        code=_code(kind, event.get("status")),
        occurred_at=_moment(event.get("timestamp")),
    )


def _code(kind: str, status: object) -> str:
    """The event, and the mail server's enhanced status (RFC 3463); its words may hold the address."""
    known = isinstance(status, str) and _STATUS.fullmatch(status)
    return f"{PROVIDER}.{kind}.{status}" if known else f"{PROVIDER}.{kind}"


def _moment(seconds: object) -> dt.datetime | None:
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds < 10**11:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
