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
from holds.actions.list_kind import Watch
from holds.actions.register_incident import register_incident
from holds.actions.verify_appearance import verify_all_exact
from holds.queries.figures import figures
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.raise_alarms import AlarmWatch
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
            watch=seen,
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
            found = find_batch(session, plan.batch, acting=at_work.manager)
            approve_batch(session, acting=at_work.manager, batch_id=found)
    carried = transport(database, settings, home)
    with console.status("Typesetting and sealing letters …"):
        sent = send_due(database, carried.channels, acting=at_work.operator, sender=carried.sender)
    with database.reading() as session:
        covered = coverage(session, acting=at_work.operator)
    return Told(dict(plan.deliveries), dict(sent), covered.waiting, covered.letters)


def raise_alarms(at_work: DemoOffice, settings: NoticeSettings, home: Path) -> int:
    """What the gate refused goes to counsel and to whoever is on call, by the spool; how many messages."""
    carried = transport(at_work.database, settings, home)
    watch = AlarmWatch(at_work.database, carried.channels, at_work.operator, carried.sender)
    return watch.look().sent.total()


def summary(at_work: DemoOffice, imports: dict[str, dict[str, int]], told: Told) -> Table:
    """What happened, in the words of whoever has to answer for it."""
    with at_work.database.reading() as session:
        found = figures(session, acting=at_work.operator)
    people, incident = imports["people"], found.incidents[0]
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column()

    def heading(text: str) -> None:
        table.add_row("", "")
        table.add_row("", text, style="bold underline")

    def line(count: int, text: str, style: str = "") -> None:
        table.add_row(f"{count:,}", text, style=style)

    heading("Imported")
    line(people["rows"], "rows in the list")
    line(people["imported"], "people on record")
    line(people["without_number"], "people without a usable A-number, on record by name and birth date")
    line(people["duplicates"], "rows that were there twice")
    for code, count in incident.rejected_for.items():
        line(count, f"rejected: {PROBLEMS.get(code, code)}", "yellow")
    for code, count in sorted(incident.to_mend.items(), key=lambda item: -item[1]):
        line(count, f"to mend: {PROBLEMS.get(code, code)}", "yellow")
    heading("Matched")
    for place in found.places:
        line(place.people, PLACES[place.judgement])
    line(imports["counsel"]["verified"], "appearances of counsel, matched and verified")
    heading("Held")
    line(found.people_blocked, f"of {found.people:,} people: no removal goes through", "bold green")
    heading("Planned and sent to the spool")
    for way, count in sorted(told.planned.items()):
        line(count, f"planned: {WAYS.get(way, way)}")
    for state, count in sorted(told.sent.items()):
        line(count, SENT.get(state, state))
    line(len(told.letters), "facilities and posts with letters in spool/letters, sealed")
    heading("Waiting for a human")
    for kind, count in sorted(told.waiting.items(), key=lambda item: -item[1]):
        line(count, WAITING.get(kind, kind.replace("_", " ")), "yellow")
    return table


PROBLEMS = {
    "row.no_identity": "neither number nor name",
    "a_number.missing": "no A-number",
    "a_number.malformed": "no A-number that can be read",
    "a_number.lost_precision": "the spreadsheet dropped digits of the A-number",
    "a_number.several": "several A-numbers in one cell (held under each)",
    "cell.error": "an error value of the spreadsheet",
    "date.ambiguous": "day and month cannot be told apart (both are held)",
    "date.implausible": "an impossible date",
    "date.malformed": "a date that cannot be read",
    "date.missing": "no birth date",
    "name.missing": "no name",
}
PLACES = {
    "exact": "people at a place that matched exactly",
    "confident": "people at a place that matched with confidence",
    "needs_judgement": "people whose place is in doubt: a human judges it",
    "none": "people whose place nobody knows",
    "no_location": "people without a place: out of custody, or none was given",
}
WAYS = {
    "letter.full": "letters to hand over in a facility, or to an address confirmed as safe",
    "letter.neutral": "neutral letters (a code and a number) to addresses nobody confirmed",
    "email.neutral": "neutral e-mails to counsel whose appearance is verified",
    "sms.neutral": "neutral text messages",
}
SENT = {
    "accepted": "sent",
    "failed": "stopped by the check for unsafe words: a human looks at them",
}
WAITING = {
    "oral_interpretation": "speak a language we have no translation for: someone must tell them",
    "no_safe_way": "have no safe way: no confirmed contact, no counsel",
    "facility_unknown": "are at a place nobody has matched yet",
    "facility_takes_no_mail": "are in a hold room, hotel or hospital that takes no mail",
    "confirm_counsel": "have counsel on the list who is not on the roster",
    "verify_appearance": "have an appearance to verify",
    "counsel_doubt": "clients of the roster who are in doubt",
    "person_without_number": "have no usable A-number",
    "citizenship_claimed": "claim to be U.S. citizens: somebody must look at it now",
    "identity_conflict": "share a number with someone of another name or birth date",
    "unsafe_words": "notices with a word that must not leave",
}
