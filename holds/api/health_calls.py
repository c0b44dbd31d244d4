"""The call on the office itself: does anybody watch?"""

from flask import Response
from sqlalchemy.orm import Session

from holds.actions.idempotent_calls import Reply, Request
from holds.actions.watchers import read_watch
from holds.api.desk import desk
from holds.api.problems import reasons_of
from holds.api.wire import HealthAnswer, dumped
from holds.domain.client import Call


def health() -> Response:
    """`GET /health`. It tells of no person, and of no manifest."""

    def work(session: Session) -> Reply:
        watch = read_watch(session)
        answer = HealthAnswer(
            at=watch.at,
            watching=watch.alive,
            looked_at=watch.looked_at,
            warnings=reasons_of(watch.warnings),
            call=desk().duty_desk,
        )
        return Reply(status=200, body=dumped(answer))

    return desk().call(Request(call=Call.SEE_HEALTH, name="health", canonical=""), work)
