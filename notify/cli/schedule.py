"""`holdfast schedule`: planning, sending, reconciling and sealing by the clock."""

import signal

import click

from holds.cli.context import Office, emit, json_option
from notify.actions.transport import transport
from notify.cli.work import end
from notify.schedule import office_jobs, run_schedule
from notify.settings import NoticeSettings


@click.command()
@click.option("--show", is_flag=True, help="Only say what would run, and how often.")
@json_option
@click.pass_obj
def schedule(office: Office, *, show: bool, as_json: bool) -> None:
    """Run the schedule until it is stopped. Several may run; one works, the others stand by."""
    database, settings = office.database, NoticeSettings.read()
    carried = transport(database, settings, office.settings.home)
    jobs = office_jobs(database, carried, office.settings.heads, office.settings.limits)
    emit(
        as_json,
        {"jobs": {job.name: job.every for job in jobs}},
        "\n".join(f"{job.name:<10} every {job.every:g} s" for job in jobs),
    )
    if not show:
        signal.signal(signal.SIGTERM, end)
        run_schedule(database, carried, office.settings.heads, office.settings.limits)
