"""`holdfast match …` and `holdfast merge …`: judging who is who, always by two people."""

import dataclasses
from pathlib import Path

import click

from holds.actions.doubt_references import (
    appearance_of,
    client_of,
    doubt_of,
    people_of,
    record_of,
    reference_of,
)
from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.judge_appearance import judge_appearance
from holds.actions.look_at_person import look_at_person
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.matching import counsel, run
from holds.domain.a_number import display
from holds.domain.judgement import DoubtKind, Effect, Verdict
from holds.domain.look import LookReason
from holds.domain.person import PersonFacts
from holds.queries.comparison import Comparison, compare, compare_appearance
from holds.queries.judgement_queue import Waiting, judgement_queue

DONE = {
    Effect.ADD_NUMBER: "The number is one more of this person's; every hold covers it.",
    Effect.LIFT_NEAR_MATCH: "A different person: this number is no longer blocked by this near match.",
    Effect.MERGE: "The two are one record: a hold of either blocks both, and what was cleared is void.",
    Effect.SPLIT: "The two are records of their own again. Both stay held.",
    Effect.NOTHING: "Confirmed. Everything stays as it was.",
}
OF_COUNSEL = {
    Verdict.POSITIVE: "It is this person. Now verify it: holdfast counsel verify {0} --as LOGIN",
    Verdict.NEGATIVE: "It is somebody else. This counsel is told nothing of this person.",
    Verdict.UNSURE: "It stays in doubt, and this counsel is told nothing of this person.",
}
SAID = ("agreed", "disagreed")
"""Words of the evidence that are shown."""
reason_option = click.option("--reason", required=True, help="Why; it is sealed with the record.")


@click.group()
def match() -> None:
    """Who is who, and where: is it the same person, and which facility is it?

    Of two records one judges and a second confirms; of counsel's client one judges, and the appearance is
    verified after that (holdfast counsel verify).
    """


for found in (run, counsel):
    match.add_command(found)


