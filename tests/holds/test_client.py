"""The officer's client: only a whole, sane `no_active_hold` is a yes; whatever else comes is blocked."""

import datetime as dt
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holds.client import Gate, Traveller, Verdict

WHO = Traveller(
    a_number="A900000001",
    name="DOE, JANE",
    birth_date=dt.date(1990, 2, 3),
    departure_kind="removal",
    destination="Cuba",
)
YES = {
    "decision": "no_active_hold",
    "reasons": [],
    "what_to_do": "Ask for a clearance.",
    "call": "555-0100",
    "at": "2026-01-01T00:00:30Z",
    "reference": "0192c000-0000-7000-8000-000000000000",
}
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Service:
    """A server on this machine that answers as it is told."""

    def __init__(self) -> None:
        service = self
        self.answer: Answer = plain(200, YES)
        self.seen: list[tuple[str, dict[str, str], Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                service.seen.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
                service.answer(self)

            def do_GET(self) -> None:
                plain(200, YES)(self)

            def log_message(self, *_args: object) -> None:
                """Nothing to a terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{self.server.server_port}/api/v1"
        self.gate = Gate(base, "hf_KEY", timeout=0.5, clock=lambda: NOW)

    def check(self, answer: Answer) -> Verdict:
        self.answer = answer
        return self.gate.check(WHO, stage="boarding")


def plain(status: int, body: object, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        said = {"Content_Type": "application/json", "Request_Nonce": handler.headers.get("Request-Nonce", "")}
        for name, value in (said | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def begin(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Request-Nonce", handler.headers["Request-Nonce"])


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    begin(handler)
    handler.send_header("Content-Length", "4000")
    handler.end_headers()
    handler.wfile.write(json.dumps(YES).encode())


def asleep(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
    """Every byte in time, and all of them far too late."""
    raw = json.dumps(YES).encode()
    begin(handler)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    try:
        for byte in raw:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.02)
    except OSError:
        return


def heading_by_heading(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never comes to its point, each line of it in time."""
    begin(handler)
    try:
        for number in range(100):
            handler.send_header(f"X-{number}", "patience")
            handler.flush_headers()
            time.sleep(0.05)
    except OSError:
        return


def chunks_without_an_end(handler: BaseHTTPRequestHandler) -> None:
    raw = json.dumps(YES).encode()
    begin(handler)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(f"{len(raw) + 9:x}\r\n".encode() + raw)


def nonce_twice(handler: BaseHTTPRequestHandler) -> None:
    begin(handler)
    handler.send_header("Request-Nonce", "another")
    handler.end_headers()
    handler.wfile.write(json.dumps(YES).encode())


def squeezed(handler: BaseHTTPRequestHandler) -> None:
    plain(200, gzip.compress(json.dumps(YES).encode()), Content_Encoding="gzip")(handler)


TWICE = json.dumps(YES)[:-1].encode() + b', "decision": "no_active_hold"}'


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_whole_answer_is_believed(service: Service) -> None:
    assert service.check(plain(200, YES)).may_proceed
    path, headers, body = service.seen[-1]
    assert (path, headers["Authorization"]) == ("/api/v1/removal-checks", "Bearer hf_KEY")
    assert body == {**WHO.asked(), "stage": "boarding"}


@pytest.mark.parametrize(
    "answer",
    [
        plain(500, YES),
        plain(503, YES),
        plain(201, YES),
        plain(204, b""),
        plain(302, YES, Location="/api/v1/removal-checks"),
        plain(307, YES, Location="/"),
        plain(401, YES),
        plain(200, b"<html>signed out</html>"),
        plain(200, b""),
        plain(200, [YES]),
        plain(200, {}),
        plain(200, {**YES, "decision": "cleared"}),
        plain(200, {**YES, "decision": ["no_active_hold"]}),
        plain(200, {**YES, "reference": None}),
        plain(200, {**YES, "at": None}),
        plain(200, {**YES, "decision": "blocked"}),
        plain(200, {**YES, "decision": "not_on_record"}),
        plain(200, {**YES, "decision": "NO_ACTIVE_HOLD"}),
        plain(200, {**YES, "reference": "anything"}),
        plain(200, {**YES, "at": "yesterday"}),
        plain(200, {**YES, "at": "2026-01-01T00:00:00"}),
        plain(200, {**YES, "at": "2025-12-31T23:54:00Z"}),
        plain(200, {**YES, "at": "2026-01-01T00:06:00Z"}),
        plain(200, {**YES, "at": "2026-01-02T00:00:00Z"}),
        plain(200, {**YES, "reasons": [{"code": "hold.active"}]}),
        plain(200, {**YES, "reasons": None}),
        plain(200, json.dumps(YES)[:-9].encode()),
        plain(200, TWICE),
        plain(200, YES, Content_Type="text/html"),
        plain(200, YES, Content_Type="text/plain; charset=utf-8"),
        plain(200, YES, Request_Nonce="the-nonce-of-another-question"),
        plain(200, YES, Request_Nonce=""),
        nonce_twice,
        squeezed,
        chunks_without_an_end,
        cut_short,
        asleep,
        drop_by_drop,
        heading_by_heading,
    ],
)
def test_everything_else_is_no_yes(service: Service, answer: Answer) -> None:
    began = time.monotonic()
    verdict = service.check(answer)
    assert time.monotonic() - began < 2
    assert not verdict.may_proceed
    assert verdict.decision in {"blocked", "not_on_record"}


def test_nobody_there_is_blocked() -> None:
    verdict = Gate("http://127.0.0.1:1/api/v1", "hf_KEY").check(WHO, stage="staging")
    assert (verdict.decision, verdict.reasons) == ("blocked", ("error.no_answer",))


def test_the_reasons_of_a_problem_are_kept(service: Service) -> None:
    problem = {"code": "client.locked", "decision": "blocked", "call": "555-0100", "reasons": []}
    verdict = service.check(plain(403, problem))
    assert (verdict.decision, verdict.reasons, verdict.call) == ("blocked", ("client.locked",), "555-0100")


def test_the_gate_is_asked_over_https_only() -> None:
    for base in ("http://gate.example/api/v1", "ftp://127.0.0.1/", "file:///etc", "gate.example"):
        with pytest.raises(ValueError, match="https"):
            Gate(base, "hf_KEY")
    assert "hf_SECRET" not in repr(Gate("https://gate.example/api/v1", "hf_SECRET"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    status=st.sampled_from([200, 200, 201, 301, 400, 409, 429, 500, 503]),
    body=st.one_of(
        st.binary(max_size=60),
        st.fixed_dictionaries(
            {},
            optional={
                "decision": st.sampled_from(["no_active_hold", "blocked", None, 1, {}]),
                "reasons": st.one_of(
                    st.none(), st.lists(st.one_of(st.text(), st.dictionaries(st.text(), st.text())))
                ),
                "reference": st.one_of(st.none(), st.just(""), st.integers()),
                "at": st.one_of(st.none(), st.text()),
            },
        ),
    ),
)
def test_no_answer_without_reference_is_a_yes(service: Service, status: int, body: Any) -> None:
    assert not service.check(plain(status, body)).may_proceed


STALE = (
    {"clearance": "ABCDEFGHJK", "expires_at": "2025-12-31T23:59:59Z", "departure_kind": "removal"},
    {"clearance": "ABCDEFGHJK", "expires_at": "2026-01-01T00:21:00Z", "departure_kind": "removal"},
    {"clearance": "ABCDEFGHJK", "expires_at": "2026-01-01T00:14:00", "departure_kind": "removal"},
    {"clearance": "ABCDEFGHJK", "expires_at": "2026-01-01T00:14:00Z", "departure_kind": "extradition"},
)
"""Clearances that are over, of too long a life, without a zone, or for another departure."""


def test_an_answer_of_another_moment_says_so(service: Service) -> None:
    verdict = service.check(plain(200, {**YES, "at": "2026-01-02T00:00:00Z"}))
    assert (verdict.decision, verdict.reasons) == ("blocked", ("clock.differs",))


def test_every_question_has_a_nonce_of_its_own(service: Service) -> None:
    for _ in range(2):
        assert service.check(plain(200, YES)).may_proceed
    one, other = (headers["Request-Nonce"] for _, headers, _ in service.seen[-2:])
    assert one != other


def test_clearing_boarding_and_departing(service: Service) -> None:
    cleared = {"clearance": "ABCDEFGHJK", "expires_at": "2026-01-01T00:15:00Z", "departure_kind": "removal"}
    service.answer = plain(201, cleared)
    found = service.gate.clear(WHO, idempotency_key="a-key-of-ours")
    assert found is not None
    assert found.clearance == "ABCDEFGHJK"
    assert service.seen[-1][1]["Idempotency-Key"] == "a-key-of-ours"
    for spoiled in ({}, {**cleared, "expires_at": "soon"}, {**cleared, "clearance": 7}, [cleared], *STALE):
        service.answer = plain(201, spoiled)
        assert service.gate.clear(WHO, idempotency_key="a-key-of-ours") is None
    service.answer, asked = plain(201, cleared), len(service.seen)
    for lacking in (replace(WHO, name=None), replace(WHO, birth_date=None)):
        assert service.gate.clear(lacking, idempotency_key="a-key-of-ours") is None
    assert len(service.seen) == asked
    service.answer = plain(409, cleared)
    assert service.gate.clear(WHO, idempotency_key="a-key-of-ours") is None
    service.answer = plain(201, {"event": "boarded", "removal": "r"})
    assert service.gate.board("ABCDEFGHJK", idempotency_key="another-key") == "r"
    assert service.gate.depart("r", idempotency_key="another-key") is None
    service.answer = plain(201, {"event": "departed", "removal": "another"})
    assert service.gate.depart("r", idempotency_key="another-key") is None
    service.answer = plain(409, {"event": "boarded", "removal": "r"})
    assert service.gate.board("ABCDEFGHJK", idempotency_key="another-key") is None
