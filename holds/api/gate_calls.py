"""The calls on the gate: a check, a clearance, a boarding or departure."""

import uuid

from flask import Response
from sqlalchemy.orm import Session

from holds.actions.check_removal import check_removal, why_closed
from holds.actions.idempotent_calls import Reply, Request, identified
from holds.actions.opening import too_late
from holds.actions.questions import Question
from holds.actions.removal_calls import (
    Refused,
    board,
    boarding_stands,
    check_and_clear,
    clearance_stands,
    depart,
)
from holds.api.desk import ProblemError, caller, desk, idempotency_key, respond, sent
from holds.api.problems import reasons_of
from holds.api.wire import (
    Asked,
    Boarded,
    ClearanceAnswer,
    ClearanceRequest,
    RemovalAnswer,
    RemovalCheck,
    RemovalCheckAnswer,
    RemovalReport,
    dumped,
)
from holds.domain.a_number import read_a_numbers
from holds.domain.client import Call, ScopeError
from holds.domain.country import country_code
from holds.domain.decision import WHAT_TO_DO, Answer, Decision

NO_ANSWER = Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",))


class UnansweredError(Exception):
    """A check that failed, for whatever cause: it is answered blocked."""


def check() -> Response:
    """`POST /removal-checks`. Whatever fails after the key was right is answered, and answered blocked."""
    asked = sent(RemovalCheck)
    question = _question(asked, stage=asked.stage.value)
    database = desk().database

    def work(session: Session) -> Reply:
        try:
            return _check_reply(check_removal(session, database, acting=caller().acting, question=question))
        except Exception as error:
            if _asks_again(error):
                raise
            raise UnansweredError(type(error).__name__) from error

    # A check is a question, not a write: under a repeated key it is asked afresh, never answered from memory.
    request = Request(
        call=Call.CHECK,
        name="check",
        canonical=asked.model_dump_json(),
        numbers=_numbers(asked),
        who=_who(asked),
        key=idempotency_key(needed=False),
        still_true=lambda session, kept: _same(work(session), kept.answer),
        takes_back=False,
    )
    try:
        return desk().call(request, work)
    except ScopeError:
        raise
    except Exception as error:
        desk().note_failure(error.__cause__ or error)
    if not too_late():
        try:  # counted and kept like any other answer, where that much can be written
            return desk().call(request, lambda _session: _check_reply(NO_ANSWER))
        except Exception as error:
            desk().note_failure(error)
    # Each further look at a database that says nothing would cost its own wait.
    closed = () if too_late() else why_closed(database)
    return respond(_check_reply(NO_ANSWER._replace(reasons=(*closed, *NO_ANSWER.reasons))))


def clear() -> Response:
    """`POST /clearances`."""
    asked = sent(ClearanceRequest)
    question = _question(asked, stage="clearance")
    database = desk().database

    def work(session: Session) -> Reply:
        done = check_and_clear(
            session,
            database,
            acting=caller().acting,
            question=question,
            departure_kind=asked.departure_kind,
            destination=str(question.journey["destination"]),
        )
        if isinstance(done, Refused):
            return Reply(status=409, body=desk().problem(done.code, 409, done.reasons), reasons=done.reasons)
        answer = ClearanceAnswer(
            clearance=done.reference,
            issued_at=done.issued_at,
            expires_at=done.expires_at,
            departure_kind=asked.departure_kind,
            destination=str(question.journey["destination"]),
            check=uuid.UUID(done.check),
        )
        return Reply(status=201, body=dumped(answer), subject_id=done.id)

    request = Request(
        call=Call.CLEAR,
        name="clear",
        canonical=asked.model_dump_json(),
        numbers=_numbers(asked),
        who=_who(asked),
        key=idempotency_key(needed=True),
        still_true=lambda session, kept: clearance_stands(session, database, kept),
    )
    return desk().call(request, work)


def remove() -> Response:
    """`POST /removals`: `boarded` uses a clearance up, `departed` confirms."""
    report = sent(RemovalReport).root
    database = desk().database

    def work(session: Session) -> Reply:
        if isinstance(report, Boarded):
            done = board(session, database, acting=caller().acting, clearance=report.clearance)
            answer = RemovalAnswer(event="boarded", removal=done.id, at=done.boarded_at, alarm=None)
        else:
            departed = depart(session, acting=caller().acting, removal=report.removal)
            answer = RemovalAnswer(
                event="departed",
                removal=report.removal,
                at=departed.at,
                alarm="recall" if departed.recall else None,
            )
        return Reply(status=201, body=dumped(answer), subject_id=answer.removal)

    request = Request(
        call=Call.REMOVE,
        name="remove",
        canonical=report.model_dump_json(),
        key=idempotency_key(needed=True),
        still_true=lambda session, kept: not isinstance(report, Boarded) or boarding_stands(session, kept),
    )
    return desk().call(request, work)


def _question(asked: Asked, *, stage: str) -> Question:
    country = country_code(asked.country) if asked.country else None
    destination = country_code(asked.destination)
    if (asked.country and country is None) or destination is None:
        raise ProblemError("country.unknown", 422)
    return Question(
        a_number=asked.a_number,
        name=asked.name,
        birth_date=asked.birth_date.isoformat() if asked.birth_date else None,
        country=country,
        departure_kind=asked.departure_kind,
        journey={
            "departure_kind": asked.departure_kind.value,
            "destination": destination,
            "stage": stage,
        },
    )


def _numbers(asked: Asked) -> tuple[str, ...]:
    return read_a_numbers(asked.a_number).numbers


def _who(asked: Asked) -> tuple[str, ...]:
    return tuple(
        one for number in _numbers(asked) or ("",) for one in identified(number, asked.name, asked.birth_date)
    )


def _check_reply(answer: Answer) -> Reply:
    body = RemovalCheckAnswer(
        decision=answer.decision,
        reasons=reasons_of(answer.reasons),
        what_to_do=WHAT_TO_DO[answer.decision],
        call=desk().duty_desk,
        at=answer.at,
        reference=uuid.UUID(answer.reference) if answer.reference else None,
    )
    return Reply(status=200, body=dumped(body), reasons=answer.reasons)


def _same(now: Reply, before: dict[str, object]) -> bool:
    return all(now.body[name] == before.get(name) for name in ("decision", "reasons"))


def _asks_again(error: Exception) -> bool:
    """Whether the database wants the whole transaction done again (40001, 40P01)."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in {"40001", "40P01"}
