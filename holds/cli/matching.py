"""`holdfast match run` and `holdfast match counsel`: what matching finds, before anybody judges."""

import dataclasses
import datetime as dt
from pathlib import Path

import click

from holds.actions.look_for_same_people import look_for_same_people
from holds.actions.try_roster import Tried, try_roster
from holds.cli.context import Office, as_options, emit, json_option


@click.command("run")
@as_options
@json_option
@click.pass_obj
def run(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Look for two records that may be one person's; each pair waits in the queue for two people.

    What was judged does not come back, unless what the records say has changed.
    """
    acting, database = office.acting(login, credential_file), office.database
    looked = database.run(lambda s: look_for_same_people(s, database.vault, acting=acting))
    text = (
        f"{looked.records:,} records compared; {looked.alike:,} pairs look like one person, "
        f"{looked.raised:,} of them new in the queue (holdfast match queue). Both of each stay held."
    )
    emit(as_json, dataclasses.asdict(looked), text)


@click.command("counsel")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="This command imports nothing, with or without it.")
@as_options
@json_option
@click.pass_obj
def counsel(
    office: Office,
    *,
    file: Path,
    dry_run: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Try a roster without importing it: whom each row means, how certainly, and why."""
    del dry_run
    acting, database = office.acting(login, credential_file), office.database
    today = dt.datetime.now(dt.UTC).date()
    tried = database.run(lambda s: try_roster(s, database.vault, acting=acting, path=file, today=today))
    emit(as_json, {"matches": [dataclasses.asdict(one) for one in tried]}, "\n".join(map(_line, tried)))


def _line(one: Tried) -> str:
    if one.person is None:
        return f"row {one.row}: none ({one.rule})"
    parts = [f"row {one.row}: {one.judgement}  {one.person}  score {one.score}  ({one.rule})"]
    parts += [f"agreed: {', '.join(one.agreed)}"] if one.agreed else []
    parts += [f"disagreed: {', '.join(one.disagreed)}"] if one.disagreed else []
    parts += [f"next: {one.runner_up[0]} {one.runner_up[1]}"] if one.runner_up else []
    return "  ".join(parts)
