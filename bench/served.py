"""What the endpoint benchmark serves: the API as it is, and beside it the barest endpoints there can be."""

import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, jsonify, request
from sqlalchemy.pool import PoolProxiedConnection
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.checks import POSTGRESQL
from holds.actions.opening import answering, open_database
from holds.actions.questions import Question, index_keys_of, read_question
from holds.domain.a_number import read_a_numbers
from holds.settings import Settings
from holds.store.base import new_id
from holds.store.gate_query import GATE_QUERY, asking
from holds.store.outside import look_outside
from holds.store.sealing import index_values
from holds.store.standing import parameters
from wsgi import METADATA, create_app, spare_the_collector

BARE = "/bare"


def bare() -> Flask:
    """One query and one ledger INSERT, committed, over the same pool of connections as the API's, by the
    driver alone: no key, no budget, no decision.

    `/check` sends the gate's own statement; `/number` looks one A-number up in the index.
    """
    settings = Settings.read()
    opened = open_database(settings, METADATA)
    database = answering(opened, settings)
    opened.engine.dispose()
    actor, organisation = os.environ["BENCH_ACTOR"], os.environ["BENCH_ORGANISATION"]
    keys, today = index_keys_of(database.vault.ring), dt.datetime.now(dt.UTC).date()
    standing = parameters(look_outside(database.outside) if database.outside else None, "postgresql")
    app = Flask(__name__)

    def told(connection: PoolProxiedConnection, person: uuid.UUID | None) -> Response:
        row_id = new_id()
        row = (row_id, organisation, actor, "removal.checked", person or row_id, person, "{}", bytes(32))
        connection.cursor().execute(POSTGRESQL["insert"], row)
        connection.commit()
        connection.close()
        return jsonify(decision="blocked" if person else "not_on_record", reference=str(row_id))

    @app.post("/check")
    def check() -> Response:
        sent = request.get_json()
        who = Question(a_number=sent["a_number"], name=sent["name"], birth_date=sent["birth_date"])
        values = {**asking(read_question(keys, who, today=today).terms, "postgresql"), **standing}
        connection = database.engine.raw_connection()
        cursor: Any = connection.cursor()
        rows = cursor.execute(GATE_QUERY["postgresql"], values).fetchall()
        return told(connection, next((row[2] for row in rows if row[0] == "member"), None))

    @app.post("/number")
    def number() -> Response:
        (asked,) = read_a_numbers(request.get_json()["a_number"]).numbers
        ((_, value),) = index_values(database.vault.ring, "a_number", asked)
        connection = database.engine.raw_connection()
        cursor: Any = connection.cursor()
        found = cursor.execute(POSTGRESQL["select"], (value,)).fetchall()
        return told(connection, found[0][0] if found else None)

    return app


def make() -> Callable[..., Iterable[bytes]]:
    """Both, in one process on one server."""
    app = DispatcherMiddleware(create_app(), {BARE: bare()})
    spare_the_collector()
    return app


def __getattr__(name: str) -> Callable[..., Iterable[bytes]]:
    if name == "app":
        return make()
    raise AttributeError(name)
