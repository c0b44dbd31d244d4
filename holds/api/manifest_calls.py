"""The calls on manifests: register one, read it, report its departure."""

from flask import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from holds.actions.idempotent_calls import CallRefusedError, Reply, Request, identified
from holds.actions.manifests import (
    Journey,
    ListedLine,
    ManifestError,
    register_manifest,
    report_departure,
)
from holds.actions.opening import within
from holds.actions.questions import Question
from holds.actions.read_manifest import ManifestLook, read_manifest
from holds.actions.watchers import read_watch
from holds.api.desk import ProblemError, caller, desk, idempotency_key, sent
from holds.api.problems import reasons_of
from holds.api.wire import (
    CarrierLine,
    CarrierManifest,
    DepartureReport,
    LineAnswer,
    ManifestAnswer,
    ManifestRequest,
    dumped,
)
from holds.domain.a_number import read_a_numbers
from holds.domain.client import POINTS, Call, Scope
from holds.domain.country import country_code

MANIFEST_SECONDS = 60
"""Two thousand lines take longer than one question; each statement keeps to the usual time."""
MOST_DOUBTS = 4
"""How many doubtful lines of one manifest count as suspicion."""


def register() -> Response:
    """`POST /manifests`."""
    asked = sent(ManifestRequest)
    journey = _journey(asked)

    def work(session: Session) -> Reply:
        try:
            made = register_manifest(session, desk().database, acting=caller().acting, journey=journey)
        except ManifestError as error:
            raise CallRefusedError(error.code, status=422) from None
        return Reply(
            status=201,
            body=_shown(session, made.reference),
            # Some typing errors are in every long list: they slow a client in the end, and lock none at once.
            reasons=tuple(c for a in made.answers.values() for c in a.reasons if c in POINTS)[:MOST_DOUBTS],
            subject_id=made.id,
        )

    request = Request(
        call=Call.REGISTER_MANIFEST,
        name="register_manifest",
        canonical=asked.model_dump_json(),
        numbers={n for line in journey.lines for n in read_a_numbers(line.question.a_number).numbers},
        who={
            one
            for line in asked.lines
            for number in read_a_numbers(line.a_number).numbers or ("",)
            for one in identified(number, line.name, line.birth_date)
        },
        key=idempotency_key(needed=True),
        still_true=lambda session, kept: kept.status >= 300 or _unchanged(session, kept.answer),
    )
    with within(MANIFEST_SECONDS):
        return desk().call(request, work)


def read(reference: str) -> Response:
    """`GET /manifests/{reference}`."""

    def work(session: Session) -> Reply:
        return Reply(status=200, body=_shown(session, reference))

    request = Request(call=Call.READ_MANIFEST, name="read_manifest", canonical=reference)
    return desk().call(request, work)


def depart_manifest(reference: str) -> Response:
    """`POST /manifests/{reference}/departure`."""
    report = sent(DepartureReport)

    def work(session: Session) -> Reply:
        _look(session, reference)
        try:
            subject = report_departure(
                session,
                acting=caller().acting,
                reference=reference,
                not_aboard=tuple(report.not_aboard),
            )
        except ManifestError:
            raise CallRefusedError("manifest.departed_already") from None
        return Reply(status=201, body=_shown(session, reference), subject_id=subject)

    request = Request(
        call=Call.REGISTER_MANIFEST,
        name="depart_manifest",
        canonical=f"{reference} {report.model_dump_json()}",
        key=idempotency_key(needed=True),
        still_true=lambda session, kept: kept.status >= 300 or _unchanged(session, kept.answer),
    )
    return desk().call(request, work)


def _journey(asked: ManifestRequest) -> Journey:
    destination = country_code(asked.destination)
    countries = {line.country: country_code(line.country) for line in asked.lines if line.country}
    if destination is None or None in countries.values():
        raise ProblemError("country.unknown", 422)
    trip = {"departure_kind": asked.departure_kind.value, "destination": destination, "stage": "manifest"}
    lines = tuple(
        ListedLine(
            line=line.line,
            mark=line.mark,
            question=Question(
                a_number=line.a_number,
                name=line.name,
                birth_date=line.birth_date.isoformat() if line.birth_date else None,
                country=countries.get(line.country) if line.country else None,
                departure_kind=asked.departure_kind,
                journey={**trip, "line": line.line},
            ),
        )
        for line in asked.lines
    )
    return Journey(
        label=asked.label,
        departure_kind=asked.departure_kind,
        destination=destination,
        leaves_at=asked.leaves_at,
        contacts=tuple(asked.contacts),
        carrier=asked.carrier,
        lines=lines,
    )


def _look(session: Session, reference: str) -> ManifestLook:
    found = read_manifest(session, desk().database, acting=caller().acting, reference=reference)
    if found is None:
        raise CallRefusedError("manifest.unknown", status=404)
    return found


def _shown(session: Session, reference: str) -> dict[str, object]:
    look = _look(session, reference)
    answer: BaseModel
    if caller().scope is Scope.CARRIER:
        colours = [
            CarrierLine.model_validate({"line": line.line, "instruction": line.carrier_instruction.value})
            for line in look.lines
        ]
        answer = CarrierManifest(manifest=reference, at=look.at, lines=colours, call=desk().duty_desk)
        return dumped(answer)
    lines = [
        LineAnswer(
            line=line.line,
            mark=line.mark,
            decision=line.facts.decision,
            instruction=line.instruction.value,
            reasons=reasons_of(line.reasons),
        )
        for line in look.lines
    ]
    answer = ManifestAnswer(
        manifest=reference,
        at=look.at,
        red=look.red,
        lines=lines,
        warnings=reasons_of(read_watch(session).warnings),
        call=desk().duty_desk,
    )
    return dumped(answer)


def _unchanged(session: Session, before: dict[str, object]) -> bool:
    """Whether every line still stands as it was answered: a colour of before is never repeated."""
    return _shown(session, str(before["manifest"]))["lines"] == before["lines"]
