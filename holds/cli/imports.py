"""`holdfast import …`: record lists, facilities, counsel, custody and contacts; and what is left to mend."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console

from holds.actions.abandon_list import abandon_list
from holds.actions.import_contacts import import_contacts
from holds.actions.import_counsel import import_counsel
from holds.actions.import_custody import import_custody
from holds.actions.import_facilities import import_facilities
from holds.actions.import_report import open_report
from holds.actions.import_run import import_record_list
from holds.actions.list_kind import ImportOutcome, Wish
from holds.actions.opening import Database
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.import_dialogue import watching
from holds.cli.import_summary import summary
from holds.domain.staff import Acting
from holds.intake import contacts_file, counsel_roster, custody_file, facility_list, record_list
from holds.intake.problem import CellProblem
from holds.queries.unfinished_lists import unfinished_lists

KINDS = (contacts_file, counsel_roster, custody_file, facility_list, record_list)
FIELDS = frozenset(field.name for kind in KINDS for field in kind.LAYOUT.fields)
"""Every field a column can be chosen for: no mapping is called by such a name."""


class Importer(Protocol):
    """An import of any kind, as an action offers it."""

    def __call__(
        self,
        database: Database,
        *,
        acting: Acting,
        path: Path,
        wish: Wish,
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
        click.option("--yes", is_flag=True, help="The columns are right: do not ask. For machines."),
        click.option(
            "--map",
            "mapped",
            multiple=True,
            metavar="FIELD=HEADING|NAME",
            help="Take this column (heading or letter) for a field; FIELD= for none. May be repeated. A NAME "
            "alone keeps the columns, once confirmed, for this source, and finds them in its next file.",
        ),
        click.option("--shred", is_flag=True, help="Destroy the file once all of it is on record."),
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

    importer = functools.partial(import_record_list, incident=incident)
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
@click.option(
    "--whole/--changes",
    default=None,
    help="The file names everyone in custody, or changes alone. Without a word the file itself tells.",
)
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
    shred: bool,
    yes: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
    whole: bool | None = None,
) -> None:
    overrides, name = _chosen(mapped)
    if shred and dry_run:
        raise click.UsageError("--dry-run changes nothing, so it shreds nothing: leave out --shred.")
    acting = office.acting(login, credential_file)
    with watching(Console(stderr=True), ask=not (yes or dry_run)) as watch:
        wish = Wish(
            overrides=overrides, map_name=name, dry_run=dry_run, shred=shred, whole=whole, watch=watch
        )
        outcome = importer(office.database, acting=acting, path=path, wish=wish)
    payload = {
        **outcome.counts,
        "reference": outcome.reference,
        "rows_to_mend": outcome.to_mend,
        "skipped": dict(outcome.skipped),
        "dry_run": outcome.dry_run,
        "repeated": outcome.repeated,
        "resumed": outcome.resumed,
        "shredded": outcome.shredded,
        "remarks": [{"code": remark.code, "sentence": remark.sentence} for remark in outcome.remarks],
        "errors": [_told(outcome, sheet, problem) for sheet, problem in outcome.errors],
    }
    emit(as_json, payload, summary(kind, outcome))


def _told(outcome: ImportOutcome, sheet: str, problem: CellProblem) -> dict[str, str | int]:
    """One error with its place. It never repeats what stands in the cell."""
    return {
        "file": outcome.source[0],
        "sheet": sheet,
        "row": problem.row,
        "column": problem.column,
        "letter": problem.letter,
        "code": problem.code,
        "sentence": problem.sentence,
    }


def _chosen(mapped: tuple[str, ...]) -> tuple[dict[str, str], str | None]:
    """The columns chosen by hand, and the name of a mapping: it is kept under it, and used again by it."""
    pairs = [one.partition("=") for one in mapped]
    names = [name for name, sign, _ in pairs if not sign]
    if len(names) > 1 or any(name in FIELDS for name in names) or any(not name for name, _, _ in pairs):
        raise click.UsageError(
            "--map takes FIELD=HEADING, such as --map birth_date=DOB, or one NAME of a saved mapping."
        )
    return (
        {name.strip(): heading.strip() for name, sign, heading in pairs if sign},
        names[0] if names else None,
    )
