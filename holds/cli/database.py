"""`holdfast db reconcile`: opening a database that was restored, copied or failed over."""

from pathlib import Path

import click

from holds.actions.open_again import open_again
from holds.actions.reconcile_database import Found, propose_reconciliation, reconcile_database
from holds.cli.context import Office, as_options, emit, json_option

SHOWN = 50


@click.command()
@click.option("--open", "opening", is_flag=True, help="As the second supervisor: place lost holds, and open.")
@click.option(
    "--people-are-back",
    is_flag=True,
    help="The lists of people, numbers and names that were lost are imported again.",
)
@as_options
@json_option
@click.pass_obj
def reconcile(
    office: Office,
    *,
    opening: bool,
    people_are_back: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Compare the database with the ledger rows that left the host, and open it again.

    Takes two supervisors (--as): the first compares; the second sees the same, adds --open, and every hold
    that was lost is placed again. Until then every check is blocked.
    """
    acting, database, folder = office.acting(login, credential_file), office.database, office.settings.heads
    if not opening:
        found = database.run(lambda s: propose_reconciliation(s, acting=acting, folder=folder))
        emit(as_json, _payload(found, opened=False), _text(found) + "\nStill closed. A second supervisor "
             "opens it with: holdfast db reconcile --open --as LOGIN")  # fmt: skip
        return
    found = database.run(
        lambda s: reconcile_database(
            s, database.vault, acting=acting, folder=folder, people_are_back=people_are_back
        )
    )
    with database.reading() as session:
        open_again(session, folder=folder)
    emit(as_json, _payload(found, opened=True), _text(found) + "\nOpen. Every lost hold was placed again.")


def _payload(found: Found, *, opened: bool) -> dict[str, object]:
    return {
        "opened": opened,
        "rows_outside": found.outside,
        "lost_rows": len(found.lost.rows),
        "damaged_lines": found.lost.damaged,
        "lost_holds": [
            {"person": person, "verb": verb, "ledger_row": str(row)} for person, verb, row in found.lost_holds
        ],
        "people_not_on_record": [str(person) for person in found.people],
        "people_with_lost_numbers": list(found.renamed),
        "keys_revoked_again": list(found.lost.shut.keys),
        "keys_to_make_again": list(found.lost.shut.keys_made),
        "clients_locked_again": len(found.lost.shut.clients),
        "staff_taken_out_again": list(found.staff),
    }


def _shut(found: Found) -> list[str]:
    """What else was lost, each where there is any."""
    shut, lines = found.lost.shut, []
    if found.renamed:
        lines.append(f"People whose later numbers or names are lost: {', '.join(found.renamed[:SHOWN])}")
    if shut.keys:
        lines.append(f"Keys that had been revoked, and are again: {', '.join(shut.keys)}")
    if shut.clients:
        lines.append(f"Clients that had been locked, and are again: {len(shut.clients)}")
    if found.staff:
        lines.append(f"Staff who had been taken out, and are again: {', '.join(found.staff)}")
    if shut.keys_made:
        lines.append(f"Keys that open nothing any more; make others: {', '.join(shut.keys_made)}")
    return lines


def _text(found: Found) -> str:
    lines = [
        f"Rows outside {found.outside}; lost here {len(found.lost.rows)}; damaged {found.lost.damaged}.",
        f"Holds lost: {len(found.lost_holds)}",
        *(f"  person {person}  {verb}  ledger row {row}" for person, verb, row in found.lost_holds[:SHOWN]),
        f"People not on record any more: {len(found.people)}",
        *(f"  {person}" for person in found.people[:SHOWN]),
        *_shut(found),
    ]
    more = max(len(found.lost_holds), len(found.people), len(found.renamed)) > SHOWN
    return "\n".join([*lines, "  … all of them with --json"] if more else lines)
