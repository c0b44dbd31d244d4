"""`holdfast stay …`, `holdfast violation …`: provisional stays, batches, and removals in spite of a hold."""

import dataclasses
import mimetypes
from pathlib import Path

import click

from holds.actions.appearing_counsel import appearance_of
from holds.actions.batch_holds import BatchOutcome, batch_holds
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.actions.raise_due_tasks import raise_due_tasks
from holds.actions.references import hold_of, person_of
from holds.actions.report_violation import Report, report_violation
from holds.actions.verify_hold import verify_hold
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.times import moment, required_moment
from holds.domain.hold import CITING_BASES, RULES, STAY_BASES, Basis
from holds.domain.violation import SOURCES

UNKNOWN = 3
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def stay() -> None:
    """Provisional stays: one person places them and they block at once; rejecting takes two."""


@stay.command("place")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--basis", type=click.Choice(sorted(b.value for b in STAY_BASES)), required=True)
@click.option("--order", type=FILE, help="The order (PDF or image).")
@click.option(
    "--rule", type=click.Choice(sorted(RULES)), help="The rule that stays removal without an order."
)
@click.option("--counsel", help="EOIR ID or bar number of the counsel who asks for it: they are served.")
@click.option("--court", default="")
@click.option("--docket", default="")
@click.option("--issued", help="When the order was issued.")
@click.option("--expires", help="When the order expires: raises a task then, and ends nothing.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def place(
    office: Office,
    /,
    *,
    a_number: str,
    basis: str,
    order: Path | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
    **said: object,
) -> None:
    """Place a provisional stay on an order or a rule. It blocks at commit, alone."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    zone = str(said["time_zone"])
    form = StayForm(
        basis=Basis(basis),
        document=order.read_bytes() if order else b"",
        media_type=_media_type(order),
        rule=str(said["rule"]) if said["rule"] else None,
        court=str(said["court"]),
        docket_number=str(said["docket"]),
        issued_at=moment(str(said["issued"]) if said["issued"] else None, zone, "--issued"),
        expires_at=moment(str(said["expires"]) if said["expires"] else None, zone, "--expires"),
    )
    with office.database.transaction() as session:
        person_id = person_of(session, vault, a_number, acting=acting, anyones=True)
        if said["counsel"]:
            appearance = appearance_of(session, person_id, str(said["counsel"]))
            # The hold is put where counsel appears: the gates of records that were merged are one.
            person_id = appearance.person_id
            form = dataclasses.replace(form, appearance_id=appearance.id)
        reference = place_provisional_stay(session, vault, acting=acting, person_id=person_id, form=form)
    emit(as_json, {"hold": reference, "provisional": True}, f"Hold {reference} is active, provisionally.")


def _media_type(document: Path | None) -> str:
    guessed = mimetypes.guess_type(document.name)[0] if document else None
    return guessed or "application/octet-stream"


@stay.command("verify")
@click.argument("reference", metavar="HOLD")
@as_options
@json_option
@click.pass_obj
def verify(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Say, as a second person, that a hold agrees with the order or rule it cites."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda s: verify_hold(s, acting=acting, hold_id=hold_of(s, reference, acting=acting)))
    emit(as_json, {"hold": reference, "verified": True}, f"Hold {reference} is verified.")


@stay.command("batch")
@click.argument("lines", type=FILE, metavar="FILE")
@click.option("--basis", type=click.Choice(sorted(b.value for b in CITING_BASES)), required=True)
@click.option("--cites", default="", help="The order, where it is not given as a file.")
@click.option("--order", type=FILE, help="The order itself; it is kept with every person.")
@click.option("--expires", help="When the order expires: raises a task then, and ends nothing.")
@click.option("--preview", is_flag=True, help="Show whom each line means; place nothing.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def batch(
    office: Office,
    *,
    lines: Path,
    basis: str,
    cites: str,
    order: Path | None,
    expires: str | None,
    preview: bool,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Hold everyone a court order covers: FILE has an A-number, reference or docket number a line.

    Exit status 3 where a line means nobody on record: what the court ordered is not done for it yet.
    """
    acting, vault = office.acting(login, credential_file), office.database.vault
    form = None
    if order is not None:
        form = StayForm(
            basis=Basis(basis),
            document=order.read_bytes(),
            media_type=_media_type(order),
            docket_number=cites,
            expires_at=moment(expires, time_zone, "--expires"),
        )
    with office.database.transaction() as session:
        outcome = batch_holds(
            session,
            vault,
            acting=acting,
            lines=lines.read_text().splitlines(),
            basis=Basis(basis),
            cites=cites,
            stay=form,
            preview=preview,
        )
    payload = {
        "preview": preview,
        "holds": list(outcome.holds),
        "standing": list(outcome.standing),
        "lines": [dataclasses.asdict(line) for line in outcome.lines],
        "unknown": [line.text for line in outcome.unknown],
        "several": [line.text for line in outcome.several],
    }
    emit(as_json, payload, _batch_text(outcome, preview=preview))
    click.get_current_context().exit(UNKNOWN if outcome.unknown else 0)


