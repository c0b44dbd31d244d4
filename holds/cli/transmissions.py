"""`holdfast transmission …`: holds on their way to the offices that have the people."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.actions.acknowledge_hold import acknowledge_holds, read_inbox
from holds.actions.climb_ladder import climb_ladder
from holds.actions.confirmation_codes import new_confirmation_code
from holds.actions.transmit_hold import transmit_holds
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.times import moment
from holds.queries.transmissions import transmission_figures, waiting_offices


@click.group()
def transmission() -> None:
    """Holds on their way: sent, acknowledged, overdue."""


@transmission.command()
@as_options
@json_option
@click.pass_obj
def send(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Send every hold its office does not have yet, and climb the ladder for overdue ones.

    The schedule does this by itself; by hand it does no harm.
    """
    acting, limits = office.acting(login, credential_file), office.settings.limits
    sent = ended = 0
    while True:
        found = office.database.run(
            lambda s: transmit_holds(s, office.database.vault, acting=acting, limits=limits)
        )
        sent, ended = sent + found.sent, ended + found.ended
        if not found.more:
            break
    climbed = office.database.run(lambda s: climb_ladder(s, acting=acting))
    emit(
        as_json,
        {"sent": sent, "ended": ended, "nobody": found.nobody, "climbed": climbed},
        f"Sent {sent}; taken over by another office {ended}; people without an office {found.nobody}; "
        f"alarms climbed {climbed}.",
    )


@transmission.command("list")
@as_options
@json_option
@click.pass_obj
def show(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Which offices have not acknowledged how many holds."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        figures = transmission_figures(session, acting.organisation_id)
        offices = waiting_offices(session, acting=acting)
    rows = [
        {
            "kind": one.kind,
            "office": one.office,
            "waiting": one.waiting,
            "overdue": one.overdue,
            "oldest_due": one.oldest_due_at.isoformat(),
        }
        for one in offices
    ]
    head = (
        f"Acknowledged {figures.acknowledged}, waiting {figures.waiting}, overdue {figures.overdue}, "
        f"sent to nobody yet {figures.untransmitted}."
    )
    lines = [f"{r['office']:<12} {r['waiting']:>6} waiting {r['overdue']:>6} overdue" for r in rows]
    payload = {
        "acknowledged": figures.acknowledged,
        "waiting": figures.waiting,
        "overdue": figures.overdue,
        "untransmitted": figures.untransmitted,
        "offices": rows,
    }
    emit(as_json, payload, "\n".join([head, *lines]))


@transmission.command()
@as_options
@json_option
@click.pass_obj
def inbox(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Field officers: the holds that wait for your office. Reading them confirms nothing."""
    acting = office.acting(login, credential_file)
    database = office.database

    def read(session: Session) -> tuple[int, list[dict[str, str]]]:
        found = read_inbox(session, database.vault, acting=acting)
        return found.waiting, [
            {
                "id": line.reference,
                "a_numbers": " ".join(line.a_numbers),
                "names": "; ".join(line.names),
                "basis": line.basis,
                "due": line.due_at.isoformat(),
                "overdue": "overdue" if line.overdue else "",
            }
            for line in found.lines
        ]

    waiting, lines = database.run(read)
    text = "\n".join("  ".join(line.values()).rstrip() for line in lines)
    emit(as_json, {"waiting": waiting, "holds": lines}, f"{waiting} waiting.\n{text}".rstrip())


@transmission.command()
@as_options
@json_option
@click.pass_obj
def code(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Field officers: a one-time code with which your office's own system may confirm in your name."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    made = office.database.run(lambda session: new_confirmation_code(session, vault, acting=acting))
    emit(as_json, {"code": made}, f"{made}  (counts once, for ten minutes; tell it to nobody)")


@transmission.command()
@click.argument("references", metavar="REFERENCE...", nargs=-1, required=True)
@click.option("--communicated", help="When it reached the office, if that was earlier: 2026-01-31T14:05.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def acknowledge(
    office: Office,
    *,
    references: tuple[str, ...],
    communicated: str | None,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Field officers: confirm that these holds reached your office, by name (--as)."""
    reached = moment(communicated, time_zone, "--communicated")
    acting = office.acting(login, credential_file)
    done = office.database.run(
        lambda s: acknowledge_holds(s, acting=acting, references=references, communicated_at=reached)
    )
    emit(as_json, {"acknowledged": done}, f"Confirmed {done} of {len(references)} (the others were before).")
