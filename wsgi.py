"""Where holds and notify meet. Assembles, and decides nothing.

`app` is for a WSGI server, `main` is the `holdfast` command.
"""

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import click
import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from holds.actions.opening import answering, open_database
from holds.api.application import make_api
from holds.api.operations import PREFIX
from holds.cli.alarm_contacts import contact
from holds.cli.api_clients import client
from holds.cli.checking import check
from holds.cli.closings import closing
from holds.cli.context import Office
from holds.cli.counsel import counsel
from holds.cli.database import reconcile
from holds.cli.desk import desk
from holds.cli.facilities import facility
from holds.cli.holding import hold
from holds.cli.imports import imports
from holds.cli.incidents import incident
from holds.cli.judging import match, merge
from holds.cli.key_rings import keys
from holds.cli.ledgers import ledger
from holds.cli.manifests import manifest
from holds.cli.people import person
from holds.cli.places import place
from holds.cli.reviews import review
from holds.cli.serving import serve
from holds.cli.setup import database, init, staff
from holds.cli.stays import stay, violation
from holds.cli.transmissions import transmission
from holds.cli.trying_places import facilities
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.settings import Settings, SettingsError
from holds.store import (
    alarm_contacts,
    api_clients,
    clearance_indexes,
    closings,
    confirmation_codes,
    counsel_links,
    departures,
    exposures,
    gates,
    judgements,
    ledger_rows,
    manifests,
    openings,
    people,
    phone_checks,
    place_judgements,
    places,
    representation,
    reviews,
    stays,
    violations,
)
from holds.store import (
    database as database_tables,
)
from holds.store import staff as staff_tables
from holds.store import transmissions as transmission_tables
from holds.store.base import Base
from holds.store.engine import refusal_code
from holds.web.application import make_application
from holds.web.settings import WebSettings
from notify.actions.transport import sender_of
from notify.cli.demo.command import demo
from notify.cli.notices import notices
from notify.cli.schedule import schedule
from notify.cli.spool import spool
from notify.cli.work import work
from notify.settings import NoticeSettings
from notify.store import alarms, deliveries, stops
from notify.store import notices as notice_tables
from notify.web.panel import notice_panels
from notify.web.verify import beside, make_verify
from notify.webhooks.application import PREFIX as REPORTS
from notify.webhooks.application import Reporters, make_webhooks

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

TABLES = (
    database_tables,
    exposures,
    gates,
    judgements,
    ledger_rows,
    openings,
    people,
    places,
    place_judgements,
    representation,
    reviews,
    closings,
    stays,
    violations,
    clearance_indexes,
    departures,
    api_clients,
    manifests,
    staff_tables,
    transmission_tables,
    alarm_contacts,
    confirmation_codes,
    counsel_links,
    phone_checks,
    alarms,
    deliveries,
    notice_tables,
    stops,
)
"""Modules whose import declares the tables of both packages on the one metadata."""

METADATA = Base.metadata
LOG = structlog.get_logger("holdfast")
MADE_AT_ONCE = 50_000
"""How many more objects there are before unused ones are looked for: as many as a long manifest makes."""


def create_app(settings: Settings | None = None) -> Flask:
    """The pages of both packages over the database of the settings, and the API beside them.

    The API is an application of its own below `/api/v1`: no cookie and no form reaches it, a key must.
    """
    settings = settings or Settings.read()
    opened = open_database(settings, METADATA)
    web = WebSettings.read()
    app = make_application(
        opened,
        web,
        session_key=opened.vault.ring.active("session").secret,
        panels=notice_panels(opened),
    )
    api = make_api(
        answering(opened, settings),
        duty_desk=settings.duty_desk,
        hosts=web.hosts,
        seconds=settings.answer_seconds,
    )
    reporters = _reporters()
    mounted: dict[str, WSGIApplication] = {PREFIX: api}
    if reporters is not None:
        mounted[REPORTS] = make_webhooks(opened, reporters)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, mounted)  # type: ignore[method-assign]
    sender = sender_of(opened)
    if sender is not None:
        address = sender.verify_address
        page = make_verify(
            opened,
            web,
            contact_phone=sender.contact_phone,
            hosts=[*web.hosts, address.partition("/")[0].partition(":")[0]],
        )
        shared = {*web.hosts, sender.pages_address.partition("/")[0].partition(":")[0]}
        if reporters is not None:
            shared.add(urlsplit(reporters.external_url).hostname or "")
        app.wsgi_app = beside(app.wsgi_app, page, address, shared=shared)  # type: ignore[method-assign, assignment]
    return app


def _reporters() -> Reporters | None:
    """Nothing is open to providers until it was said under which address they come."""
    try:
        notices_sent = NoticeSettings.read()
    except SettingsError as error:
        # The gate must not wait for the settings of letters; `holdfast work` says what is wrong with them.
        LOG.warning("reports.not_served", error=str(error))
        return None
    if not notices_sent.webhook_url:
        return None
    return Reporters(
        external_url=notices_sent.webhook_url,
        twilio_account_sid=notices_sent.twilio.account_sid,
        twilio_auth_token=notices_sent.twilio.auth_token,
        sendgrid_keys=notices_sent.event_keys,
    )


def spare_the_collector() -> None:
    """For a process that only answers: what is loaded once need not be looked through again and again, nor
    what an answer makes while it is made. A manifest's took a third of its time in that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_AT_ONCE)


def __getattr__(name: str) -> Flask:
    """`wsgi:app` is made when a server asks for it, not when a command imports this module."""
    if name == "app":
        made = create_app()
        spare_the_collector()
        return made
    raise AttributeError(name)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="holdfast", message="holdfast %(version)s")
def cli() -> None:
    """Hold every removal until a court review is on record, and tell everyone whose data was leaked."""


for command in (
    init,
    database,
    keys,
    staff,
    client,
    incident,
    imports,
    counsel,
    person,
    hold,
    closing,
    stay,
    violation,
    check,
    manifest,
    transmission,
    contact,
    desk,
    match,
    place,
    facility,
    merge,
    review,
    notices,
    work,
    schedule,
    spool,
    ledger,
    demo,
    serve,
):
    cli.add_command(command)


database.add_command(reconcile)
match.add_command(facilities)


def main() -> NoReturn:
    """Run the `holdfast` command: one plain sentence on standard error for whatever is refused."""
    os.umask(0o077)
    office = Office(METADATA)
    try:
        status = cli.main(standalone_mode=False, obj=office, prog_name="holdfast")
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "holdfast"
        _fail(f"{error.format_message()} See: {where} --help", status=error.exit_code)
    except click.ClickException as error:
        _fail(error.format_message())
    except click.Abort:
        _fail("Stopped. What was committed before stays; nothing is half done.")
    except RefusedError as error:
        _fail(str(error))
    except Exception as error:
        if os.environ.get("HOLDFAST_DEBUG"):
            raise
        _fail(_plainly(error))
    finally:
        office.close()
    sys.exit(status if isinstance(status, int) else 0)


def _plainly(error: Exception) -> str:
    """What went wrong, without the error's own words: they may repeat what stands in somebody's row."""
    kind = type(error).__name__
    if isinstance(error, SQLAlchemyError):
        code = refusal_code(error)
        return sentence(code) if code else f"The database did not do it ({kind}); see HOLDFAST_DEBUG."
    if isinstance(error, UnicodeDecodeError):
        return "A file that was named is no text in UTF-8; save it as such, or name another."
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror or kind}. Mend that, then do it again."
    return f"Holdfast failed ({kind}); HOLDFAST_DEBUG=1 shows where. What was committed before stays."


def _fail(text: str, status: int = 1) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(status)
