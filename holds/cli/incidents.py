"""`holdfast incident …`: what was disclosed."""

from pathlib import Path

import click

from holds.actions.register_incident import register_incident
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.times import required_moment
from holds.queries.incidents import incidents as list_incidents

DEFAULT_FIELDS = "name,a_number,birth_date,nationality,detention_location,fear_screening"


@click.group()
def incident() -> None:
    """Disclosures of people's data."""


@incident.command("add")
@click.option("--name", required=True, help="A short name, such as 2022-11-28 website.")
@click.option("--occurred", required=True, help="When it happened: 2022-11-28T14:00 (see --time-zone).")
@click.option("--discovered", help="When it was noticed, if that is known; notices tell it.")
@click.option(
    "--seen-by",
    type=click.Choice(["own_government", "other_government", "public"]),
    help="Who got to see it, if that is known.",
)
@click.option(
    "--time-zone", default="America/New_York", show_default=True, help="Zone of --occurred and --discovered."
)
@click.option("--fields", default=DEFAULT_FIELDS, show_default=True, help="Kinds of data exposed, by comma.")
@as_options
@json_option
@click.pass_obj
def add(
    office: Office,
    *,
    name: str,
    occurred: str,
    discovered: str | None,
    seen_by: str | None,
    time_zone: str,
    fields: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Register a disclosure. A further one (to a government, say) is an incident of its own."""
    occurred_at = required_moment(occurred, time_zone, "--occurred")
    discovered_at = required_moment(discovered, time_zone, "--discovered") if discovered else None
    acting = office.acting(login, credential_file)
    kinds = [kind.strip() for kind in fields.split(",") if kind.strip()]
    reference = office.database.run(
        lambda session: register_incident(
            session,
            acting=acting,
            name=name,
            occurred_at=occurred_at,
            fields=kinds,
            discovered_at=discovered_at,
            seen_by=seen_by,
        )
    )
    emit(as_json, {"id": reference, "name": name, "fields": kinds}, f"Incident {reference}: {name}")


@incident.command("list")
@json_option
@click.pass_obj
def show(office: Office, as_json: bool) -> None:
    """Every incident on record, with how many people it exposed."""
    acting = office.acting(None)
    with office.database.reading() as session:
        found = list_incidents(session, acting=acting)
    rows = [
        {"id": i.reference, "name": i.name, "occurred": i.occurred_at.isoformat(), "people": i.people}
        for i in found
    ]
    text = "\n".join(f"{r['id']}  {r['occurred']}  {r['people']:>6} people  {r['name']}" for r in rows)
    emit(as_json, {"incidents": rows}, text or "No incident yet. Add one with: holdfast incident add --help")
