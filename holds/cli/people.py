"""`holdfast person …`: looking at a person's record."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.actions.look_at_person import look_at_person
from holds.actions.look_for_person import look_for_person
from holds.actions.note_language import SaidBy, note_language
from holds.actions.record_service import dispute_services
from holds.actions.references import NotFoundError, person_of
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.look import LookReason
from holds.queries.people import find_person, person_page
from holds.queries.person_view import PersonPage


@click.group()
def person() -> None:
    """People on record. Every look is in the ledger."""


@person.command("show")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--show", is_flag=True, help="Show name, numbers and birth dates; without it they are masked.")
@as_options
@json_option
@click.pass_obj
def show_person(
    office: Office,
    *,
    a_number: str,
    show: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Show what is on record of a person, by A-number or reference, and what happens next."""
    acting, database = office.acting(login, credential_file), office.database
    try:
        with database.reading() as session:
            person_id = person_of(session, database.vault, a_number, acting=acting)
    except NotFoundError:
        with database.transaction() as session:
            several = find_person(session, database.vault, a_number, acting=acting)
            look_for_person(session, acting=acting, found=len(several))
        raise
    with database.transaction() as session:
        page = person_page(session, database.vault, person_id, acting=acting, show=show)
        look_at_person(
            session, acting=acting, person_id=person_id, shown=show, reason=LookReason.COMMAND_LINE
        )
    emit(as_json, _payload(page), _text(page))


@person.command("dispute-service")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--by", "disputed_by", type=click.Choice(["person", "counsel"]), required=True)
@as_options
@json_option
@click.pass_obj
def dispute(
    office: Office,
    *,
    a_number: str,
    disputed_by: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Record that the person or counsel says they were never served. It stops the clock, for good; a hold
    that was released upon that service is put back."""
    acting, database = office.acting(login, credential_file), office.database

    def work(session: Session) -> int:
        person_id = person_of(session, database.vault, a_number, acting=acting)
        return dispute_services(
            session, database.vault, acting=acting, person_id=person_id, disputed_by=disputed_by
        )

    disputed = database.run(work)
    emit(as_json, {"disputed": disputed}, f"{disputed} disputed; every such notice must be served again.")


@person.command()
@click.argument("a_number", metavar="A-NUMBER")
@click.argument("language", metavar="LANGUAGE")
@click.option(
    "--said-by",
    type=click.Choice([said_by.value for said_by in SaidBy]),
    required=True,
    help="Who says so: what the person says counts before what others note.",
)
@as_options
@json_option
@click.pass_obj
def language(
    office: Office,
    *,
    a_number: str,
    language: str,
    said_by: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Note which language is the person's. A letter in another, that was not served, is due again."""
    acting, database = office.acting(login, credential_file), office.database

    def work(session: Session) -> str:
        person_id = person_of(session, database.vault, a_number, acting=acting)
        return note_language(
            session, acting=acting, person_id=person_id, language=language, said_by=SaidBy(said_by)
        )

    tag = database.run(work)
    emit(as_json, {"language": tag, "said_by": said_by}, f"Noted: {tag}, said by the {said_by}.")


def _payload(page: PersonPage) -> dict[str, object]:
    identity = page.identity
    return {
        "reference": page.reference,
        "name": identity.name,
        "a_numbers": list(identity.a_numbers),
        "birth_dates": list(identity.birth_dates),
        "blocked": page.blocked,
        "what_next": str(page.what_next),
        "exposures": [
            {"incident": e.incident, "fields": list(e.fields), "served": e.proven_at} for e in page.exposures
        ],
        "custody": [
            {"status": c.status, "place": c.place, "certain": c.certain, "since": c.since, "until": c.until}
            for c in page.custody
        ],
        "holds": [
            {"hold": h.reference, "basis": h.basis, "state": h.state, "active": h.active} for h in page.holds
        ],
        "reviews": [
            {"review": r.reference, "court": r.court, "outcome": r.outcome, "verified": r.verified_at}
            for r in page.reviews
        ],
        "appearances": [
            {"form": a.form, "scope": a.scope, "verified": a.verified_at, "counsel": a.counsel}
            for a in page.appearances
        ],
        "waiting": [task.kind for task in page.waiting],
        "timeline": [{"at": e.at, "title": str(e.title), "sentence": str(e.sentence)} for e in page.timeline],
    }


def _text(page: PersonPage) -> str:
    identity = page.identity
    numbers = ", ".join(identity.a_numbers) or "no usable A-number"
    lines = [
        f"{identity.name}   {numbers}   {page.reference}   {'BLOCKED' if page.blocked else 'no active hold'}",
        str(page.what_next),
        "",
        *(f"Hold {hold.reference}   {hold.basis}   {hold.state}   {hold.grounds}" for hold in page.holds),
        "",
        *(f"{event.at:%Y-%m-%d %H:%M}Z  {event.title}  {event.sentence}" for event in page.timeline),
    ]
    return "\n".join(lines)
