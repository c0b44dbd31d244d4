"""What the endpoint benchmark serves: the API as it is, and beside it the barest endpoint there can be."""

import gc
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from flask import Flask, Response, jsonify, request
from sqlalchemy.engine import make_url
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.checks import POSTGRESQL
from holds.actions.opening import open_database
from holds.domain.a_number import read_a_numbers
from holds.settings import Settings
from holds.store.base import new_id
from holds.store.sealing import index_values
from wsgi import METADATA, create_app

BARE = "/bare"


def bare() -> Flask:
    """One indexed SELECT and one ledger INSERT, committed, by the driver alone."""
    database = open_database(Settings.read(), METADATA)
    url = make_url(Settings.read().database).set(drivername="postgresql")
    actor, organisation = os.environ["BENCH_ACTOR"], os.environ["BENCH_ORGANISATION"]
    mine = threading.local()
    app = Flask(__name__)

    def connection() -> psycopg.Connection[Any]:
        made: psycopg.Connection[Any] | None = getattr(mine, "connection", None)
        if made is None:
            made = mine.connection = psycopg.connect(url.render_as_string(hide_password=False))
        return made

    @app.post("/check")
    def check() -> Response:
        (number,) = read_a_numbers(request.get_json()["a_number"]).numbers
        ((_, value),) = index_values(database.vault.ring, "a_number", number)
        cursor = connection().cursor()
        found = cursor.execute(POSTGRESQL["select"], (value,)).fetchall()
        person, row_id = (found[0][0] if found else None), new_id()
        row = (row_id, organisation, actor, "removal.checked", person or row_id, person, "{}", bytes(32))
        cursor.execute(POSTGRESQL["insert"], row)
        connection().commit()
        return jsonify(decision="blocked" if found else "not_on_record", reference=str(row_id))

    return app


def make() -> Callable[..., Iterable[bytes]]:
    """Both, in one process on one server."""
    app = DispatcherMiddleware(create_app(), {BARE: bare()})
    gc.freeze()
    return app


def __getattr__(name: str) -> Callable[..., Iterable[bytes]]:
    if name == "app":
        return make()
    raise AttributeError(name)
