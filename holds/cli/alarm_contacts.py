"""`holdfast contact …`: the mailboxes and telephones that alarms reach, and who is on call."""

from pathlib import Path

import click

from holds.actions.alarm_contacts import add_alarm_contact, alarm_contacts, end_alarm_contact
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.alarm_contact import Duty


@click.group()
def contact() -> None:
    """Whom alarms reach: offices, facilities, and who of our staff is on call."""


@contact.command("add")
@click.argument("value", metavar="E-MAIL|TELEPHONE")
@click.option("--duty", type=click.Choice([duty.value for duty in Duty]), required=True)
@click.option("--office", "place", help="The field office's AOR (NOL), or the facility's DETLOC.")
@click.option("--login", "whose", help="Who is on call, with --duty on_call.")
@click.option("--rank", type=click.IntRange(1), default=1, show_default=True, help="1 is called first.")
@as_options
@json_option
@click.pass_obj
def add(
    office: Office,
    *,
    value: str,
    duty: str,
    place: str | None,
    whose: str | None,
    rank: int,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Record where an alarm goes. A telephone is called and texted at once."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    reference = office.database.run(
        lambda session: add_alarm_contact(
            session,
            vault,
            acting=acting,
            duty=Duty(duty),
            value=value,
            office=place,
            login=whose,
            rank=rank,
        )
    )
    emit(as_json, {"contact": reference}, f"Contact {reference} is in force.")


@contact.command("end")
@click.argument("reference")
@as_options
@json_option
@click.pass_obj
def end(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Send no more alarms there."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: end_alarm_contact(session, acting=acting, reference=reference))
    emit(as_json, {"ended": reference}, f"No alarm goes to {reference} any more.")


@contact.command("list")
@as_options
@json_option
@click.pass_obj
def show(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Every contact in force: on call first, then by office."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        found = alarm_contacts(session, office.database.vault, acting=acting)
    rows = [
        {
            "contact": one.reference,
            "duty": one.duty.value,
            "whose": one.whose,
            "way": one.way.value,
            "rank": one.rank,
            "value": one.value,
        }
        for one in found
    ]
    text = "\n".join("  ".join(str(value) for value in row.values()) for row in rows)
    emit(as_json, {"contacts": rows}, text or "No contact is on record: alarms would be tasks only.")