def _batch_text(outcome: BatchOutcome, *, preview: bool) -> str:
    if preview:
        people = {reference for line in outcome.lines for reference in line.people}
        head = f"{len(people)} people would be held; nothing is placed yet."
    else:
        head = f"{len(outcome.holds)} holds are active."
    if outcome.standing:
        head += f" {len(outcome.standing)} people are held by this very order already."
    parts = [head]
    if preview:
        parts += [f"{line.number:>6}  {line.text}  {', '.join(line.people) or '-'}" for line in outcome.lines]
    if outcome.several:
        parts.append(f"{len(outcome.several)} lines mean several people; all are held until it is judged:")
        parts += [f"{line.number:>6}  {line.text}  {', '.join(line.people)}" for line in outcome.several]
    if outcome.unknown:
        parts.append(f"{len(outcome.unknown)} lines mean nobody on record, look at them now:")
        parts += [
            f"{line.number:>6}  {line.text}" + (f"  near {', '.join(line.near)}" if line.near else "")
            for line in outcome.unknown
        ]
    return "\n".join(parts)


@click.group()
def violation() -> None:
    """Removals in spite of a hold."""


@violation.command("report")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--source", type=click.Choice(SOURCES), required=True, help="Who told it.")
@click.option("--account", required=True, help="What was told; sealed with the person's data.")
@click.option("--reported", required=True, help="When it was told.")
@click.option("--removed", help="When the person was removed, where it is known.")
@click.option("--destination", default="")
@click.option("--document", type=FILE)
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def report(
    office: Office,
    *,
    a_number: str,
    source: str,
    account: str,
    reported: str,
    removed: str | None,
    destination: str,
    document: Path | None,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Record a removal in spite of a hold: the evidence is frozen, and return assistance begins."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    told = Report(
        source=source,
        account=account,
        reported_at=required_moment(reported, time_zone, "--reported"),
        removed_at=moment(removed, time_zone, "--removed"),
        destination=destination,
        document=document.read_bytes() if document else b"",
        media_type=_media_type(document),
    )
    with office.database.transaction() as session:
        person_id = person_of(session, vault, a_number, acting=acting)
        reference = report_violation(session, vault, acting=acting, person_id=person_id, report=told)
    emit(
        as_json,
        {"violation": reference},
        f"Violation {reference} is on record. The evidence is frozen; call counsel and the court now.",
    )


@stay.command("due")
@as_options
@json_option
@click.pass_obj
def due(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Raise the tasks that time raises: expired stays, promise windows at day 30. Ends nothing."""
    acting = office.acting(login, credential_file)
    raised = office.database.run(lambda s: raise_due_tasks(s, acting=acting))
    emit(as_json, {"raised": raised}, f"{raised} tasks were raised.")
