"""`holdfast facility show`: a place of the directory under any of its names, with what each list changed."""

import dataclasses
from pathlib import Path

import click

from holds.cli.context import Office, as_options, emit, json_option
from holds.queries.facility_page import FacilityChange, FacilityPage, facility_pages

WHAT = {"address": "at", "aor": "of AOR", "operator": "run by"}


@click.group()
def facility() -> None:
    """The directory of facilities, closed ones too."""


@facility.command("show")
@click.argument("text", metavar="CODE|NAME")
@as_options
@json_option
@click.pass_obj
def show(
    office: Office, *, text: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Show a facility: its names and the lists that gave them, where its mail goes, when it closed."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        pages = facility_pages(session, text, acting=acting)
    if not pages:
        raise click.ClickException(
            "The directory has no facility of this code or name; a spelling is tried with: "
            "holdfast match facilities FILE"
        )
    payload = {"facilities": [dataclasses.asdict(page) for page in pages]}
    emit(as_json, payload, "\n\n".join(_told(page) for page in pages))


def _told(page: FacilityPage) -> str:
    place = ", ".join(part for part in (page.address, page.city, page.state, page.zip) if part)
    lines = [f"{page.name} ({page.code or 'no code'})", place, f"AOR {page.aor or 'unknown'}, {page.kind}"]
    if page.operator:
        lines.append(f"Operator: {page.operator}")
    if page.closed_on:
        lines.append(f"Closed on {page.closed_on:%Y-%m-%d}.")
    if not page.mailing:
        lines.append(f"No mailing address; mail goes to {page.mail_to or 'the responsible field office'}.")
    lines += [
        f"Formerly {WHAT[one.what]} {one.value}, by list {one.list_reference} of {one.said_at:%Y-%m-%d}"
        for one in page.before
    ]
    lines += [f"Called {name} in list {source}" for name, source in page.names.items()]
    return "\n".join([*lines, *(_line(change) for change in page.history)])


def _line(change: FacilityChange) -> str:
    was = "".join(f"; {name} was {value}" for name, value in change.was.items())
    joined = f"; joined by {change.rule} ({', '.join(change.agreed)})" if change.rule else ""
    what = "added" if change.verb == "facility.added" else f"changed {', '.join(change.changed)}"
    return f"{change.at:%Y-%m-%d %H:%M}Z list {change.list_reference or 'unknown'}: {what}{was}{joined}"
