"""`holdfast demo`: the main job on a synthetic list, in a database made for it."""

import datetime as dt
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding

from holds.actions.clock import database_time
from holds.cli.context import Office, emit, json_option
from notify.cli.demo.files import write_demo_files
from notify.cli.demo.fresh_home import start_afresh
from notify.cli.demo.gate_scene import Cast, play
from notify.cli.demo.main_job import Told, import_everything, plan_and_send, raise_alarms, summary
from notify.cli.demo.office import DemoOffice, open_office
from notify.cli.demo.subject import choose_subject
from notify.settings import NoticeSettings

TONES = {"bad": "bold red", "good": "bold green", "plain": ""}


@click.command()
@click.option(
    "--people", default=6252, show_default=True, type=click.IntRange(min=100), help="Rows of the list."
)
@click.option("--seed", default=20221128, show_default=True, help="The same seed makes the same list.")
@click.option("--no-serve", is_flag=True, help="End before the page is served.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@json_option
@click.pass_context
def demo(context: click.Context, *, people: int, seed: int, no_serve: bool, port: int, as_json: bool) -> None:
    """Watch the main job: list, holds, notices, the gate, a hold release by court review; then the page.

    Starts afresh each time, in a database of its own under HOLDFAST_HOME that is marked as a demonstration
    for good: it knows no real A-number and sends nothing out of the house.
    """
    office: Office = context.obj
    console = Console(stderr=as_json, highlight=False)
    start_afresh(office.settings)
    console.rule("[bold]1  A synthetic record list")
    folder = office.settings.home / "demo"
    files = write_demo_files(folder, people=people, seed=seed, today=dt.datetime.now(dt.UTC).date())
    console.print(f"{files.expected.rows:,} rows in {files.record_list}")
    at_work = open_office(office.settings, office.metadata, folder)

    console.rule("[bold]2  The facility directory, then the list")
    imports = import_everything(at_work, files, Console(stderr=True))
    console.rule("[bold]3  Who must be told, and how")
    told = plan_and_send(at_work, NoticeSettings.read(), office.settings.home, Console(stderr=True))
    console.print(summary(at_work, imports, told))

    console.rule("[bold]4  The gate")
    scene: list[dict[str, str]] = []

    def say(tone: str, line: str) -> None:
        scene.append({"tone": tone, "line": line})
        console.print(Padding(line, (0, 0, 0, 2)), style=TONES[tone])

    cast = Cast(caseworker=at_work.caseworker, supervisor=at_work.supervisor, officer=at_work.officer)
    subject = choose_subject(at_work, files)
    play(at_work.database, subject, cast, say)
    raised = raise_alarms(at_work, NoticeSettings.read(), office.settings.home)
    say("plain", f"Alarms of what the gate refused left for counsel and whoever is on call: {raised}.")
    at_work.seal(office.settings.heads)
    _credentials(console, at_work, folder)
    if as_json:
        emit(True, _payload(at_work, imports, told, scene), "")
    at_work.database.engine.dispose()
    if not (no_serve or as_json):
        console.rule("[bold]5  The page")
        root = context.find_root().command
        serve = root.get_command(context, "serve") if isinstance(root, click.Group) else None
        if serve is not None:
            context.invoke(serve, host="127.0.0.1", port=port, workers=1, as_json=False)


def _credentials(console: Console, at_work: DemoOffice, folder: Path) -> None:
    console.print(f"\nSign in (also in {folder / 'credentials.txt'}):")
    for login, credential in at_work.credentials.items():
        console.print(f"  {login:<8} {credential}   {at_work.roles[login]}")


def _payload(
    at_work: DemoOffice, imports: dict[str, dict[str, int]], told: Told, scene: list[dict[str, str]]
) -> dict[str, Any]:
    with at_work.database.reading() as session:
        now = database_time(session)
    return {
        "imports": imports,
        "planned": told.planned,
        "sent": told.sent,
        "waiting": told.waiting,
        "gate": scene,
        "demo_clock": now.isoformat(),
    }
