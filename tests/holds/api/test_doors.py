"""Denial by default, problems for every failure, the document, and bodies nobody would send."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holds.actions.opening import Database
from holds.api.application import PUBLIC, make_api
from holds.api.operations import Operation
from holds.api.problems import MEDIA_TYPE
from holds.api.routes import OPERATIONS
from holds.api.wire import Problem
from holds.domain.client import Scope
from holds.store.engine import make_engine
from tests.holds.api.calling import DESK, Caller, caller, new_key, question
from tests.holds.store.record import Record

REACHED = st.fixed_dictionaries(
    {},
    optional={
        "a_number": st.one_of(st.text(), st.integers(), st.none(), st.just("A900000001")),
        "name": st.one_of(st.text(), st.text(max_size=120), st.lists(st.text())),
        "birth_date": st.one_of(st.dates().map(str), st.text(), st.floats()),
        "country": st.one_of(st.text(), st.sampled_from(["Cuba", "KOREA", "\x00"])),
        "departure_kind": st.sampled_from(["removal", "extradition", "cruise", None]),
        "destination": st.sampled_from(["Cuba", "CU", "nowhere", "", None]),
        "stage": st.sampled_from(["manifest", "boarding", "later", 1]),
        "event": st.sampled_from(["boarded", "departed", "x"]),
        "clearance": st.text(max_size=12),
        "removal": st.one_of(st.uuids().map(str), st.text()),
        "lines": st.lists(st.dictionaries(st.text(), st.text(), max_size=3), max_size=3),
        "surplus": st.integers(),
    },
)
JSON_TYPE = "application/json"
JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=8,
)
WRITES = [operation for operation in OPERATIONS if operation.request is not None]


@pytest.fixture(scope="module")
def tireless(record: Record) -> Caller:
    """A client that may ask as often as a fuzzer does. What it sends may well look like probing."""
    return caller(record, per_minute=1_000_000, daily_numbers=1_000_000)


def test_every_address_but_the_public_ones_wants_a_key(office: Caller) -> None:
    closed = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint not in PUBLIC]
    assert len(closed) == len(OPERATIONS) >= 3
    for rule in closed:
        for method in (rule.methods or set()) - {"OPTIONS"}:
            path = rule.rule.replace("<reference>", "A" * 10).replace("<int:line>", "1")
            answer = office.app.test_client().open(path, method=method)
            assert answer.status_code == 401
    assert frozenset({"openapi"}) == PUBLIC


def test_every_failure_is_a_problem_and_says_blocked(office: Caller) -> None:
    headers = {"Authorization": f"Bearer {office.key}"}
    browser = office.app.test_client()
    answers = [
        browser.get("/nowhere", headers=headers),
        browser.get("/removal-checks", headers=headers),
        browser.post("/removal-checks", data=b"{", content_type=JSON_TYPE, headers=headers),
        browser.post("/removal-checks", data=b"a=1", headers=headers),
        browser.post("/removal-checks", json={"a_number": "A900000001"}, headers=headers),
        browser.post("/removal-checks", json=question("A900000001", stage="s", x=1), headers=headers),
        browser.post(
            "/removal-checks", data=b"x" * 3_000_000, content_type="application/json", headers=headers
        ),
        office.check("A900000001", country="Atlantis"),
    ]
    assert [answer.status_code for answer in answers] == [404, 405, 400, 415, 422, 422, 413, 422]
    for answer in answers:
        assert answer.mimetype == MEDIA_TYPE
        assert Problem.model_validate_json(answer.data).decision == "blocked"
        assert answer.headers["Cache-Control"] == "no-store"


def test_an_answer_repeats_the_nonce_of_its_question_and_nothing_else(office: Caller) -> None:
    browser = office.app.test_client()
    for nonce, repeated in (("a-nonce-of-mine", "a-nonce-of-mine"), ("short", None), ("<b>bold</b>", None)):
        for path in ("/removal-checks", "/nowhere", "/openapi.json"):
            answer = browser.post(path, json={}, headers={"Request-Nonce": nonce})
            assert answer.headers.get("Request-Nonce") == repeated
    assert "Request-Nonce" not in browser.get("/openapi.json").headers


def test_a_database_that_is_gone_blocks(record: Record, office: Caller) -> None:
    gone = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    database = Database(gone, record.vault, record.database.metadata)
    lost = Caller(make_api(database, duty_desk=DESK), office.name, office.key)
    answer = lost.check("A900000001")
    assert (answer.status_code, answer.get_json()["decision"]) == (503, "blocked")


def test_the_document_describes_every_call(office: Caller) -> None:
    document = office.app.test_client().get("/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    rules = {
        (method, rule.rule.replace("<int:line>", "{line}").replace("<", "{").replace(">", "}"))
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
        if rule.endpoint not in PUBLIC
    }
    assert described == rules
    references = {part for part in json.dumps(document).split('"') if part.startswith("#/components/")}
    for reference in references:
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found
    check = document["paths"]["/removal-checks"]["post"]
    assert check["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("Answer")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(REACHED, JSON), operation=st.sampled_from(WRITES))
def test_no_body_breaks_it(tireless: Caller, body: Any, operation: Operation) -> None:
    """No 5xx, and whatever comes is as the document says."""
    answer = tireless.post(operation.path, body, once=new_key())
    assert answer.status_code < 500
    if answer.status_code < 300:
        operation.answers[answer.status_code].model_validate_json(answer.data)
    else:
        assert answer.mimetype == MEDIA_TYPE
        assert Problem.model_validate_json(answer.data).status == answer.status_code


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), key=st.text(max_size=60), once=st.text(max_size=20))
def test_no_bytes_and_no_header_break_it(tireless: Caller, body: bytes, key: str, once: str) -> None:
    sendable = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    headers = {
        n: v.encode("latin-1", "ignore").decode("latin-1").replace("\r", "").replace("\n", "")
        for n, v in sendable.items()
    }
    answer = tireless.app.test_client().post(
        "/removal-checks", data=body, content_type="application/json", headers=headers
    )
    assert answer.status_code in {400, 401, 422}


def test_a_carrier_has_no_way_to_ask_for_a_number(record: Record) -> None:
    carrier = caller(record, Scope.CARRIER)
    for operation in WRITES:
        if operation.path != "/manifest-lines":
            answer = carrier.post(operation.path, question("A900000001", stage="boarding"), once=new_key())
            assert answer.status_code in {403, 422}
