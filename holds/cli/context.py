"""What every `holdfast` command shares: settings, the open database, who acts, and how to answer."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import MetaData

from holds.actions.credentials import WrongCredentialError, sign_in, standing_actor
from holds.actions.failed_sign_ins import note_failed_sign_in
from holds.actions.opening import Database, open_database, within
from holds.domain.staff import Acting
from holds.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


class Office:
    """The object behind `@click.pass_obj`. Opens the database only when a command asks for it."""

    def __init__(self, metadata: MetaData) -> None:
        self.metadata = metadata

    @cached_property
    def settings(self) -> Settings:
        """The environment's settings; `SettingsError` names a wrong one."""
        return Settings.read()

    @cached_property
    def database(self) -> Database:
        """The database with its vault; `KeyRingError` when there is no ring, with what to do."""
        return open_database(self.settings, self.metadata)

    def answer_at_once(self) -> None:
        """Open the database for a question at the gate: every wait is a matter of seconds."""
        self.__dict__["database"] = open_database(
            self.settings, self.metadata, patience=self.settings.answer_seconds
        )

    def acting(self, login: str | None, credential_file: Path | None = None) -> Acting:
        """The named member of staff with their credential; without a name, the host's operator."""
        shown = credential(login, credential_file)
        with within(self.settings.answer_seconds):
            return self.acting_with(login, shown)

    def acting_with(self, login: str | None, shown: str) -> Acting:
        """The same with a credential that was asked for before, within whatever time the caller gives."""
        if login is None:
            with self.database.reading() as session:
                return standing_actor(session, "operator")
        try:
            with self.database.reading() as session:
                return sign_in(session, login=login, credential=shown)
        except WrongCredentialError:
            self.database.run(lambda session: note_failed_sign_in(session, where="command_line"))
            raise

    def close(self) -> None:
        """Give every connection back, where there are any."""
        if (database := self.__dict__.pop("database", None)) is not None:
            database.engine.dispose()


def credential(login: str | None, credential_file: Path | None) -> str:
    """What the member of staff shows for themselves: a file, the environment, or typed; the operator nothing.

    Whoever is asked may take their time: no time that a database is given begins before.
    """
    if login is None:
        return ""
    if credential_file is not None:
        try:
            return credential_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(
                "--credential-file cannot be read as text; name the file that holds the credential alone."
            ) from None
    if "HOLDFAST_CREDENTIAL" in os.environ:
        return os.environ["HOLDFAST_CREDENTIAL"]
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"--as {login} needs that person's credential: "
            "--credential-file FILE, HOLDFAST_CREDENTIAL, or a terminal."
        )
    return str(click.prompt(f"Credential of {login}", hide_input=True, err=True))


def emit(as_json: bool, payload: Mapping[str, Any], text: str) -> None:
    """Answer on standard output: JSON for machines, else plain text."""
    click.echo(json.dumps(payload, ensure_ascii=False, default=str) if as_json else text)


def json_option(command: F) -> F:
    """`--json`: the answer for machines."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON on standard output.")(command)


def as_options(command: F) -> F:
    """`--as LOGIN` with `--credential-file FILE`: act as a member of staff."""
    command = click.option(
        "--credential-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="File with the credential of --as (or set HOLDFAST_CREDENTIAL).",
    )(command)
    return click.option("--as", "login", help="Act as this member of staff, not as the host's operator.")(
        command
    )
