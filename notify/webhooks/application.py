"""Where providers report: an application of its own, without cookies or forms, open to nobody else.

Whoever signs right is answered 204 when what they told is recorded; whoever does not, 403. Where the database
does not answer they get 503 and send it again: nothing is taken on trust, and nothing is lost.
"""

import uuid
from dataclasses import dataclass, field

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from holds.actions.clock import database_time
from holds.actions.opening import Database
from notify.actions.take_reports import take_reports
from notify.domain.report import Report
from notify.webhooks import sendgrid_reports, twilio_reports

PREFIX = "/webhooks"
LARGEST_BODY = 4 * 1024 * 1024
RETRY_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Reporters:
    """Whom to believe. `external_url` is where providers see us, without `PREFIX` and a slash at its end;
    `sendgrid_keys` are public keys, several while one is changed for another."""

    external_url: str
    twilio_account_sid: str = ""
    twilio_auth_token: str = field(default="", repr=False)
    sendgrid_keys: tuple[str, ...] = ()


def make_webhooks(database: Database, reporters: Reporters) -> Flask:
    """The application, to be mounted at `PREFIX`. A provider without a key here is not answered at all."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY)

    @app.post("/twilio/<uuid:attempt_id>")
    def twilio(attempt_id: uuid.UUID) -> Response:
        if not reporters.twilio_auth_token:
            raise NotFound
        signature = request.headers.get(twilio_reports.SIGNATURE, "")
        if not twilio_reports.is_twilios(
            reporters.twilio_auth_token,
            reporters.twilio_account_sid,
            _as_sent(reporters.external_url),
            request.form,
            signature,
        ):
            raise Forbidden
        report = twilio_reports.read_callback(attempt_id, request.form)
        return _taken(database, [report] if report else [])

    @app.post("/sendgrid")
    def sendgrid() -> Response:
        if not reporters.sendgrid_keys:
            raise NotFound
        body = request.get_data()
        signature = request.headers.get(sendgrid_reports.SIGNATURE, "")
        timestamp = request.headers.get(sendgrid_reports.TIMESTAMP, "")
        if not sendgrid_reports.is_sendgrids(reporters.sendgrid_keys, body, signature, timestamp):
            raise Forbidden
        with database.reading() as session:
            now = database_time(session)
        if not sendgrid_reports.is_of_now(timestamp, now):
            raise Forbidden
        try:
            reports = list(sendgrid_reports.read_events(body))
        except sendgrid_reports.UnreadableEventsError:
            raise BadRequest from None
        return _taken(database, reports)

    @app.errorhandler(SQLAlchemyError)
    def unreachable(error: SQLAlchemyError) -> Response:
        # Its kind alone: the statement's values could name somebody.
        app.logger.error("reports were not recorded: %s", type(error).__name__)
        return Response(status=503, headers={"Retry-After": str(RETRY_SECONDS)})

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
        return response

    return app


def _taken(database: Database, reports: list[Report]) -> Response:
    take_reports(database, reports)
    return Response(status=204)


def _as_sent(external_url: str) -> str:
    """The address that the provider called; what our proxies made of host and scheme does not matter."""
    query = request.query_string.decode("latin-1")
    return f"{external_url}{PREFIX}{request.path}" + (f"?{query}" if query else "")
