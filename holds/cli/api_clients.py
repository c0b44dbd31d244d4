"""`holdfast client …`: the systems that may ask, and their keys."""

from pathlib import Path

import click

from holds.actions.api_clients import (
    PER_MINUTE,
    add_client,
    clients,
    revoke_key,
    rotate_key,
    unlock_client,
)
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.client import Scope


@click.group()
def client() -> None:
    """Systems that ask over the API, and their keys."""


@client.command("add")
@click.argument("name")
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), required=True)
@click.option("--daily-numbers", type=click.IntRange(0), help="Distinct A-numbers a day (default by scope).")
@click.option("--office", "place", help="The system's office: an AOR (NOL) or a facility (DETLOC).")
@click.option("--per-minute", type=click.IntRange(1), default=PER_MINUTE, show_default=True)
@as_options
@json_option
@click.pass_obj
def add(
    office: Office,
    *,
    name: str,
    scope: str,
    daily_numbers: int | None,
    place: str | None,
    per_minute: int,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Add a system and show its first key once."""
    acting = office.acting(login, credential_file)
    key = office.database.run(
        lambda session: add_client(
            session,
            acting=acting,
            name=name,
            scope=Scope(scope),
            daily_numbers=daily_numbers,
            per_minute=per_minute,
            office=place,
        )
    )
    _show(name, key, as_json)


@client.command("list")
@as_options
@json_option
@click.pass_obj
def show(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """List the systems, their scopes, budgets and the references of their keys."""
    acting = office.acting(login, credential_file)
    found = office.database.run(lambda session: clients(session, acting=acting))
    rows = [
        {
            "name": one.name,
            "scope": one.scope.value,
            "daily_numbers": one.allowance.daily_numbers,
            "per_minute": one.allowance.per_minute,
            "state": "locked" if one.locked else "active" if one.active else "shut",
            "keys": list(one.keys),
        }
        for one in found
    ]
    lines = [
        f"{row['name']}  {row['scope']}  {row['state']}  {row['daily_numbers']} numbers a day  "
        f"keys {', '.join(one.keys) or 'none'}"
        for row, one in zip(rows, found, strict=True)
    ]
    emit(as_json, {"clients": rows}, "\n".join(lines) or "No system may ask yet: holdfast client add --help")


@client.command("rotate")
@click.argument("name")
@as_options
@json_option
@click.pass_obj
def rotate(
    office: Office, *, name: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Make a second key; the one in use stays live until it is taken back."""
    acting = office.acting(login, credential_file)
    _show(name, office.database.run(lambda s: rotate_key(s, acting=acting, name=name)), as_json)


@client.command("revoke-key")
@click.argument("reference")
@as_options
@json_option
@click.pass_obj
def revoke(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Take a key back by its reference, the ten characters after hf_."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: revoke_key(session, acting=acting, reference=reference))
    emit(as_json, {"revoked": reference.upper()}, f"The key {reference.upper()} opens nothing from here on.")


@client.command("unlock")
@click.argument("name")
@as_options
@json_option
@click.pass_obj
def unlock(
    office: Office, *, name: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Let a system ask again that was locked for probing. Find out first why it did."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: unlock_client(session, acting=acting, name=name))
    emit(as_json, {"unlocked": name}, f"{name} may ask again.")


def _show(name: str, key: str, as_json: bool) -> None:
    payload = {"name": name, "key": key, "reference": key[3:13]}
    emit(as_json, payload, f"{name}\nKey   {key}  (shown only this once)")
