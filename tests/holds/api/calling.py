"""A client of the API, without a socket, on a record that a module shares."""

import itertools
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from holds.actions.api_clients import add_client
from holds.api.application import make_api
from holds.domain.client import Scope
from tests.holds.store.record import Record

DESK = "the duty desk, 555-0100"
PATIENCE = 60
"""Seconds: what these tests ask has an answer, however busy the machine is."""
_names = itertools.count(1)


@dataclass(frozen=True)
class Caller:
    """A key and the application it calls."""

    app: Flask
    name: str
    key: str

    def post(self, path: str, body: Any, *, once: str | None = None, key: str | None = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {key or self.key}"}
        headers |= {"Idempotency-Key": once} if once else {}
        return self.app.test_client().post(path, json=body, headers=headers)

    def get(self, path: str) -> TestResponse:
        return self.app.test_client().get(path, headers={"Authorization": f"Bearer {self.key}"})

    def check(self, number: str, *, once: str | None = None, **more: Any) -> TestResponse:
        return self.post("/removal-checks", question(number, stage="boarding", **more), once=once)

    def clear(self, number: str, *, once: str | None = None, **more: Any) -> TestResponse:
        who = {"name": "DOE, JANE", "birth_date": "1990-02-03"}  # as the record's people are, if not told
        return self.post("/clearances", question(number, **{**who, **more}), once=once or new_key())

    def board(self, clearance: str, *, once: str | None = None) -> TestResponse:
        return self.post("/removals", {"event": "boarded", "clearance": clearance}, once=once or new_key())

    def depart(self, removal: str) -> TestResponse:
        return self.post("/removals", {"event": "departed", "removal": removal}, once=new_key())


def question(number: str, **more: Any) -> dict[str, Any]:
    return {"a_number": number, "departure_kind": "removal", "destination": "Cuba", **more}


def new_key() -> str:
    return secrets.token_hex(8)


def caller(record: Record, scope: Scope = Scope.FIELD_OFFICE, **given: Any) -> Caller:
    """A fresh client of a scope, with a budget of its own."""
    name = f"client-{next(_names)}"
    with record.database.transaction() as session:
        key = add_client(session, acting=record.staff["admin"], name=name, scope=scope, **given)
    return Caller(make_api(record.database, duty_desk=DESK, seconds=PATIENCE), name, key)
