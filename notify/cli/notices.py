"""`holdfast notices …`: planning, approving, looking, and recording service from a slip."""

import dataclasses
from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.actions.references import person_of
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.times import required_moment
from holds.domain.service import ActOfService
from notify.actions.approve_batch import approve_batch, find_batch
from notify.actions.correct_notice import correct_notice
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.preview_notice import Preview, preview_notice
from notify.actions.serve_notice import serve_notice
from notify.actions.stop_sending import what_is_stopped
from notify.cli.stopping import resume, stop
from notify.content.particulars import Mistake
from notify.domain.kinds import READER, NoticeKind, Reader
from notify.domain.plan import Planned
from notify.queries.coverage import coverage
from notify.queries.notices import batches


@click.group()
def notices() -> None:
    """Notices: who must be told what, and whether they were."""


notices.add_command(stop)
notices.add_command(resume)


@notices.command()
@as_options
@json_option
@click.pass_obj
def plan(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Plan everything that is due. Nothing leaves before the batch is approved."""
    acting = office.acting(login, credential_file)
    summary = plan_everything(office.database, acting=acting, wording_of=wording_of)
    payload = {
        "batch": summary.batch,
        "notices": dict(summary.notices),
        "deliveries": dict(summary.deliveries),
        "tasks": dict(summary.tasks),
    }
    lines = [f"{summary.notices.total()} notices planned."]
    lines += [f"  {count:>7}  {way.replace('.', ', ')}" for way, count in sorted(summary.deliveries.items())]
    lines += [f"  {count:>7}  for a human: {kind}" for kind, count in sorted(summary.tasks.items())]
    if summary.batch:
        lines.append(f"To send them: holdfast notices approve {summary.batch}")
    emit(as_json, payload, "\n".join(lines))


@notices.command()
@click.argument("a_number", metavar="A-NUMBER")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in NoticeKind if READER[kind] is Reader.PERSON]),
    default=NoticeKind.EXPOSURE_NOTICE.value,
    show_default=True,
)
@as_options
@json_option
@click.pass_obj
def preview(
    office: Office,
    *,
    a_number: str,
    kind: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Show by which ways a person would be told now, and why. It is a look, and plans nothing."""
    acting, database = office.acting(login, credential_file), office.database

    def look(session: Session) -> Preview | None:
        person_id = person_of(session, database.vault, a_number, acting=acting)
        return preview_notice(
            session,
            database.vault,
            acting=acting,
            person_id=person_id,
            kind=NoticeKind(kind),
            wording_of=wording_of,
        )

    found = database.run(look)
    if found is None:
        emit(as_json, {"ways": [], "shredded": True}, "This person's data was shredded; nobody is told.")
        return
    ways = [
        f"{step.carriage.value}, {step.form.value}"
        if isinstance(step, Planned)
        else f"for a human: {step.kind.value}" + (f" ({step.detail})" if step.detail else "")
        for step in found.steps
    ]
    why = {name: value for name, value in dataclasses.asdict(found).items() if name != "steps"}
    text = [f"A {kind} would go out now:", *(f"  {way}" for way in ways), "because of what is on record:"]
    text += [f"  {name:12}{'' if value is None else value}" for name, value in why.items()]
    emit(as_json, {"ways": ways, "why": why}, "\n".join(text))


@notices.command()
@click.argument("batch", metavar="BATCH")
@as_options
@json_option
@click.pass_obj
def approve(
    office: Office, *, batch: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Approve a batch: what it planned goes out with the next `holdfast work`."""
    acting = office.acting(login, credential_file)
    approved = office.database.run(
        lambda session: approve_batch(
            session, acting=acting, batch_id=find_batch(session, batch, acting=acting)
        )
    )
    emit(as_json, {"batch": batch, "approved": approved}, f"{approved} deliveries approved.")


@notices.command("list")
@as_options
@json_option
@click.pass_obj
def show(office: Office, *, login: str | None, credential_file: Path | None, as_json: bool) -> None:
    """Batches, and how far everybody has been told."""
    acting = office.acting(login, credential_file)
    with office.database.reading() as session:
        lines, figures = batches(session, acting=acting), coverage(session, acting=acting)
        stops = what_is_stopped(session, acting=acting)
    payload = {
        "batches": [
            {
                "batch": line.reference,
                "planned": line.planned_at.isoformat(),
                "approved": line.approved_at.isoformat() if line.approved_at else None,
                "deliveries": line.states,
            }
            for line in lines
        ],
        "stops": [
            {
                "stop": one.reference,
                "carriage": one.carriage,
                "batch": one.batch,
                "reason": one.reason,
                "stopped": one.stopped_at.isoformat(),
            }
            for one in stops
        ],
        **figures.as_json(),
    }
    text = [
        f"STOPPED {one.reference}  {one.carriage or one.batch or 'everything'}  since "
        f"{one.stopped_at:%Y-%m-%d %H:%M}Z: {one.reason.replace('_', ' ')}"
        for one in stops
    ]
    text += [
        f"{line.reference}  planned {line.planned_at:%Y-%m-%d %H:%M}Z  "
        + (f"approved {line.approved_at:%Y-%m-%d %H:%M}Z" if line.approved_at else "NOT APPROVED")
        + "  "
        + ", ".join(f"{count} {state}" for state, count in sorted(line.states.items()))
        for line in lines
    ]
    text += [f"{count:>8} people {outcome.replace('_', ' ')}" for outcome, count in figures.people.items()]
    text += [f"{count:>8} tasks  {kind}" for kind, count in figures.waiting.items()]
    emit(as_json, payload, "\n".join(text))


@notices.command()
@click.argument("reference", metavar="REFERENCE")
@click.option(
    "--wrong",
    "mistakes",
    type=click.Choice([mistake.value for mistake in Mistake]),
    multiple=True,
    required=True,
    help="What was wrong in it; may be given again.",
)
@as_options
@json_option
@click.pass_obj
def correct(
    office: Office,
    *,
    reference: str,
    mistakes: tuple[str, ...],
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Say that a notice was wrong. The next plan writes the person, and counsel, what is right."""
    acting = office.acting(login, credential_file)
    found = [Mistake(mistake) for mistake in mistakes]
    office.database.run(
        lambda session: correct_notice(session, acting=acting, reference=reference, mistakes=found)
    )
    emit(
        as_json,
        {"notice": reference, "wrong": list(mistakes)},
        "Noted. To write the correction: holdfast notices plan",
    )


@notices.command()
@click.argument("reference", metavar="REFERENCE")
@click.option("--served", required=True, help="When it was given: 2023-01-15T10:30.")
@click.option("--time-zone", default="America/New_York", show_default=True, help="Zone of --served.")
@click.option(
    "--outcome",
    type=click.Choice(["served", "refused", "refused_wrong_language"]),
    default="served",
    show_default=True,
)
@click.option("--language", required=True, help="BCP 47 tag of the language it was given in, such as es.")
@click.option("--own-language", is_flag=True, help="That is the person's own language.")
@click.option("--interpreter", help="ID of the qualified interpreter; no guard, detainee or relative.")
@click.option("--variety", help="Language variety the interpreter spoke.")
@click.option("--right-person", is_flag=True, help="Identity was checked.")
@click.option("--in-private", is_flag=True, help="Nobody else could hear.")
@click.option("--mark", "marked_by_person", is_flag=True, help="The person signed or marked the slip.")
@click.option("--outside-witness", help="Witness from outside the removing office.")
@click.option("--understood-first", is_flag=True, help="The first question was answered.")
@click.option("--understood-second", is_flag=True, help="The second question was answered.")
@as_options
@json_option
@click.pass_obj
def serve(
    office: Office,
    /,
    *,
    reference: str,
    served: str,
    time_zone: str,
    interpreter: str | None,
    variety: str | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
    outcome: str,
    language: str,
    own_language: bool,
    right_person: bool,
    in_private: bool,
    marked_by_person: bool,
    outside_witness: str | None,
    understood_first: bool,
    understood_second: bool,
) -> None:
    """Record the slip of a notice. What the slip does not show is not proven: the clock stands still."""
    act = ActOfService(
        outcome=outcome,
        right_person=right_person,
        in_private=in_private,
        language=language,
        own_language=own_language,
        interpreter_id=interpreter,
        language_variety=variety,
        marked_by_person=marked_by_person,
        outside_witness=outside_witness,
        understood_first=understood_first,
        understood_second=understood_second,
    )
    acting = office.acting(login, credential_file)
    when = required_moment(served, time_zone, "--served")
    found = office.database.run(
        lambda session: serve_notice(
            session, office.database.vault, acting=acting, reference=reference, act=act, served_at=when
        )
    )
    proven = not found.missing
    text = (
        "Service is proven."
        if proven
        else f"Recorded, but not proven: {', '.join(found.missing)}. It must be served again."
    )
    service = str(found.service_id) if found.service_id else None
    emit(as_json, {"service": service, "proven": proven, "missing": list(found.missing)}, text)
