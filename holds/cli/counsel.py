"""`holdfast counsel …`: appearances, and verifying them."""

import uuid
from pathlib import Path

import click

from holds.actions.look_at_appearances import AppearanceLine, look_at_appearances
from holds.actions.verify_appearance import verify_all_exact, verify_appearances
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.counsel_links import reasons_link, stay_link, withdraw


@click.group()
def counsel() -> None:
    """Counsel's appearances. Until one is verified, nothing is disclosed to that counsel."""


for command in (stay_link, reasons_link, withdraw):
    counsel.add_command(command)


@counsel.command("verify")
@click.argument("appearances", metavar="APPEARANCE_ID...", nargs=-1, type=click.UUID)
@click.option("--all-exact", is_flag=True, help="Every appearance in force whose client is certain.")
@click.option(
    "--same-person",
    is_flag=True,
    help="You compared client and form: it is this person, whatever was in doubt.",
)
@as_options
@json_option
@click.pass_obj
def verify(
    office: Office,
    *,
    appearances: tuple[uuid.UUID, ...],
    all_exact: bool,
    same_person: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Verify appearances, as a caseworker or supervisor (--as)."""
    if all_exact == bool(appearances) or (all_exact and same_person):
        raise click.UsageError("Give the ids of appearances (holdfast counsel list), or --all-exact.")
    acting = office.acting(login, credential_file)
    verified = office.database.run(
        lambda s: (
            verify_all_exact(s, acting=acting)
            if all_exact
            else verify_appearances(s, acting=acting, appearance_ids=appearances, same_person=same_person)
        )
    )
    emit(as_json, {"verified": verified}, f"{verified:,} appearances verified.")


@counsel.command("list")
@click.option("--unverified", is_flag=True, help="Only those in force that nobody verified.")
@click.option("--show", is_flag=True, help="Show names and numbers; each look is in the ledger.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@as_options
@json_option
@click.pass_obj
def show_list(
    office: Office,
    *,
    unverified: bool,
    show: bool,
    limit: int,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Appearances: id, form, scope and client."""
    acting, database = office.acting(login, credential_file), office.database
    total, lines = database.run(
        lambda s: look_at_appearances(
            s, database.vault, acting=acting, unverified=unverified, show=show, limit=limit
        )
    )
    payload = {"total": total, "appearances": [_payload(line) for line in lines]}
    text = "\n".join(map(_text, lines)) or "No appearances."
    if total > len(lines):
        text += f"\n… and {total - len(lines):,} more; see --limit."
    emit(as_json, payload, text)


def _payload(line: AppearanceLine) -> dict[str, object]:
    payload: dict[str, object] = {
        "id": str(line.id),
        "form": line.form,
        "scope": line.scope,
        "filed": line.filed_on,
        "withdrawn": line.withdrawn_on,
        "judgement": line.judgement,
        "verified": line.verified,
        "client": line.client,
    }
    if line.client_name is not None:
        payload |= {"client_name": line.client_name, "counsel_name": line.counsel_name}
    return payload


def _text(line: AppearanceLine) -> str:
    state = "withdrawn" if line.withdrawn_on else "verified" if line.verified else line.judgement
    names = f"  {line.client_name}; counsel {line.counsel_name}" if line.client_name is not None else ""
    return f"{line.id}  {line.form:<8}{line.scope:<17}{state:<16}{line.client}{names}"
