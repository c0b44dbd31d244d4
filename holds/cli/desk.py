"""`holdfast desk …`: the duty desk's check by telephone, for an officer who has no network."""

from pathlib import Path

import click

from holds.actions.check_by_phone import Asked, Call, check_by_phone, read_back
from holds.actions.idempotent_calls import CallRefusedError
from holds.actions.removal_calls import board
from holds.cli.checking import STATUS
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind, Stage
from holds.domain.reasons import sentence


@click.group()
def desk() -> None:
    """Checks by telephone: ask, call the office back, have it read back. Nothing is cleared before."""


@desk.command("check")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--name", help="Name as spoken.")
@click.option("--dob", help="Birth date as spoken.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), required=True)
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DepartureKind]), default="removal", show_default=True
)
@click.option("--to", "destination", required=True, help="Country code or facility code.")
@click.option("--office", "place", required=True, help="The caller's office: AOR or DETLOC.")
@click.option("--caller", required=True, help="The caller's name.")
@click.option("--badge", required=True, help="The caller's badge number.")
@click.option("--number", "number_given", default="", help="The number they called from; it is not called.")
@as_options
@json_option
@click.pass_context
def check(
    context: click.Context,
    *,
    a_number: str,
    name: str | None,
    dob: str | None,
    stage: str,
    kind: str,
    destination: str,
    place: str,
    caller: str,
    badge: str,
    number_given: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Take a call. Say nothing yet: hang up, call the office back by the number shown, and read the answer.

    Exit status as of `holdfast check`; none of them clears anybody.
    """
    office: Office = context.obj
    acting, database = office.acting(login, credential_file), office.database
    call = Call(office=place, caller=caller, badge=badge, number_given=number_given)
    asked = Asked(
        a_number=a_number,
        name=name,
        birth_date=dob,
        stage=Stage(stage),
        departure_kind=DepartureKind(kind),
        destination=destination,
    )
    found = database.run(lambda s: check_by_phone(s, database, acting=acting, call=call, asked=asked))
    decision = found.answer.decision
    payload = {
        "call": found.reference,
        "decision": decision.value,
        "reasons": list(found.answer.reasons),
        "call_back": list(found.call_back),
        "until": found.until,
        "cleared": False,
    }
    lines = [
        f"Hang up. Call back {' or '.join(found.call_back)}, and nobody else. Then read out:",
        f"  Reference {found.reference}. Answer: {decision.value}. "
        + " ".join(sentence(code) for code in found.answer.reasons),
        "Have the officer repeat the answer, and enter what you hear:",
        f"  holdfast desk read-back {found.reference} --heard …",
        "Until then nobody is cleared.",
    ]
    emit(as_json, payload, "\n".join(lines))
    context.exit(STATUS[decision])


@desk.command("read-back")
@click.argument("reference")
@click.option("--heard", type=click.Choice([decision.value for decision in Decision]), required=True)
@as_options
@json_option
@click.pass_context
def repeated(
    context: click.Context,
    *,
    reference: str,
    heard: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Enter what the officer repeated. At the stage of boarding it clears, for fifteen minutes, once.

    Exit status: 0 where the officer may go on, 3 where nobody boards, 4 where the person is not on record.
    """
    office: Office = context.obj
    acting, database = office.acting(login, credential_file), office.database
    done = database.run(
        lambda s: read_back(s, database, acting=acting, reference=reference, heard=Decision(heard))
    )
    cleared = done.clearance
    payload = {
        "agreed": done.agreed,
        "decision": done.decision.value,
        "clearance": cleared.reference if cleared else None,
        "expires_at": cleared.expires_at if cleared else None,
    }
    if not done.agreed:
        text = "That is not what was found: nobody boards. Take the call anew."
    elif cleared:
        text = f"Cleared until {cleared.expires_at:%H:%M:%S} UTC: {cleared.reference}. Once, for this person."
    else:
        text = f"Read back: {done.decision.value}."
    emit(as_json, payload, text)
    context.exit(STATUS[done.decision if done.agreed else Decision.BLOCKED])


@desk.command("boarded")
@click.argument("clearance")
@as_options
@json_option
@click.pass_obj
def boarded(
    office: Office, *, clearance: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """The officer calls that the person boards now: use the clearance up, or refuse."""
    acting, database = office.acting(login, credential_file), office.database
    wanted = clearance.strip().upper()
    try:
        removal = database.run(lambda s: board(s, database, acting=acting, clearance=wanted))
    except CallRefusedError as error:
        why = " ".join(sentence(code) for code in (error.code, *error.reasons))
        raise click.ClickException(f"Nobody boards. {why}") from None
    payload = {"removal": str(removal.id), "at": removal.boarded_at}
    emit(as_json, payload, f"Boarded at {removal.boarded_at:%H:%M:%S} UTC.")
