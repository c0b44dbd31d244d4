"""`holdfast ledger …`: sealing and verifying the ledger."""

from pathlib import Path

import click

from holds.actions.seal_ledger import keep_head, seal_ledger
from holds.actions.verify_ledger import verify_ledger
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.refusal import RefusedError
from holds.queries.ledger_entry import ledger_entry


@click.group()
def ledger() -> None:
    """The ledger: every decision, and every look at a person."""


@ledger.command()
@json_option
@click.pass_obj
def seal(office: Office, as_json: bool) -> None:
    """Number what is new, sign the head of the tree, and keep the head outside the database."""
    database = office.database
    head = database.run(lambda s: seal_ledger(s, database.vault))
    if head is None:
        emit(as_json, {"sealed": 0}, "Nothing new to seal.")
        return
    path = keep_head(office.settings.heads, head)
    emit(
        as_json, {"size": head.size, "root": head.root.hex()}, f"{head.size} rows sealed; head kept in {path}"
    )


@ledger.command()
@as_options
@json_option
@click.pass_obj
def verify(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Compare rows, leaves, signed heads and the heads kept outside. Status 0 only when all agree."""
    acting, database = office.acting(login, credential_file), office.database
    with database.reading() as session:
        verdict = verify_ledger(
            session, database.vault.ring, acting=acting, heads_folder=office.settings.heads
        )
    emit(
        as_json,
        {
            "sound": not verdict.faults,
            "rows": verdict.rows,
            "unsealed": verdict.unsealed,
            "heads": verdict.heads,
            "kept_heads": verdict.kept_heads,
            "faults": list(verdict.faults),
        },
        f"{verdict.rows} rows, {verdict.unsealed} not sealed yet, {verdict.heads} signed heads, "
        f"{verdict.kept_heads} kept outside: {'FAULTY' if verdict.faults else 'sound'}",
    )
    if verdict.faults:
        raise RefusedError(" ".join(verdict.faults))


@ledger.command()
@click.argument("reference")
@as_options
@json_option
@click.pass_obj
def show(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """What stands under the REFERENCE of an answer: what was decided, by whom and when. It names nobody."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        entry = ledger_entry(session, reference, acting=acting)
    place = "not sealed yet" if entry.leaf is None else f"leaf {entry.leaf} of the sealed tree"
    codes = "\n".join(f"  {name}: {value}" for name, value in sorted(entry.codes.items()))
    emit(
        as_json,
        {
            "reference": str(entry.reference),
            "at": entry.at.isoformat(),
            "verb": entry.verb,
            "by": entry.actor,
            "codes": entry.codes,
            "commitment": entry.commitment.hex(),
            "leaf": entry.leaf,
        },
        f"{entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.verb}  by {entry.actor}  ({place})\n{codes}".rstrip(),
    )
