"""`holdfast work`: sending what is due. Any number of them may run, on any number of machines."""

import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

import click

from holds.actions.watchers import Watch, read_watch
from holds.cli.context import Office, as_options, emit, json_option
from notify.actions.alarm_loop import AlarmLoop
from notify.actions.raise_alarms import AlarmWatch
from notify.actions.reconcile import reconcile
from notify.actions.send_due import send_due
from notify.actions.transport import transport
from notify.settings import NoticeSettings

PAUSE_SECONDS = 5
NOBODY_WATCHES = 3
"""Exit status."""


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@click.option(
    "--check", is_flag=True, help="Only say whether anybody watches: exit status 0, or 3 if nobody."
)
@click.option("--limit", type=click.IntRange(min=1), help="With --once: send at most about this many.")
@as_options
@json_option
@click.pass_context
def work(
    context: click.Context,
    *,
    once: bool,
    check: bool,
    limit: int | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Send what is due, by the channels that the settings name (the spool, unless they say otherwise).

    Alarms are looked for every second, beside everything else; they wait for no approval.
    """
    office: Office = context.obj
    if check:
        with office.database.reading() as session:
            watch = read_watch(session)
        answer = {"watching": watch.alive, "looked_at": watch.looked_at, "minutes": watch.minutes}
        emit(as_json, answer, "Somebody watches." if watch.alive else _nobody(watch))
        context.exit(0 if watch.alive else NOBODY_WATCHES)
    acting, database = office.acting(login, credential_file), office.database
    carried = transport(database, NoticeSettings.read(), office.settings.home)
    signal.signal(signal.SIGTERM, end)
    alarms_of = AlarmWatch(database, carried.channels, acting, carried.sender)

    def turn() -> tuple[Counter[str], Counter[str]]:
        settled = database.run(lambda session: reconcile(session, acting=acting))
        return settled, send_due(
            database, carried.channels, acting=acting, sender=carried.sender, limit=limit
        )

    if once:
        alarms = alarms_of.look().sent
        found, sent = turn()
        emit(
            as_json,
            {"sent": dict(sent), "reconciled": dict(found), "alarms": dict(alarms)},
            _told(sent + alarms),
        )
        return
    with AlarmLoop(alarms_of):
        while True:
            found, sent = turn()
            if sent or found:
                payload = {"sent": dict(sent), "reconciled": dict(found)}
                emit(as_json, payload, f"{_told(sent)} {_told(found)}")
            time.sleep(PAUSE_SECONDS)


def end(_signal: int, _frame: FrameType | None) -> None:
    """A signal handler that ends the process in order."""
    sys.exit(0)


def _nobody(watch: Watch) -> str:
    since = "ever" if watch.minutes is None else f"for {watch.minutes} minutes"
    return f"Nobody has watched {since}: a hold on somebody aboard would be told to nobody."


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Nothing was due."
