"""`holdfast notices stop` and `resume`: nothing more leaves, at once, and what waited goes on."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.cli.context import Office, as_options, emit, json_option
from notify.actions.approve_batch import find_batch
from notify.actions.stop_sending import lift_stop, stop_sending
from notify.domain.delivery import Carriage, StopReason


@click.command()
@click.option("--carriage", type=click.Choice([way.value for way in Carriage]), help="Only this way.")
@click.option("--batch", metavar="BATCH", help="Only this batch.")
@click.option("--reason", type=click.Choice([why.value for why in StopReason]), required=True)
@as_options
@json_option
@click.pass_obj
def stop(
    office: Office,
    *,
    carriage: str | None,
    batch: str | None,
    reason: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Let no more notices leave, at once, on every machine. Alarms go on: to stop them, stop `holdfast work`.

    What a provider was already handed is gone. Nothing else is lost: `holdfast notices resume` lets it go.
    """
    if carriage and batch:
        raise click.UsageError("Stop a way or a batch, not both; stop twice for both.")
    acting = office.acting(login, credential_file)

    def work(session: Session) -> str:
        batch_id = find_batch(session, batch, acting=acting) if batch else None
        way = Carriage(carriage) if carriage else None
        return stop_sending(
            session, acting=acting, reason=StopReason(reason), carriage=way, batch_id=batch_id
        )

    reference = office.database.run(work)
    emit(as_json, {"stop": reference}, f"Stopped. To go on: holdfast notices resume {reference}")


@click.command()
@click.argument("reference", metavar="STOP")
@as_options
@json_option
@click.pass_obj
def resume(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Lift a stop: what waited goes with the next `holdfast work`."""
    acting = office.acting(login, credential_file)
    office.database.run(lambda session: lift_stop(session, acting=acting, reference=reference))
    emit(as_json, {"stop": reference, "lifted": True}, "Lifted.")
