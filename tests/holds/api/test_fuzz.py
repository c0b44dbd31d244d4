"""The served description against the served API: no 5xx, and nothing that is not as it is described.

Schemathesis makes the calls out of `/api/v1/openapi.json`, right and wrong ones, with a key of every scope
and with none. `make fuzz` runs the long form: HOLDFAST_FUZZ is how many calls of each kind an operation gets.
"""

import itertools
import os
import random
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import update
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from holds.api.operations import PREFIX
from holds.api.routes import OPERATIONS
from holds.domain.client import Scope
from holds.store.api_clients import ApiClient
from tests.holds.api.calling import Caller, caller
from tests.holds.store.life import released, someone
from tests.holds.store.record import Record

CALLS = int(os.environ.get("HOLDFAST_FUZZ", "12"))
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
"""What holds of every answer."""
WRONG_IS_REFUSED = [*CHECKS, negative_data_rejection, missing_required_header]
NUMBERS = {"daily_numbers": 10**6}
CHANCE = random.SystemRandom()
"""The module's own generator begins alike in each of Hypothesis's examples."""
KEYS = (*("field_office",) * 5, "agency_officer", "agency_officer", "carrier", "wrong", "none")
"""Whose key a call comes with; one of them opens everything."""
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
unhurried = settings(
    max_examples=CALLS,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Served:
    """The API as it is mounted, its description as it is served, and somebody to ask for."""

    record: Record
    app: DispatcherMiddleware
    schema: Any
    keys: dict[str, str | None]
    travellers: tuple[dict[str, str], ...]
    carrier: str
    seen: Counter[int]

    def headers(self, who: str) -> dict[str, str]:
        key = self.keys[who]
        return {} if key is None else {"Authorization": f"Bearer {key}"}

    def forgive(self) -> None:
        """A fuzzer looks like a prober, and would be locked at once: there is a test of that elsewhere."""
        with self.record.owner.begin() as owner:
            owner.execute(update(ApiClient).values(suspicion=0, locked_at=None))


@pytest.fixture(scope="module")
def served(record: Record) -> Served:
    callers: dict[str, Caller] = {
        scope.value: caller(record, scope, per_minute=10**6, **({} if scope is Scope.CARRIER else NUMBERS))
        for scope in Scope
    }
    api = callers[Scope.FIELD_OFFICE.value].app
    app = DispatcherMiddleware(Flask(__name__), {PREFIX: api})
    schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", app)
    keys: dict[str, str | None] = {name: found.key for name, found in callers.items()}
    names = ("ABARA, HANNA", "BEKELE, LULIT", "CASTRO, INES", "DIALLO, OUMAR")
    known = [{"names": (name,), "birth_dates": (f"198{n}-04-0{n + 1}",)} for n, name in enumerate(names)]
    people = [someone(record, **known[0]), *(released(record, **more) for more in known[1:])]
    travellers = tuple(
        {"a_number": one.number, "name": name, "birth_date": f"198{n}-04-0{n + 1}"}
        for n, (one, name) in enumerate(zip(people, names, strict=True))
    )
    carrier = callers[Scope.CARRIER.value].name
    return Served(
        record, app, schema, {**keys, "none": None, "wrong": "hf_NOT_A_KEY"}, travellers, carrier, Counter()
    )


def _mostly_sensible(served: Served, body: Any) -> Any:
    return body if CHANCE.random() < 0.2 else _sensible(served, body)


def _sensible(served: Served, body: Any) -> Any:
    """A body that is right by the description, turned into one that somebody would send: text that nobody
    could read would never come past the front door."""
    if not isinstance(body, dict):
        return body
    told = dict(body)
    if "destination" in told:
        told["destination"] = CHANCE.choice(("Cuba", "CU", "Mexico"))
    if "country" in told:
        told["country"] = CHANCE.choice(("Cuba", None))
    if "a_number" in told:
        who = CHANCE.choice(served.travellers)
        # A name beside somebody else's number is a doubt, and blocks.
        told |= who if CHANCE.random() < 0.7 else {"a_number": who["a_number"]}
    if "leaves_at" in told:
        told["leaves_at"] = "2099-12-31T23:30:00Z"
    if "carrier" in told:
        told["carrier"] = CHANCE.choice((served.carrier, None))
    if "label" in told:
        told |= {"label": "RP 1234/5", "contacts": ["ops@field.example", "305 555 0142"]}
    for number, line in enumerate(told.get("lines", ()), start=1):
        line["line"] = number
        line.update(CHANCE.choice(served.travellers), country=None, mark=CHANCE.choice(("12A", None)))
    return told


MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_every_answer_is_as_described(served: Served, subtests: pytest.Subtests) -> None:
    """One test of all operations: what was seen counts over all of them, whichever process runs it."""
    for operation, mode in itertools.product(OPERATIONS, MODES):
        with subtests.test(operation.id, mode=mode.value):
            _call_in_all_ways(served, operation, mode)
    # It did not knock at a closed door all the time; what is created (201), the journeys below reach.
    assert served.seen.keys() >= {200, 400, 401, 403, 404, 409, 422}


def _call_in_all_ways(served: Served, operation: Any, mode: GenerationMode) -> None:
    described = served.schema.find_operation_by_id(operation.id)

    @unhurried
    @given(case=described.as_strategy(generation_mode=mode), who=st.sampled_from(KEYS))
    def call(case: Case[Any], who: str) -> None:
        served.forgive()
        right = mode is GenerationMode.POSITIVE
        if right:
            case.body = _mostly_sensible(served, case.body)
        answer = case.call(headers=served.headers(who))
        case.validate_response(
            answer, checks=CHECKS if right else WRONG_IS_REFUSED, headers=served.headers(who)
        )
        served.seen[answer.status_code] += 1
        if who in {"none", "wrong"}:
            assert answer.status_code in {401, 404, 405}
            assert answer.headers["www-authenticate"] == ["Bearer"] or answer.status_code != 401
        elif who not in operation.scopes:
            assert answer.status_code >= 400
        if answer.status_code >= 400:
            assert answer.json()["decision"] in {"blocked", "do_not_board"}

    call()


@pytest.mark.parametrize("begin", ["clearRemoval", "registerManifest"])
def test_a_journey_follows_the_links(served: Served, begin: str) -> None:
    """Clearances are boarded, boardings depart, manifests are read and leave, as it is linked."""
    reached: set[str] = set()

    def follow(case: Case[Any]) -> None:
        served.forgive()
        headers = {**served.headers("field_office"), "Idempotency-Key": secrets.token_hex(8)}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS, headers=headers)
        if answer.status_code >= 300:
            return
        raw = case.operation.definition.raw
        reached.add(f"{raw['operationId']} {answer.json().get('event', '')}".strip())
        for link in raw["responses"][str(answer.status_code)].get("links", {}).values():
            if link.get("requestBody", {}).get("event") != answer.json().get("event", "departed"):
                follow(_linked(served, link, answer.json()))

    @settings(unhurried, max_examples=max(20, CALLS // 2))
    @given(case=served.schema.find_operation_by_id(begin).as_strategy())
    def travel(case: Case[Any]) -> None:
        case.body = _sensible(served, case.body)
        follow(case)

    travel()
    wanted = {
        "clearRemoval": {"clearRemoval", "recordRemoval boarded", "recordRemoval departed"},
        "registerManifest": {"registerManifest", "readManifest", "departManifest"},
    }
    assert reached >= wanted[begin]


def _linked(served: Served, link: dict[str, Any], answer: dict[str, Any]) -> Case[Any]:
    """The call that a link describes, with what came back filled in."""

    def fill(value: str) -> Any:
        return answer[value.partition("#/")[2]] if value.startswith("$response.body#/") else value

    operation = served.schema.find_operation_by_id(link["operationId"])
    body = {name: fill(value) for name, value in link.get("requestBody", {}).items()}
    if operation.definition.raw["operationId"] == "departManifest":
        body = {"not_aboard": []}
    given_path = {name: fill(value) for name, value in link.get("parameters", {}).items()}
    found = (
        operation.Case(path_parameters=given_path, body=body)
        if body
        else operation.Case(path_parameters=given_path)
    )
    assert isinstance(found, Case)
    return found


def test_no_other_method_is_taken(served: Served) -> None:
    for operation in OPERATIONS:
        path = PREFIX + operation.path.replace("<reference>", "A" * 10)
        taken = {other.method for other in OPERATIONS if other.path == operation.path}
        for method in METHODS - taken:
            answer = Client(served.app).open(path, method=method, headers=served.headers("field_office"))
            assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
            assert operation.method in answer.headers["Allow"]
