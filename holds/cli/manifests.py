"""`holdfast manifest …`: check a flight from a file, and see how watched flights stand."""

import datetime as dt
from pathlib import Path

import click

from holds.actions.check_manifest_file import Part, check_manifest_file
from holds.actions.clock import database_time
from holds.actions.credentials import standing_actor
from holds.actions.read_manifest import read_manifest
from holds.actions.watch_manifests import watch_manifests
from holds.actions.watchers import NOBODY, read_watch
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.departure import DepartureKind
from holds.domain.reasons import sentence

BLOCKED, NOT_COMPARED = 3, 4
"""Exit statuses."""


@click.group()
def manifest() -> None:
    """Flights and days of them: every line answered, and watched until departure."""


@manifest.command("check")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--label", required=True, help="Reference of the flight or movement, such as RP-1234.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DepartureKind]), default="removal", show_default=True
)
@click.option("--to", "destination", required=True, help="Country the journey goes to.")
@click.option("--leaves", required=True, help="When it leaves, with the zone: 2026-03-01T08:00-06:00.")
@click.option(
    "--contact",
    "contacts",
    multiple=True,
    required=True,
    help="E-mail or telephone of whom to tell when a line turns red.",
)
@click.option("--map", "mapped", multiple=True, metavar="FIELD=HEADING", help="Take this column for a field.")
@as_options
@json_option
@click.pass_context
def check(
    context: click.Context,
    *,
    path: Path,
    label: str,
    kind: str,
    destination: str,
    leaves: str,
    contacts: tuple[str, ...],
    mapped: tuple[str, ...],
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Check everybody on a manifest (CSV or XLSX) and watch it.

    More than 2,000 lines are registered as several manifests, by a member of staff in their own name (--as).

    Exit status: 0 when every line may proceed, 3 when one is blocked, 4 when none is but somebody was not
    compared (give name and birth date; they do not board until then). Any other status: nobody may travel.
    """
    office: Office = context.obj
    acting = office.acting(login, credential_file)
    leaves_at = _when(leaves)
    overrides = dict(pair.split("=", 1) for pair in mapped if "=" in pair)
    with office.database.reading() as session:
        today = database_time(session).date()
    answer = check_manifest_file(
        office.database,
        acting=acting,
        path=path,
        label=label,
        departure_kind=DepartureKind(kind),
        destination=destination,
        leaves_at=leaves_at,
        contacts=contacts,
        today=today,
        overrides=overrides,
    )
    with office.database.reading() as session:
        watch = read_watch(session)
    lines = [
        {
            "row": line.row,
            "mark": line.mark,
            "decision": line.answer.decision.value,
            "reasons": list(line.answer.reasons),
        }
        for line in answer.lines
    ]
    payload = {
        "manifests": [_part(part) for part in answer.parts],
        "blocked": answer.blocked,
        "not_compared": answer.not_compared,
        "lines": lines,
        "skipped": dict(answer.skipped),
        "watched": watch.alive,
    }
    texts = [
        f"row {line.row:>5}  {line.answer.decision.value}  {' '.join(map(sentence, line.answer.reasons))}"
        for line in answer.lines
    ]
    feet = [_told(part) for part in answer.parts]
    total = f"{len(lines)} lines, {answer.blocked} blocked, {answer.not_compared} not compared."
    feet += [total if watch.alive else f"{total} {sentence(NOBODY)}"]
    emit(as_json, payload, "\n".join([*texts, *feet]))
    context.exit(BLOCKED if answer.blocked else NOT_COMPARED if answer.not_compared else 0)


def _part(part: Part) -> dict[str, object]:
    """One manifest of the file; without a reference where no answer came, so that its rows are blocked."""
    registered = part.registered
    return {
        "manifest": registered.reference if registered else None,
        "at": registered.at if registered else None,
        "first_row": part.first,
        "last_row": part.last,
    }


def _told(part: Part) -> str:
    if part.registered is None:
        return f"Rows {part.first} to {part.last}: no answer came, so they are blocked. Check them anew."
    return f"Manifest {part.registered.reference}: rows {part.first} to {part.last}; registered."


@manifest.command("show")
@click.argument("reference")
@as_options
@json_option
@click.pass_context
def show(
    context: click.Context,
    *,
    reference: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """How the lines of a manifest stand at this moment.

    Exit status: 0 while every line may proceed, 3 while one is red, 4 while none is but somebody was not
    compared.
    """
    office: Office = context.obj
    acting = office.acting(login, credential_file)
    wanted = reference.strip().upper()
    look = office.database.run(
        lambda session: read_manifest(session, office.database, acting=acting, reference=wanted)
    )
    if look is None:
        raise click.ClickException("There is no such manifest of yours.")
    lines = [
        {"line": line.line, "instruction": line.instruction.value, "reasons": list(line.reasons)}
        for line in look.lines
    ]
    text = "\n".join(f"{line.line:>6}  {line.instruction.value}" for line in look.lines)
    emit(as_json, {"manifest": wanted, "at": look.at, "red": look.red, "lines": lines}, text)
    context.exit(BLOCKED if look.red else 0 if look.all_proceed else NOT_COMPARED)


@manifest.command("watch")
@json_option
@click.pass_obj
def watch(office: Office, *, as_json: bool) -> None:
    """Look once at every watched manifest and raise what turned red (the schedule does it by itself)."""
    with office.database.reading() as session:
        system = standing_actor(session, "system")
    raised = office.database.run(lambda session: watch_manifests(session, office.database, acting=system))
    emit(as_json, {"raised": raised}, f"{raised} lines turned red." if raised else "Nothing turned red.")


def _when(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise click.UsageError("--leaves takes a time with its zone, such as 2026-03-01T08:00-06:00.")
    return found