@match.command("queue")
@as_options
@json_option
@click.pass_obj
def queue(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """What waits for a judgement, what is due first."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        waiting = judgement_queue(session, acting=acting)
    lines = [_line(entry) for entry in waiting] or ["Nothing waits for a judgement."]
    emit(as_json, {"waiting": [dataclasses.asdict(entry) for entry in waiting]}, "\n".join(lines))


@match.command("show")
@click.argument("reference")
@as_options
@json_option
@click.pass_obj
def show(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Both sides in clear, and what was judged before. The look is written in the ledger."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    compared: Comparison | None
    with office.database.transaction() as session:
        appearance_id = appearance_of(session, reference, acting=acting)
        if appearance_id is not None:
            compared = compare_appearance(session, vault, appearance_id, acting=acting)
            people = client_of(session, appearance_id)
        else:
            doubt_id = doubt_of(session, reference, acting=acting)
            compared, people = compare(session, vault, doubt_id, acting=acting), people_of(session, doubt_id)
        for person_id in people:
            look_at_person(
                session, acting=acting, person_id=person_id, shown=True, reason=LookReason.IDENTITY
            )
    if compared is None:
        raise click.ClickException("There is nothing to judge under this; see: holdfast match queue")
    sides = {"record": _side(compared.subject), "other": _side(compared.other)}
    lines = [f"{name}: {'; '.join(f'{k} {v}' for k, v in side.items())}" for name, side in sides.items()]
    lines += [f"{word}: {', '.join(compared.evidence[word])}" for word in SAID if compared.evidence.get(word)]
    lines += [
        f"{o.judged_at:%Y-%m-%d %H:%M} {o.judged_by}: {o.verdict} ({o.reason})" for o in compared.opinions
    ]
    opinions = [dataclasses.asdict(opinion) for opinion in compared.opinions]
    emit(as_json, {**sides, "evidence": dict(compared.evidence), "judgements": opinions}, "\n".join(lines))


@match.command("judge")
@click.argument("reference")
@click.option("--verdict", type=click.Choice([v.value for v in Verdict]), required=True)
@reason_option
@as_options
@json_option
@click.pass_obj
def judge_(
    office: Office,
    *,
    reference: str,
    verdict: str,
    reason: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Judge as the first person: positive, negative (a different person) or unsure."""
    acting, database = office.acting(login, credential_file), office.database
    said = Verdict(verdict)
    with database.transaction() as session:
        appearance_id = appearance_of(session, reference, acting=acting)
        if appearance_id is not None:
            judge_appearance(
                session,
                database.vault,
                acting=acting,
                appearance_id=appearance_id,
                verdict=said,
                reason=reason,
            )
    if appearance_id is not None:
        payload = {"reference": reference, "verdict": said.value, "confirmed": True}
        emit(as_json, payload, OF_COUNSEL[said].format(reference))
        return
    with database.transaction() as session:
        doubt_id = doubt_of(session, reference, acting=acting)
        judge(session, database.vault, acting=acting, doubt_id=doubt_id, verdict=said, reason=reason)
        name = reference_of(session, doubt_id)
    _judged(as_json, name, said)


@match.command("confirm")
@click.argument("reference")
@as_options
@json_option
@click.pass_obj
def confirm(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Judge the same as a second person; only then it does something."""
    acting, database = office.acting(login, credential_file), office.database
    effect = database.run(
        lambda s: confirm_judgement(
            s, database.vault, acting=acting, doubt_id=doubt_of(s, reference, acting=acting)
        )
    )
    emit(as_json, {"reference": reference, "effect": effect.value}, DONE[effect])


@click.group()
def merge() -> None:
    """Two records of one person: made one at the gate, or two again. Confirmed by: holdfast match confirm"""


def _about(kind: DoubtKind, verdict: Verdict, words: str) -> click.Command:
    @click.argument("one")
    @click.argument("other")
    @reason_option
    @as_options
    @json_option
    @click.pass_obj
    def command(
        office: Office,
        *,
        one: str,
        other: str,
        reason: str,
        login: str | None,
        credential_file: Path | None,
        as_json: bool,
    ) -> None:
        acting, database = office.acting(login, credential_file), office.database
        with database.transaction() as session:
            doubt_id = raise_doubt(
                session,
                acting=acting,
                kind=kind,
                subject_id=record_of(session, one, acting=acting),
                other_id=record_of(session, other, acting=acting),
            )
            judge(session, database.vault, acting=acting, doubt_id=doubt_id, verdict=verdict, reason=reason)
            name = reference_of(session, doubt_id)
        _judged(as_json, name, verdict)

    command.__doc__ = words
    return click.command()(command)


merge.add_command(
    _about(
        DoubtKind.SAME_PERSON,
        Verdict.POSITIVE,
        "Say that two records, by their references, are one person's. Takes effect when confirmed.",
    ),
    "propose",
)
merge.add_command(
    _about(
        DoubtKind.WRONG_MERGE,
        Verdict.NEGATIVE,
        "Say that a merge was wrong. When confirmed, both are records of their own, and both stay held.",
    ),
    "undo",
)


def _judged(as_json: bool, reference: str, verdict: Verdict) -> None:
    text = f"{reference} is judged {verdict.value}. Everything stays blocked"
    if verdict is not Verdict.UNSURE:
        text += f" until a second person confirms it: holdfast match confirm {reference} --as LOGIN"
    emit(as_json, {"reference": reference, "verdict": verdict.value, "confirmed": False}, f"{text}.")


def _line(entry: Waiting) -> str:
    due = ""
    if entry.due_at is not None:
        due = f"  {'OVERDUE since' if entry.overdue else 'due'} {entry.due_at:%Y-%m-%d %H:%M} UTC"
    said = f"  judged {entry.history[-1].verdict.value}, not confirmed" if entry.history else ""
    said += "  in custody" if entry.detained else ""
    other = f" and {entry.other}" if entry.other else ""
    return f"{entry.reference}  {entry.kind.value}  {entry.subject}{other}{due}{said}"


def _side(facts: PersonFacts | None) -> dict[str, str]:
    if facts is None:
        return {"record": "shredded"}
    return {
        "name": " / ".join(facts.names),
        "A-number": ", ".join(display(number) for number in facts.a_numbers),
        "born": ", ".join(facts.birth_dates),
        **({"nationality": facts.nationality} if facts.nationality else {}),
    }
