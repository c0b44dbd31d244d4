"""The demo's first scenes: import, match, hold, plan, approve, send; and a summary a person understands."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from holds.actions.import_contacts import import_contacts
from holds.actions.import_counsel import import_counsel
from holds.actions.import_custody import import_custody
from holds.actions.import_facilities import import_facilities
from holds.actions.import_run import import_record_list
from holds.actions.list_run import Watch
from holds.actions.register_incident import register_incident
from holds.actions.verify_appearance import verify_all_exact
from holds.queries.figures import figures
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.send_due import send_due
from notify.actions.transport import transport
from notify.cli.demo.files import DemoFiles
from notify.cli.demo.office import DemoOffice
from notify.queries.coverage import coverage
from notify.settings import NoticeSettings

INCIDENT = "2022-11-28 website"
OCCURRED = dt.datetime(2022, 11, 28, 14, 45, tzinfo=dt.UTC)
FIELDS = ("name", "a_number", "birth_date", "nationality", "detention_location", "fear_screening")


@dataclass(frozen=True)
class Told:
    """What was planned by way, sent by state, and what waits for a human by kind."""

    planned: dict[str, int]
    sent: dict[str, int]
    waiting: dict[str, int]
    letters: dict[str, int]


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def import_everything(at_work: DemoOffice, files: DemoFiles, console: Console) -> dict[str, dict[str, int]]:
    """Import all five files by the host's operator; counts by kind. Appearances are verified by a person."""
    database, operator = at_work.database, at_work.operator
    with database.transaction() as session:
        register_incident(session, acting=operator, name=INCIDENT, occurred_at=OCCURRED, fields=FIELDS)
    counts: dict[str, dict[str, int]] = {}
    with _bar(console) as bar:

        def watch(name: str) -> Watch:
            task = bar.add_task(name, total=None)
            return Watch(
                on_total=lambda total: bar.update(task, total=total),
                on_progress=lambda done: bar.advance(task, done),
            )

        seen = watch("facilities")
        outcome = import_facilities(database, acting=operator, path=files.facilities, watch=seen)
        counts["facilities"] = dict(outcome.counts)
        seen = watch("record list")
        outcome = import_record_list(
            database,
            acting=operator,
            path=files.record_list,
            incident=INCIDENT,
            on_total=seen.on_total,
            on_progress=seen.on_progress,
        )
        counts["people"] = dict(outcome.counts)
        for name, importer, path in (
            ("counsel", import_counsel, files.counsel_roster),
            ("contacts", import_contacts, files.contacts),
            ("custody", import_custody, files.custody),
        ):
            outcome = importer(database, acting=operator, path=path, watch=watch(name))
            counts[name] = dict(outcome.counts)
    with database.transaction() as session:
        counts["counsel"]["verified"] = verify_all_exact(session, acting=at_work.supervisor)
    return counts


def plan_and_send(at_work: DemoOffice, settings: NoticeSettings, home: Path, console: Console) -> Told:
    """Plan, have the notice manager approve, and send everything due to the spool."""
    database = at_work.database
    plan = plan_everything(database, acting=at_work.operator, wording_of=wording_of)
    if plan.batch is not None:
        with database.transaction() as session:
            approve_batch(session, acting=at_work.manager, batch_id=find_batch(session, plan.batch))
    carried = transport(database, settings, home)
    with console.status("Typesetting and sealing letters …"):
        sent = send_due(database, carried.channels, acting=at_work.operator, sender=carried.sender)
    with database.reading() as session:
        covered = coverage(session, acting=at_work.operator)
    return Told(dict(plan.deliveries), dict(sent), covered.waiting, covered.letters)


def summary(at_work: DemoOffice, imports: dict[str, dict[str, int]], told: Told) -> Table:
    """What happened, in the words of whoever has to answer for it."""
    with at_work.database.reading() as session:
        found = figures(session, acting=at_work.operator)
    people = imports["people"]
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column(justify="right", style="bold")
    table.add_column()

    def line(count: int, text: str, style: str = "") -> None:
        table.add_row(f"{count:,}", text, style=style)

    line(people["rows"], "rows in the list")
    line(people["imported"], "people put on record")
    line(people["without_number"], "people without a usable A-number, on record by name and birth date")
    line(people["duplicates"], "rows that were there twice")
    line(people["rejected"], "rows rejected: neither number nor name", "yellow")
    table.add_section()
    line(found.people_blocked, f"of {found.people:,} people held", "bold green")
    for place in found.places:
        line(place.people, f"people's place is {PLACES.get(place.judgement, place.judgement)}")
    line(imports["counsel"]["verified"], "appearances of counsel matched and verified")
    table.add_section()
    for way, count in sorted(told.planned.items()):
        line(count, f"planned: {way.replace('.', ', ').replace('_', ' ')}")
    for state, count in sorted(told.sent.items()):
        line(count, f"sent to the spool: {state}")
    line(len(told.letters), "facilities and posts with letters in var/spool/letters")
    table.add_section()
    for kind, count in sorted(told.waiting.items(), key=lambda item: -item[1]):
        line(count, f"wait for a human: {kind.replace('_', ' ')}", "yellow")
    return table


PLACES = {
    "exact": "matched exactly",
    "confident": "matched with confidence",
    "needs_judgement": "in doubt, for a human to judge",
    "none": "not known",
}
