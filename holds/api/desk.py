"""What every call of the API shares: whose key it is, what was sent, and how it is answered."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from flask import Response, current_app, g, json, request
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from holds.actions.api_clients import Client
from holds.actions.idempotent_calls import Reply, Request, answer_call
from holds.actions.opening import Database, too_late
from holds.api.problems import MEDIA_TYPE, problem_body
from holds.domain.client import Scope

FRAMES = 6
Model = TypeVar("Model", bound=BaseModel)


class ProblemError(Exception):
    """Answer this problem; nothing was done."""

    def __init__(self, code: str, status: int) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True)
class Desk:
    """The database behind the API, and whom to call."""

    database: Database
    duty_desk: str

    def problem(self, code: str, status: int, reasons: tuple[str, ...] = ()) -> dict[str, Any]:
        """A refusal for whoever calls."""
        client = g.get("client")
        carrier = isinstance(client, Client) and client.scope is Scope.CARRIER
        return problem_body(code, status, reasons, desk=self.duty_desk, carrier=carrier)

    def note_failure(self, error: BaseException) -> None:
        """Type and place for the log, never the message: it could repeat what was sent, and name a person."""
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        current_app.logger.error("A call failed: %s at %s", type(error).__name__, places)

    def call(self, asked: Request, work: Callable[[Session], Reply]) -> Response:
        """Do a call for the client of this request. An answer that comes late is none: what was recorded
        is told under the same Idempotency-Key."""
        reply = answer_call(self.database, caller(), asked, work=work, problem=self.problem)
        if too_late():
            raise ProblemError("error.no_answer", 503)
        return respond(reply)


def desk() -> Desk:
    """The desk of this application."""
    found = current_app.extensions["holdfast.desk"]
    assert isinstance(found, Desk)  # noqa: S101 - narrows what Flask keeps as Any
    return found


def caller() -> Client:
    """Whose key came with this request; set before any view runs."""
    found = g.client
    assert isinstance(found, Client)  # noqa: S101 - as above
    return found


def idempotency_key(*, needed: bool) -> str | None:
    """The key of a repeated call, or `ProblemError` where a write has none."""
    key = request.headers.get("Idempotency-Key")
    if key is None and needed:
        raise ProblemError("idempotency.key_missing", 400)
    return key


def sent(model: type[Model]) -> Model:
    """The body as the model says, or `ProblemError`. What was sent is never repeated in the answer."""
    if request.mimetype != "application/json":
        raise ProblemError("request.not_json", 415)
    body = request.get_data()
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        malformed = any(one["type"] == "json_invalid" for one in error.errors(include_input=False))
    except ValueError:
        malformed = True
    raise (
        ProblemError("request.malformed", 400) if malformed else ProblemError("request.not_as_described", 422)
    )


def respond(reply: Reply) -> Response:
    """A reply as HTTP."""
    media_type = MEDIA_TYPE if reply.status >= 400 else "application/json"
    response = Response(json.dumps(reply.body), status=reply.status, mimetype=media_type)
    if reply.wait is not None:
        response.headers["Retry-After"] = str(reply.wait)
    if reply.repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def respond_problem(found: Desk, code: str, status: int) -> Response:
    """A problem without a call behind it."""
    response = respond(Reply(status=status, body=found.problem(code, status)))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
