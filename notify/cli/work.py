"""`holdfast work`: sending what is due. Any number of them may run, on any number of machines."""

import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

import click

from holds.cli.context import Office, as_options, emit, json_option
from notify.actions.reconcile import reconcile
from notify.actions.send_due import send_due
from notify.actions.transport import transport
from notify.settings import NoticeSettings

PAUSE_SECONDS = 5


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@click.option("--limit", type=click.IntRange(min=1), help="With --once: send at most about this many.")
@as_options
@json_option
@click.pass_obj
def work(
    office: Office,
    *,
    once: bool,
    limit: int | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Send what is due, by the channels that the settings name (the spool, unless they say otherwise)."""
    acting, database = office.acting(login, credential_file), office.database
    carried = transport(database, NoticeSettings.read(), office.settings.home)
    signal.signal(signal.SIGTERM, end)
    total: Counter[str] = Counter()
    while True:
        found = database.run(lambda session: reconcile(session, acting=acting))
        sent = send_due(database, carried.channels, acting=acting, sender=carried.sender, limit=limit)
        total += sent
        if once:
            break
        if sent or found:
            emit(as_json, {"sent": dict(sent), "reconciled": dict(found)}, f"{_told(sent)} {_told(found)}")
        time.sleep(PAUSE_SECONDS)
    emit(as_json, {"sent": dict(total), "reconciled": dict(found)}, _told(total))


def end(_signal: int, _frame: FrameType | None) -> None:
    """A signal handler that ends the process in order."""
    sys.exit(0)


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Nothing was due."
