"""`holdfast check`: may this person be removed? Every failure is answered, and answered blocked."""

import json
from pathlib import Path

import click

from holds.actions.check_removal import answer_check
from holds.actions.opening import too_late, within
from holds.actions.questions import Question
from holds.cli.context import Office, as_options, credential
from holds.domain.country import country_code
from holds.domain.decision import WHAT_TO_DO, Answer, Decision
from holds.domain.departure import DepartureKind, Stage
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.settings import DUTY_DESK

STATUS = {Decision.NO_ACTIVE_HOLD: 0, Decision.BLOCKED: 3, Decision.NOT_ON_RECORD: 4}


@click.command()
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--name", help="Name as the asker has it; finds near matches under another number.")
@click.option("--dob", help="Birth date; day and month that cannot be told apart are both tried.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in DepartureKind]),
    help="How they would leave; without it, whatever holds them back from any departure blocks.",
)
@click.option("--destination", help="Country the journey goes to: English name or ISO code.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="When it is asked.")
@click.option("--json", "_as_json", is_flag=True, help="The answer is JSON with or without this.")
@as_options
@click.pass_context
def check(
    context: click.Context,
    *,
    a_number: str,
    name: str | None,
    dob: str | None,
    kind: str | None,
    destination: str | None,
    stage: str | None,
    _as_json: bool,
    login: str | None,
    credential_file: Path | None,
) -> None:
    """Check a removal. Answers in JSON on standard output, with what to do now and whom to call.

    Exit status: 0 only for no_active_hold, 3 for blocked, 4 for not_on_record (which is not "cleared", least
    of all with identity.not_compared: ask again with name and birth date).
    Any error is blocked.
    """
    office: Office = context.obj
    try:
        question = _question(a_number, name, dob, kind=kind, destination=destination, stage=stage)
        answer = _answer(office, question, login=login, file=credential_file)
    except Exception as error:
        # A driver's own words may repeat what stands in a row; ours never do.
        failed = f"The record could not be asked ({type(error).__name__})."
        click.echo(str(error) if isinstance(error, RefusedError) else failed, err=True)
        answer = Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",))
    payload = {
        "decision": answer.decision.value,
        "reasons": list(answer.reasons),
        "meaning": [sentence(code) for code in answer.reasons],
        "what_to_do": WHAT_TO_DO[answer.decision],
        "call": _whom_to_call(office),
        "at": answer.at.isoformat() if answer.at else None,
        "reference": answer.reference,
    }
    click.echo(json.dumps(payload, ensure_ascii=False))
    context.exit(STATUS[answer.decision])


def _question(
    a_number: str,
    name: str | None,
    dob: str | None,
    *,
    kind: str | None,
    destination: str | None,
    stage: str | None,
) -> Question:
    """The question as the API would ask it; a destination that is no country is refused: blocked."""
    country = country_code(destination) if destination else None
    if destination and country is None:
        raise RefusedError(sentence("country.unknown"))
    journey = {"departure_kind": kind, "destination": country, "stage": stage}
    return Question(
        a_number=a_number,
        name=name,
        birth_date=dob,
        departure_kind=DepartureKind(kind) if kind else None,
        journey={name: value for name, value in journey.items() if value},
    )


def _whom_to_call(office: Office) -> str:
    """The duty desk of the settings; where these are what is wrong, whoever holds."""
    try:
        return office.settings.duty_desk
    except RefusedError:
        return DUTY_DESK


def _answer(office: Office, question: Question, *, login: str | None, file: Path | None) -> Answer:
    shown = credential(login, file)
    with within(office.settings.answer_seconds):  # one time for all of it, from the first connection on
        office.answer_at_once()
        acting = office.acting_with(login, shown)
        answer = answer_check(office.database, acting=acting, question=question)
        return Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",)) if too_late() else answer
