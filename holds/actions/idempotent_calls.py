"""One call of a client: admitted, counted, done once, and answered the same when it is repeated."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.api_clients import Client
from holds.actions.client_meter import (
    admit_call,
    keep_meter,
    note_suspicion,
    read_meter,
    spend_numbers,
    spend_shown,
)
from holds.domain.client import OUT_OF_SCOPE_POINTS, SCOPES, Call, Wait, points_of, require_scope
from holds.domain.person_name import name_tokens
from holds.domain.refusal import RefusedError
from holds.store.api_clients import KeptAnswer
from holds.store.base import new_id
from holds.store.engine import RETRIED_STATES, Database, refusal_code
from holds.store.ledger import tell
from holds.store.sealing import fingerprint

KEY = re.compile(r"[A-Za-z0-9._:-]{8,100}")
"""What an Idempotency-Key may be: a UUID, say."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a call is answered: an HTTP status, a JSON body, and the record it made, if any.

    `reasons` are the codes the answer rests on. `wait` is in seconds.
    """

    status: int
    body: dict[str, Any]
    reasons: tuple[str, ...] = ()
    subject_id: uuid.UUID | None = None
    wait: int | None = None
    repeated: bool = False


class CallRefusedError(RefusedError):
    """The call was refused; `code` is for machines. What it would have written was taken back."""

    def __init__(self, code: str, status: int = 409, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.reasons = reasons


@dataclass(frozen=True, kw_only=True)
class Request:
    """A call as it came. `canonical` is the body in one spelling; `numbers` are nine digits each, `who` the
    same with name and birth date (`identified`).

    `still_true` says of a kept answer whether it may be given again: nothing that clears is ever repeated
    after something changed. `takes_back`: what was written before a refusal is taken back; a look writes
    nothing before it could be refused. `discloses`: the numbers that the answer would show unasked; they cost
    as much as asking for them.
    """

    call: Call
    name: str
    canonical: str
    numbers: Collection[str] = ()
    who: Collection[str] = ()
    key: str | None = None
    still_true: Callable[[Session, KeptAnswer], bool] = lambda _session, _kept: True
    takes_back: bool = True
    discloses: Callable[[Session], Collection[str]] = lambda _session: ()


Problem = Callable[[str, int, tuple[str, ...]], dict[str, Any]]
"""(code, status, reasons) -> the body of a refusal."""


def answer_call(
    database: Database,
    client: Client,
    request: Request,
    *,
    work: Callable[[Session], Reply],
    problem: Problem,
) -> Reply:
    """Do one call in one transaction with its ledger rows, its counting and its kept answer.

    A refusal inside takes back what the call wrote, and is itself counted, told to the ledger and kept.
    Failures of the database are raised: the edge answers them blocked.
    """
    if request.call not in SCOPES[client.scope]:
        note_out_of_scope(database, client, request)
    require_scope(client.scope, request.call)
    if request.key is not None and not KEY.fullmatch(request.key):
        return _refusal(problem, "idempotency.key_malformed", 400)
    digest = fingerprint(database.vault.ring, f"call\x1f{request.name}\x1f{request.canonical}")

    def once(session: Session) -> Reply:
        counted = admit_call(client, read_meter(session, client))
        if isinstance(counted, Wait):
            return _waiting(problem, counted)
        if request.key is not None:
            kept = session.get(KeptAnswer, (client.acting.id, request.key))
            if kept is not None:
                keep_meter(session, client, counted)
                return _again(session, kept, request, digest, problem)
        spent = spend_numbers(
            session, database.vault, client, counted, numbers=request.numbers, who=request.who
        )
        if not isinstance(spent, Wait):
            spent = spend_shown(session, database.vault, client, spent, request.discloses(session))
        if isinstance(spent, Wait):
            return _waiting(problem, spent)
        reply = _inside(session, client, request, work, problem)
        keep_meter(session, client, note_suspicion(session, client, points_of(reply.reasons), spent))
        if request.key is not None:
            session.execute(insert(KeptAnswer), [_row(client, request, request.key, digest, reply)])
        return reply

    return database.run(once)


def identified(number: str, name: str | None, birth_date: dt.date | None) -> tuple[str, ...]:
    """Who is asked for under a number, as the budget counts it; nothing where only a number was given."""
    said = (" ".join(sorted(name_tokens(name))) if name else "", birth_date.isoformat() if birth_date else "")
    return ("\x1f".join((number, *said)),) if any(said) else ()


def note_out_of_scope(database: Database, client: Client, request: Request) -> None:
    """A key at a door that is not its own: told, and suspect, in a transaction of its own."""

    def work(session: Session) -> None:
        codes = {"call": request.name, "code": "key.scope"}
        tell(session, client.acting, "call.refused", new_id(), codes=codes)
        counted = read_meter(session, client)
        keep_meter(session, client, note_suspicion(session, client, OUT_OF_SCOPE_POINTS, counted))

    database.run(work)


def _inside(
    session: Session, client: Client, request: Request, work: Callable[[Session], Reply], problem: Problem
) -> Reply:
    try:
        with session.begin_nested() if request.takes_back else nullcontext():
            return work(session)
    except CallRefusedError as error:
        reply = _refusal(problem, error.code, error.status, error.reasons)
    except RefusedError:
        reply = _refusal(problem, "call.refused", 409)
    except DBAPIError as error:
        code = refusal_code(error)
        if code is None or not request.takes_back or getattr(error.orig, "sqlstate", None) in RETRIED_STATES:
            raise
        reply = _refusal(problem, code, 409)
    codes = {"call": request.name, "code": reply.body.get("code"), "reasons": list(reply.reasons)}
    tell(session, client.acting, "call.refused", new_id(), codes=codes)
    return reply


def _again(session: Session, kept: KeptAnswer, request: Request, digest: bytes, problem: Problem) -> Reply:
    if kept.body_digest != digest or kept.call != request.name:
        return _refusal(problem, "idempotency.another_body", 422)
    if not request.still_true(session, kept):
        return _refusal(problem, "idempotency.outdated", 409)
    return Reply(status=kept.status, body=kept.answer, subject_id=kept.subject_id, repeated=True)


def _row(client: Client, request: Request, key: str, digest: bytes, reply: Reply) -> dict[str, Any]:
    return {
        "client_id": client.acting.id,
        "key": key,
        "call": request.name,
        "body_digest": digest,
        "status": reply.status,
        "answer": reply.body,
        "subject_id": reply.subject_id,
    }


def _refusal(problem: Problem, code: str, status: int, reasons: tuple[str, ...] = ()) -> Reply:
    return Reply(status=status, body=problem(code, status, reasons), reasons=reasons)


def _waiting(problem: Problem, wait: Wait) -> Reply:
    return Reply(status=429, body=problem(wait.code, 429, ()), wait=wait.seconds)
