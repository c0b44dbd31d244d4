"""`holdfast counsel stay-link`, `reasons-link`, `withdraw-link`: what counsel does themselves."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.actions.appearing_counsel import appearance_of
from holds.actions.counsel_links import issue_stay_link, withdraw_link
from holds.actions.references import hold_of, latest_closing, person_of
from holds.actions.serve_rejection import send_reasons_again
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.counsel_link import LIFE

DAYS = LIFE.days


@click.command("stay-link")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--counsel", "named", help="EOIR ID or bar number, where several counsel appear.")
@as_options
@json_option
@click.pass_obj
def stay_link(
    office: Office,
    *,
    a_number: str,
    named: str | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Send counsel a link by which they place one stay for this client themselves.

    It goes to the e-mail address on their card and nowhere else, counts once and for three days, and takes a
    code that is sent to the same address when they use it.
    """
    acting, vault = office.acting(login, credential_file), office.database.vault

    def work(session: Session) -> str:
        person_id = person_of(session, vault, a_number, acting=acting)
        appearance = appearance_of(session, person_id, named)
        return issue_stay_link(session, vault, acting=acting, appearance=appearance)

    reference = office.database.run(work)
    _say(as_json, reference, "It is sent to counsel's address on record by the next look for alarms.")


@click.command("reasons-link")
@click.argument("reference", metavar="HOLD")
@as_options
@json_option
@click.pass_obj
def reasons_link(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Send counsel another link to the reasons for rejecting the stay that they asked for."""
    acting, vault = office.acting(login, credential_file), office.database.vault

    def work(session: Session) -> str:
        hold_id = hold_of(session, reference, acting=acting)
        closing_id = latest_closing(session, hold_id, acting=acting)
        return send_reasons_again(session, vault, acting=acting, hold_id=hold_id, closing_id=closing_id)

    _say(as_json, office.database.run(work), "It is sent to counsel's address on record.")


@click.command("withdraw-link")
@click.argument("reference", metavar="LINK")
@as_options
@json_option
@click.pass_obj
def withdraw(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Take a link back that was not used yet."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: withdraw_link(session, acting=acting, reference=reference))
    emit(as_json, {"link": reference.upper(), "withdrawn": True}, f"Link {reference.upper()} is withdrawn.")


def _say(as_json: bool, reference: str, sent: str) -> None:
    text = (
        f"Link {reference} counts once, for {DAYS} days. {sent} To take it back: "
        f"holdfast counsel withdraw-link {reference}"
    )
    emit(as_json, {"link": reference, "days": DAYS}, text)
