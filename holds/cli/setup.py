"""`holdfast init`, `holdfast db …`, `holdfast staff …`: making an office."""

from pathlib import Path

import click

from holds.actions.add_staff import add_staff
from holds.actions.deactivate_staff import deactivate_staff
from holds.actions.setting_up import set_up, upgrade_database
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.staff import NOT_GIVEN, Role


@click.command()
@click.option("--organisation", default="Holdfast office", show_default=True, help="Who runs this database.")
@click.option("--administrator", default="admin", show_default=True, help="Login of the first administrator.")
@json_option
@click.pass_obj
def init(office: Office, organisation: str, administrator: str, as_json: bool) -> None:
    """Make database, key ring and first administrator. Works unattended.

    The administrator's credential is shown once. Keep it, and a backup of the key ring on another machine:
    without the ring nobody can be found, and every removal check answers blocked.
    """
    credential = set_up(
        office.settings, office.metadata, organisation=organisation, administrator=administrator
    )
    ring = office.settings.key_ring_path
    emit(
        as_json,
        {
            "database": office.settings.database_shown,
            "key_ring": str(ring),
            "administrator": administrator,
            "credential": credential,
        },
        f"Database   {office.settings.database_shown}\n"
        f"Key ring   {ring}  (copy it to another machine now)\n"
        f"First administrator   {administrator}\n"
        f"Credential            {credential}  (shown only this once)\n\n"
        "Next: holdfast staff add, holdfast import facilities, holdfast incident add, "
        "holdfast import people.",
    )


@click.group("db")
def database() -> None:
    """The database itself."""


@database.command()
@json_option
@click.pass_obj
def upgrade(office: Office, as_json: bool) -> None:
    """Bring the schema to the shipped version, and put back every trigger."""
    revision = upgrade_database(office.settings, office.metadata)
    emit(as_json, {"revision": revision}, f"The database is at revision {revision}.")


@click.group()
def staff() -> None:
    """People who work here."""


@staff.command("add")
@click.argument("new_login", metavar="LOGIN")
@click.option("--name", "display_name", required=True, help="The person's name.")
@click.option(
    "--role",
    type=click.Choice([r.value for r in Role if r not in NOT_GIVEN]),
    required=True,
)
@click.option(
    "--outside-removing-office",
    is_flag=True,
    help="The person works outside the office that removes people; only they may record, verify or end.",
)
@click.option("--office", "place", help="A field officer's office: an AOR (NOL) or a facility (DETLOC).")
@as_options
@json_option
@click.pass_obj
def add(
    office: Office,
    *,
    new_login: str,
    display_name: str,
    role: str,
    outside_removing_office: bool,
    place: str | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Add a member of staff (as an administrator: --as) and show their credential once."""
    acting = office.acting(login, credential_file)
    credential = office.database.run(
        lambda session: add_staff(
            session,
            acting=acting,
            login=new_login,
            display_name=display_name,
            role=Role(role),
            outside_removing_office=outside_removing_office,
            office=place,
        )
    )
    emit(
        as_json,
        {"login": new_login, "role": role, "credential": credential},
        f"{new_login} ({role})\nCredential   {credential}  (shown only this once)",
    )


@staff.command("deactivate")
@click.argument("gone", metavar="LOGIN")
@as_options
@json_option
@click.pass_obj
def deactivate(
    office: Office, *, gone: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Take a member of staff out (as an administrator: --as): nothing of theirs opens anything any more."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: deactivate_staff(session, acting=acting, login=gone))
    emit(as_json, {"login": gone, "active": False}, f"{gone} is out. What they did stays in their name.")
