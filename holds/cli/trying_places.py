"""`holdfast match facilities FILE`: what a list's locations would be matched to, before it is imported."""

from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from holds.actions.clock import database_time
from holds.actions.try_places import TriedPlace, try_places
from holds.cli.context import Office, as_options, emit, json_option
from holds.intake.location_file import read_locations
from holds.matching.facility import Location

SHOWN = 200


@click.command("facilities")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_options
@json_option
@click.pass_obj
def facilities(
    office: Office, *, path: Path, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Try a list of locations against the directory, and import nothing.

    FILE is CSV or a workbook with the columns location, city and state. The answers come in its order.
    """
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        rows = read_locations(path, today=database_time(session).date())
        asked = [
            Location(row.location, row.city or None, row.state or None, row.aor or None, row.zip or None)
            for row in rows
        ]
        tried = try_places(session, office.database.vault, asked, acting=acting)
    _show(tried)
    found = Counter(one.judgement for one in tried)
    text = ", ".join(f"{count:,} {judgement.replace('_', ' ')}" for judgement, count in sorted(found.items()))
    emit(as_json, {"matches": [_payload(one) for one in tried]}, text or "The file has no locations.")


def _payload(one: TriedPlace) -> dict[str, Any]:
    second = dict(zip(("code", "name", "score"), one.runner_up, strict=True)) if one.runner_up else None
    return {
        "location": one.location,
        "code": one.code,
        "name": one.name,
        "judgement": one.judgement,
        "score": one.score,
        "agreed": list(one.agreed),
        "disagreed": list(one.disagreed),
        "runner_up": second,
        "rule": one.rule,
        "mailing": one.mailing,
        "mail_to": one.mail_to,
        "closed_on": one.closed_on,
    }


def _show(tried: list[TriedPlace]) -> None:
    """The table for people, on standard error: what needs a judgement first, then in the file's order."""
    table = Table("Location", "Judgement", "Facility", "Score", "Agrees", "Disagrees", "Or else")
    order = {"needs_judgement": 0, "none": 1}
    for one in sorted(tried, key=lambda one: order.get(one.judgement, 2))[:SHOWN]:
        second = f"{one.runner_up[1]} ({one.runner_up[2]:g})" if one.runner_up else ""
        table.add_row(
            one.location,
            one.judgement.replace("_", " "),
            _facility(one),
            f"{one.score:g}" if one.name else "",
            ", ".join(one.agreed),
            ", ".join(one.disagreed),
            second,
        )
    if len(tried) > SHOWN:
        table.caption = f"{len(tried) - SHOWN:,} more rows are in the answer with --json."
    Console(stderr=True).print(table)


def _facility(one: TriedPlace) -> str:
    if one.name is None:
        return ""
    marks = [f"{one.code or 'no code'}"]
    if one.closed_on:
        marks.append(f"closed {one.closed_on:%Y-%m-%d}")
    if one.mailing is False:
        marks.append(f"no mailing address; mail to {one.mail_to or 'the responsible field office'}")
    return f"{one.name} ({'; '.join(marks)})"
