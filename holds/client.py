"""A small client for an officer's system: whatever fails, the answer is blocked.

    gate = Gate("https://holdfast.example/api/v1", key)
    who = Traveller(a_number="A900000001", name=…, birth_date=…, departure_kind="removal", destination="Cuba")
    verdict = gate.check(who, stage="boarding")
    if verdict.may_proceed: …

An answer is believed only where it repeats the nonce of this very question, and is of this moment by our own
clock: another's answer, or one that somebody kept, is none.

Standard library only; nothing is imported from the rest of Holdfast, so that one file can be copied.
"""

import contextlib
import datetime as dt
import json
import secrets
import ssl
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

Decision = Literal["blocked", "no_active_hold", "not_on_record"]
TIMEOUT = 10.0
LARGEST_ANSWER = 8 * 1024 * 1024
NONCE = "Request-Nonce"
MEDIA_TYPES = frozenset({"application/json", "application/problem+json"})
SKEW = dt.timedelta(minutes=5)
"""How far the gate's clock and ours may differ; beyond it nobody knows of when an answer is."""
CLEARANCE_LIFE = dt.timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """Who is to be removed, how and where to. Give name and birth date: some people's number nobody knows."""

    a_number: str
    departure_kind: str
    destination: str
    name: str | None = None
    birth_date: dt.date | None = None
    country: str | None = None

    def asked(self) -> dict[str, Any]:
        """As the API takes it."""
        body: dict[str, Any] = {
            "a_number": self.a_number,
            "departure_kind": self.departure_kind,
            "destination": self.destination,
        }
        birth_date = self.birth_date.isoformat() if self.birth_date else None
        given = {"name": self.name, "birth_date": birth_date, "country": self.country}
        return body | {name: value for name, value in given.items() if value}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer to a check. `reasons` are codes; `reference` stands in the ledger, None where none came."""

    decision: Decision
    reasons: tuple[str, ...]
    what_to_do: str
    call: str
    reference: str | None

    @property
    def may_proceed(self) -> bool:
        """True only for `no_active_hold`, and only for now: a clearance is still needed to board."""
        return self.decision == "no_active_hold"


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """Leave to board one person before `expires_at`. None stands in its place when it was refused."""

    clearance: str
    expires_at: dt.datetime


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kw: Any) -> None:
        return None


@dataclass(frozen=True)
class Gate:
    """A connection to the gate. `base` ends in `/api/v1`; plain http only to this machine itself.

    `timeout`: seconds for the whole of a call, however slowly its answer drips in.
    """

    base: str
    key: str = field(repr=False)
    timeout: float = TIMEOUT
    context: ssl.SSLContext | None = None
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise ValueError("the gate is asked over https")

    def check(self, who: Traveller, *, stage: Literal["manifest", "staging", "boarding"]) -> Verdict:
        """May this person be removed? Never raises: whatever fails or cannot be read is blocked."""
        status, answer = self._post("/removal-checks", lambda: {**who.asked(), "stage": stage})
        return _verdict(answer, self.clock()) if status == 200 and answer is not None else _blocked(answer)

    def clear(self, who: Traveller, *, idempotency_key: str) -> Cleared | None:
        """Leave to board, or None: refused, or nothing that can be trusted came back.

        Without name and birth date there is none, and nothing is asked.
        """
        if not who.name or who.birth_date is None:
            return None
        status, answer = self._post("/clearances", who.asked, idempotency_key)
        if status != 201 or answer is None or answer.get("departure_kind") != who.departure_kind:
            return None
        expires_at, clearance = _moment(answer.get("expires_at")), answer.get("clearance")
        if expires_at is None or not isinstance(clearance, str) or len(clearance) != 10:
            return None
        now = self.clock()
        stands = now < expires_at <= now + CLEARANCE_LIFE + SKEW
        return Cleared(clearance=clearance, expires_at=expires_at) if stands else None

    def board(self, clearance: str, *, idempotency_key: str) -> str | None:
        """The reference of the boarding, or None: do not board. Repeat with the same key, never another."""
        body = {"event": "boarded", "clearance": clearance}
        return self._recorded(body, idempotency_key)

    def depart(self, removal: str, *, idempotency_key: str) -> str | None:
        """The reference of the boarding that departed, or None where it was not recorded."""
        found = self._recorded({"event": "departed", "removal": removal}, idempotency_key)
        return found if found == removal else None

    def _recorded(self, body: Mapping[str, Any], key: str) -> str | None:
        status, answer = self._post("/removals", lambda: body, key)
        found = answer.get("removal") if status == 201 and answer is not None else None
        matches = answer is not None and answer.get("event") == body["event"]
        return found if isinstance(found, str) and matches else None

    def _post(
        self, path: str, body: Callable[[], Mapping[str, Any]], key: str | None = None
    ) -> tuple[int, dict[str, Any] | None]:
        """Status and JSON object; status 0 where no answer came in time that could be read."""
        answers: list[tuple[int, dict[str, Any]]] = []

        def ask() -> None:
            # The network, TLS, the parser, or what nobody thought of: all of it is no answer.
            with contextlib.suppress(Exception):
                answers.append(self._ask(path, body, key))

        # A socket's own time-out begins anew with every byte; this one is for the whole call.
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self.timeout)
        return answers[0] if answers else (0, None)

    def _ask(
        self, path: str, body: Callable[[], Mapping[str, Any]], key: str | None
    ) -> tuple[int, dict[str, Any]]:
        nonce = secrets.token_urlsafe(24)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json", NONCE: nonce}
        headers |= {"Idempotency-Key": key} if key else {}
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked when the gate was made
            self.base.rstrip("/") + path, json.dumps(body()).encode(), headers, method="POST"
        )
        handlers: list[urllib.request.BaseHandler] = [
            _NoRedirect(),
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=self.context or ssl.create_default_context()),
        ]
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=self.timeout) as response:
                return response.status, _object(response, self.timeout, nonce)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _object(error, self.timeout, nonce)


def _object(response: Any, seconds: float, nonce: str) -> dict[str, Any]:
    """The JSON object that answers this very question, whole and within the time; raises for any other."""
    if response.headers.get_all(NONCE) != [nonce]:
        raise ValueError("an answer to another question is none")
    if response.headers.get_content_type() not in MEDIA_TYPES:
        raise ValueError("an answer is JSON")
    until, raw = time.monotonic() + seconds, bytearray()
    while chunk := response.read1(65_536):
        raw += chunk
        if len(raw) > LARGEST_ANSWER or time.monotonic() > until:
            raise ValueError("an answer of this size, or this slow, is none")
    length = response.headers.get("Content-Length")
    if length is not None and int(length) != len(raw):
        raise ValueError("an answer cut short is none")
    found = json.loads(raw, object_pairs_hook=_once_each)
    if not isinstance(found, dict):
        raise TypeError("an answer is an object")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an answer that says something twice says nothing")
    return found


def _moment(text: object) -> dt.datetime | None:
    """A time with its zone, or None."""
    try:
        found = dt.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _verdict(answer: Mapping[str, Any], now: dt.datetime) -> Verdict:
    decision, reference, at = answer.get("decision"), answer.get("reference"), _moment(answer.get("at"))
    reasons = answer.get("reasons")
    if decision not in ("blocked", "no_active_hold", "not_on_record"):
        return _blocked(answer)
    if decision != "blocked":
        # A yes without a ledger reference was never given; one with reasons contradicts itself.
        if not _is_reference(reference) or at is None or not isinstance(reasons, list):
            return _blocked(answer)
        if decision == "no_active_hold" and reasons:
            return _blocked(answer)
        if abs(now - at) > SKEW:
            return _blocked({**answer, "reasons": [{"code": "clock.differs"}]})
    return Verdict(
        decision=decision,
        reasons=_codes(answer),
        what_to_do=str(answer.get("what_to_do", "")),
        call=str(answer.get("call", "")),
        reference=reference if isinstance(reference, str) else None,
    )


def _is_reference(text: object) -> bool:
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _blocked(answer: Mapping[str, Any] | None) -> Verdict:
    answer = answer or {}
    code = answer.get("code")
    return Verdict(
        decision="blocked",
        reasons=_codes(answer) or (code if isinstance(code, str) else "error.no_answer",),
        what_to_do="Do not remove this person. No answer means blocked: try again, and call.",
        call=str(answer.get("call", "")),
        reference=None,
    )


def _codes(answer: Mapping[str, Any]) -> tuple[str, ...]:
    reasons = answer.get("reasons")
    if not isinstance(reasons, list):
        return ()
    return tuple(str(one["code"]) for one in reasons if isinstance(one, dict) and "code" in one)
