"""Twilio's status callbacks: form fields, signed over the address they were sent to (X-Twilio-Signature)."""

import re
import uuid
from collections.abc import Mapping

from twilio.request_validator import RequestValidator

from notify.domain.delivery import State
from notify.domain.report import OF_A_CALL, OF_A_TEXT, Report

PROVIDER = "twilio"
SIGNATURE = "X-Twilio-Signature"
_CODE = re.compile(r"[0-9]{1,6}")
_SID = re.compile(r"(?:SM|MM|CA)[0-9a-f]{32}")
_ANSWERED_BY = re.compile(r"[a-z_]{1,30}")


def is_twilios(auth_token: str, account_sid: str, url: str, form: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio signed these fields for this address, and they are of our account.

    `url` is the address as Twilio knows it, before any proxy of ours.
    """
    if not auth_token or form.get("AccountSid") != account_sid:
        return False
    return bool(RequestValidator(auth_token).validate(url, form, signature))


def read_callback(attempt_id: uuid.UUID, form: Mapping[str, str]) -> Report | None:
    """The report of a callback about a text or a call; None where it tells nothing that moves a delivery."""
    sid = form.get("MessageSid") or form.get("CallSid") or ""
    status = form.get("MessageStatus") or form.get("CallStatus") or ""
    state = (OF_A_TEXT if "MessageStatus" in form else OF_A_CALL).get(status)
    if state is None or not _SID.fullmatch(sid):
        return None
    answered_by = form.get("AnsweredBy", "")
    if state is State.DELIVERED and answered_by == "fax":
        state = State.FAILED
    # Twilio numbers no events; a message comes to each status once.
    return Report(
        provider=PROVIDER,
        event_id=f"{sid}:{status}",
        attempt_id=attempt_id,
        state=state,
        code=_code(form.get("ErrorCode", ""), answered_by),
    )


def _code(error: str, answered_by: str) -> str | None:
    if _CODE.fullmatch(error) and error.strip("0"):
        return f"{PROVIDER}.{error}"
    return f"{PROVIDER}.answered_by.{answered_by}" if _ANSWERED_BY.fullmatch(answered_by) else None
