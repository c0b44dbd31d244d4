"""`holdfast import …`: record lists, facilities, counsel, custody and contacts; and what is left to mend."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from holds.actions.abandon_list import abandon_list
from holds.actions.failing_rows import ListRow
from holds.actions.import_contacts import import_contacts
from holds.actions.import_counsel import import_counsel
from holds.actions.import_custody import import_custody
from holds.actions.import_facilities import import_facilities
from holds.actions.import_report import open_report
from holds.actions.import_run import import_record_list
from holds.actions.list_run import ImportOutcome, Watch
from holds.actions.opening import Database
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.import_summary import summary
from holds.domain.staff import Acting
from holds.intake.list_file import ListFile
from holds.queries.unfinished_lists import unfinished_lists


class Importer(Protocol):
    """An import of any kind, as an action offers it."""

    def __call__(
        self,
        database: Database,
        *,
        acting: Acting,
        path: Path,
        overrides: dict[str, str],
        dry_run: bool,
        watch: Watch,
    ) -> ImportOutcome: ...


@click.group("import")
def imports() -> None:
    """Take files in. The columns found are shown first; nothing that fails to be read is lost."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What every import takes: the file, the mapping, `--dry-run`, `--yes`, `--as` and `--json`."""
    for option in (
        click.pass_obj,
        json_option,
        as_options,
        click.option("--yes", is_flag=True, help="Do not ask whether the columns were understood."),
        click.option(
            "--map",
            "mapped",
            multiple=True,
            metavar="FIELD=HEADING",
            help="Take this column (heading or letter) for a field; FIELD= for none. May be repeated.",
        ),
        click.option("--dry-run", is_flag=True, help="Show what would be done, and change nothing."),
        click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        command = option(command)
    return command


@imports.command("people")
@click.option("--incident", required=True, help="Name or reference of the incident (holdfast incident list).")
@_options
def people(office: Office, *, incident: str, **given: Any) -> None:
    """Import a record list: everyone on it is held, in the same transaction."""

    def importer(
        database: Database,
        *,
        acting: Acting,
        path: Path,
        overrides: dict[str, str],
        dry_run: bool,
        watch: Watch,
    ) -> ImportOutcome:
        return import_record_list(
            database,
            acting=acting,
            path=path,
            incident=incident,
            overrides=overrides,
            dry_run=dry_run,
            on_mapping=watch.on_file,
            on_total=watch.on_total,
            on_progress=watch.on_progress,
        )

    _run(office, "people", importer, **given)


@imports.command("facilities")
@_options
def facilities(office: Office, **given: Any) -> None:
    """Import a facility directory: the agency's workbooks as they are, or our own CSV."""
    _run(office, "facilities", import_facilities, **given)


@imports.command("counsel")
@_options
def counsel(office: Office, **given: Any) -> None:
    """Import a roster of counsel: one row for each appearance of an attorney for a client."""
    _run(office, "counsel", import_counsel, **given)


@imports.command("custody")
@_options
def custody(office: Office, **given: Any) -> None:
    """Import a day's custody changes: facility, housing unit, transfers, releases, removals, posture."""
    _run(office, "custody", import_custody, **given)


@imports.command("contacts")
@_options
def contacts(office: Office, **given: Any) -> None:
    """Import ways to reach people: language, address, phone, consent, and who confirmed them as safe."""
    _run(office, "contacts", import_contacts, **given)


@imports.command("report")
@click.argument("reference", metavar="REFERENCE")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The workbook to write."
)
@as_options
@json_option
@click.pass_obj
def report(
    office: Office,
    *,
    reference: str,
    out: Path,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Write the rows of an import that need mending to a workbook, which only you may read."""
    acting = office.acting(login, credential_file)
    written = open_report(office.database, acting=acting, reference=reference, out=out)
    payload = {"reference": reference.upper(), "kind": written.kind, "rows": written.rows, "out": str(out)}
    if written.rows == 0:
        emit(as_json, payload, f"Nothing of this import needs mending; {out} has the headings only.")
        return
    text = f"{written.rows:,} rows are in {out}. Mend the marked cells, then: {written.again}"
    emit(as_json, payload, text)


@imports.command()
@json_option
@click.pass_obj
def unfinished(office: Office, as_json: bool) -> None:
    """List imports that were interrupted. While there is one of people, every check is blocked."""
    acting = office.acting(None)
    with office.database.reading() as session:
        found = unfinished_lists(session, acting=acting)
    rows = [{"reference": line.reference, "kind": line.kind, "started": line.started_at} for line in found]
    text = "\n".join(f"{line.reference}  {line.started_at:%Y-%m-%d %H:%M}Z  {line.kind}" for line in found)
    emit(as_json, {"unfinished": rows}, text or "No import is unfinished.")


@imports.command()
@click.argument("reference", metavar="REFERENCE")
@as_options
@json_option
@click.pass_obj
def abandon(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Give up an unfinished import whose file is lost, once a later import has taken its place."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: abandon_list(session, acting=acting, reference=reference))
    emit(as_json, {"reference": reference.upper(), "abandoned": True}, "Given up; nobody was let go by it.")


def _run(
    office: Office,
    kind: str,
    importer: Importer,
    *,
    path: Path,
    mapped: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    acting = office.acting(login, credential_file)
    console = Console(stderr=True)
    with _watching(console, ask=not (yes or dry_run) and sys.stdin.isatty()) as watch:
        outcome = importer(
            office.database,
            acting=acting,
            path=path,
            overrides=_overrides(mapped),
            dry_run=dry_run,
            watch=watch,
        )
    payload = {
        **outcome.counts,
        "reference": outcome.reference,
        "rows_to_mend": outcome.to_mend,
        "skipped": dict(outcome.skipped),
        "dry_run": outcome.dry_run,
        "repeated": outcome.repeated,
        "remarks": [{"code": remark.code, "sentence": remark.sentence} for remark in outcome.remarks],
    }
    emit(as_json, payload, summary(kind, outcome))


def _overrides(mapped: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in mapped]
    if any(not sign or not name for name, sign, _ in pairs):
        raise click.UsageError("--map takes FIELD=HEADING, such as --map birth_date=DOB.")
    return {name.strip(): heading.strip() for name, _, heading in pairs}


@contextmanager
def _watching(console: Console, *, ask: bool) -> Iterator[Watch]:
    """Show the mapping, ask where somebody is there to answer, then a bar; all on standard error."""
    progress = Progress(
        TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
    task = progress.add_task("rows", total=None)

    def on_file(file: ListFile[ListRow]) -> None:
        mapping = file.mapping
        table = Table(title=f"“{mapping.sheet}”, headings in row {mapping.header_row}", title_justify="left")
        for heading in ("Field", "Column", "Heading"):
            table.add_column(heading)
        for row in mapping.display_rows():
            table.add_row(*row)
        console.print(table)
        if mapping.unmapped:
            console.print(f"Not used: {', '.join(mapping.unmapped)}", markup=False)
        for remark in file.remarks:
            console.print(remark.sentence, markup=False, highlight=False)
        if ask and not click.confirm("Are these the right columns?", default=True, err=True):
            raise click.Abort
        progress.start()

    def on_total(total: int) -> None:
        progress.update(task, total=total)

    try:
        yield Watch(on_file=on_file, on_total=on_total, on_progress=lambda done: progress.advance(task, done))
    finally:
        progress.stop()
