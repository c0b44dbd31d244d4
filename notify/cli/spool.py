"""`holdfast spool …`: what waits to be printed, and one letter of it opened."""

import os
import sys
from pathlib import Path

import click

from holds.cli.context import Office, as_options, emit, json_option
from notify.actions.open_spooled import open_spooled
from notify.actions.transport import spool_in
from notify.domain.delivery import Carriage
from notify.queries.notices import spooled


@click.group()
def spool() -> None:
    """The spool: sealed letters by facility, and messages that did not leave the house."""


@spool.command("list")
@click.option("--limit", type=click.IntRange(min=1), help="At most this many.")
@as_options
@json_option
@click.pass_obj
def show(
    office: Office, *, limit: int | None, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """What lies in the spool. Files are named by references, which name nobody."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        lines = spooled(session, acting=acting, limit=limit)
    rows = [
        {
            "reference": line.reference,
            "carriage": line.carriage,
            "form": line.form,
            "file": line.path,
            "at": line.at.isoformat(),
        }
        for line in lines
    ]
    text = "\n".join(f"{line.reference}  {line.carriage:<6} {line.form:<8} {line.path}" for line in lines)
    emit(as_json, {"spooled": rows}, text or "The spool is empty.")


@spool.command("open")
@click.argument("reference", metavar="REFERENCE")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this new file.")
@click.option("--carriage", type=click.Choice([c.value for c in Carriage if c is not Carriage.IN_PERSON]))
@as_options
@json_option
@click.pass_obj
def show_one(
    office: Office,
    *,
    reference: str,
    out: Path | None,
    carriage: str | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Open what lies under a notice's REFERENCE. The ledger keeps that it was looked at, and by whom."""
    acting, database = office.acting(login, credential_file), office.database
    if out is None and (as_json or sys.stdout.isatty()):
        raise click.UsageError("A letter is a file: name one with --out, or redirect standard output.")
    opened = database.run(
        lambda session: open_spooled(
            session,
            database.vault,
            reference,
            acting=acting,
            spool=spool_in(office.settings.home),
            carriage=carriage,
        )
    )
    if out is None:
        sys.stdout.buffer.write(opened.content)
        return
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}. Nothing was written.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(opened.content)
    emit(
        as_json,
        {"file": str(out), "media_type": opened.media_type, "bytes": len(opened.content)},
        f"{opened.name} is in {out}, in clear: remove it when it has been printed.",
    )
