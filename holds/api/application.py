"""Putting the API together: an application of its own, without cookies, sessions or forms."""

import json
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from holds.actions.api_clients import LockedClientError, WrongKeyError, client_of_key
from holds.actions.opening import Database, within
from holds.api.desk import Desk, ProblemError, respond_problem
from holds.api.openapi import openapi_document
from holds.api.operations import Operation
from holds.api.problems import CODES
from holds.api.routes import OPERATIONS
from holds.domain.client import ScopeError
from holds.domain.refusal import RefusedError
from holds.domain.staff import NotAllowedError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANSWER_SECONDS = 5
LARGEST_BODY = 2 * 1024 * 1024
PUBLIC = frozenset({"openapi"})
"""The endpoints that need no key. Every other one, also one that is added later, does."""
NONCE = "Request-Nonce"
_NONCE = re.compile(r"[A-Za-z0-9._:~-]{8,100}")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def make_api(
    database: Database, *, duty_desk: str, hosts: Sequence[str] | None = None, seconds: int = ANSWER_SECONDS
) -> Flask:
    """The API over an open database, to be mounted at `/api/v1`. Deny by default: no key, no answer.

    `seconds`: how long a call may take, a manifest aside; `database` should be one that is `answering`.
    """
    app = Flask(__name__, static_folder=None)
    app.wsgi_app = _limited(app.wsgi_app, seconds)  # type: ignore[method-assign, assignment]
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, TRUSTED_HOSTS=list(hosts) if hosts else None)
    desk = Desk(database, duty_desk)
    app.extensions["holdfast.desk"] = desk
    document = json.dumps(openapi_document(OPERATIONS, _version()))

    @app.get("/openapi.json", endpoint="openapi")
    def show_document() -> Response:
        return Response(document, mimetype="application/json")

    for operation in OPERATIONS:
        _add(app, operation)
    _set_up_keys(app, database)
    _set_up_errors(app, desk)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        nonce = request.headers.get(NONCE, "")
        if _NONCE.fullmatch(nonce):
            # By it the asker knows this answer from another's, and from one that somebody kept.
            response.headers[NONCE] = nonce
        return response

    return app


def _limited(inner: "WSGIApplication", seconds: int) -> "WSGIApplication":
    """Every call within the time, from its key to its commit."""

    def limited(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with within(seconds):
            return inner(environ, start_response)

    return limited


def _add(app: Flask, operation: Operation) -> None:
    app.add_url_rule(operation.path, operation.id, operation.view, methods=[operation.method])


def _set_up_keys(app: Flask, database: Database) -> None:
    @app.before_request
    def refuse_strangers() -> None:
        if request.endpoint in PUBLIC:
            return
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.casefold() != "bearer":
            raise ProblemError("key.wrong", 401)
        g.client = client_of_key(database, key.strip())


def _set_up_errors(app: Flask, desk: Desk) -> None:
    codes: tuple[tuple[type[Exception], str, int], ...] = (
        (WrongKeyError, "key.wrong", 401),
        (LockedClientError, "client.locked", 403),
        (ScopeError, "key.scope", 403),
        (NotAllowedError, "key.scope", 403),
        (RefusedError, "call.refused", 409),
    )

    @app.errorhandler(ProblemError)
    def refused(error: ProblemError) -> Response:
        return respond_problem(desk, error.code, error.status)

    @app.errorhandler(RefusedError)
    def not_done(error: RefusedError) -> Response:
        code, status = next((code, status) for kind, code, status in codes if isinstance(error, kind))
        return respond_problem(desk, code, status)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        status = error.code or 500
        response = respond_problem(desk, CODES.get(status, "request.malformed"), status)
        if isinstance(error, MethodNotAllowed):
            response.allow.update(error.valid_methods or ())  # RFC 9110, 15.5.6
        return response

    @app.errorhandler(SQLAlchemyError)
    def unreachable(error: SQLAlchemyError) -> Response:
        desk.note_failure(error)
        return respond_problem(desk, "error.no_answer", 503)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        desk.note_failure(error)
        return respond_problem(desk, "error.no_answer", 500)


def _version() -> str:
    try:
        return version("holdfast")
    except PackageNotFoundError:
        return "0"
