"""`holdfast check`: may this person be removed? Every failure is answered, and answered blocked."""

import json
from pathlib import Path

import click

from holds.actions.check_removal import answer_check
from holds.actions.opening import too_late, within
from holds.actions.questions import Question
from holds.cli.context import Office, as_options, credential
from holds.domain.decision import Answer, Decision
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError

STATUS = {Decision.NO_ACTIVE_HOLD: 0, Decision.BLOCKED: 3, Decision.NOT_ON_RECORD: 4}


@click.command()
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--name", help="Name as the asker has it; finds near matches under another number.")
@click.option("--dob", help="Birth date; day and month that cannot be told apart are both tried.")
@click.option("--json", "_as_json", is_flag=True, help="The answer is JSON with or without this.")
@as_options
@click.pass_context
def check(
    context: click.Context,
    *,
    a_number: str,
    name: str | None,
    dob: str | None,
    _as_json: bool,
    login: str | None,
    credential_file: Path | None,
) -> None:
    """Check a removal. Answers in JSON on standard output.

    Exit status: 0 only for no_active_hold, 3 for blocked, 4 for not_on_record (which is not "cleared", least
    of all with identity.not_compared: ask again with name and birth date).
    Any error is blocked.
    """
    try:
        office: Office = context.obj
        answer = _answer(office, a_number=a_number, name=name, dob=dob, login=login, file=credential_file)
    except Exception as error:
        # A driver's own words may repeat what stands in a row; ours never do.
        failed = f"The record could not be asked ({type(error).__name__})."
        click.echo(str(error) if isinstance(error, RefusedError) else failed, err=True)
        answer = Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",))
    payload = {
        "decision": answer.decision.value,
        "reasons": list(answer.reasons),
        "what_to_do": [sentence(code) for code in answer.reasons],
        "at": answer.at.isoformat() if answer.at else None,
        "reference": answer.reference,
    }
    click.echo(json.dumps(payload, ensure_ascii=False))
    context.exit(STATUS[answer.decision])


def _answer(
    office: Office,
    *,
    a_number: str,
    name: str | None,
    dob: str | None,
    login: str | None,
    file: Path | None,
) -> Answer:
    question = Question(a_number=a_number, name=name, birth_date=dob)
    shown = credential(login, file)
    with within(office.settings.answer_seconds):  # one time for all of it, from the first connection on
        office.answer_at_once()
        acting = office.acting_with(login, shown)
        answer = answer_check(office.database, acting=acting, question=question)
        return Answer(decision=Decision.BLOCKED, reasons=("error.no_answer",)) if too_late() else answer
