"""The calls on holds sent to an office: list them, and relay an officer's confirmation."""

import re
from collections.abc import Collection

from flask import Response, request
from sqlalchemy.orm import Session

from holds.actions.acknowledge_hold import Addressed
from holds.actions.addressed_holds import addressed_holds, numbers_listed
from holds.actions.confirmation_codes import confirm_by_system
from holds.actions.idempotent_calls import CallRefusedError, Reply, Request
from holds.api.desk import ProblemError, caller, desk, idempotency_key, sent
from holds.api.wire import (
    REFERENCE,
    AcknowledgementAnswer,
    AcknowledgementRequest,
    TransmissionList,
    TransmittedHold,
    dumped,
)
from holds.domain.client import Call


def list_transmissions() -> Response:
    """`GET /transmissions`. A system that asks for what its officers must read has confirmed nothing."""
    after = request.args.get("after")
    if after is not None and not re.fullmatch(REFERENCE, after):
        raise ProblemError("request.not_as_described", 422)
    database = desk().database

    def work(session: Session) -> Reply:
        if caller().acting.office is None:
            raise CallRefusedError("client.no_office")
        page = addressed_holds(session, database.vault, acting=caller().acting, after=after)
        answer = TransmissionList(
            office=page.office,
            at=page.at,
            transmissions=[_shown(line) for line in page.lines],
            after=page.after,
        )
        return Reply(status=200, body=dumped(answer))

    def shown(session: Session) -> Collection[str]:
        acting = caller().acting
        if acting.office is None:
            return ()
        return numbers_listed(session, database.vault, acting=acting, after=after)

    asked = Request(
        call=Call.LIST_TRANSMISSIONS, name="list_transmissions", canonical=after or "", discloses=shown
    )
    return desk().call(asked, work)


def acknowledge() -> Response:
    """`POST /acknowledgements`."""
    body = sent(AcknowledgementRequest)
    database = desk().database

    def work(session: Session) -> Reply:
        officer, done = confirm_by_system(
            session,
            database.vault,
            client=caller(),
            officer=body.officer,
            code=body.code,
            references=body.references,
            communicated_at=body.communicated_at,
        )
        answer = AcknowledgementAnswer(officer=officer.login, acknowledged=done)
        return Reply(status=201, body=dumped(answer), subject_id=officer.id)

    asked = Request(
        call=Call.ACKNOWLEDGE,
        name="acknowledge",
        canonical=body.model_dump_json(),
        key=idempotency_key(needed=True),
    )
    return desk().call(asked, work)


def _shown(line: Addressed) -> TransmittedHold:
    return TransmittedHold.model_validate(
        {
            "reference": line.reference,
            "hold": line.hold_reference,
            "kind": line.kind,
            "a_numbers": list(line.a_numbers),
            "names": list(line.names),
            "placed_at": line.placed_at,
            "transmitted_at": line.transmitted_at,
            "confirm_by": line.due_at,
            "overdue": line.overdue,
        }
    )
