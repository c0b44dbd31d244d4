"""`holdfast person …` and `holdfast hold …`: looking at a person, placing a hold, and its release."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from holds.actions.object_to_release import answer_objection, record_objection
from holds.actions.place_hold import place_hold
from holds.actions.references import (
    hold_of,
    latest_proposal,
    objection_of,
    objection_reference,
    person_of,
    review_of,
)
from holds.actions.release_hold import propose_release, release_hold, serve_proposal
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.endings import hold_stays
from holds.cli.times import required_moment
from holds.domain.hold import CITING_BASES, Basis
from holds.domain.release import Refusal


@click.group()
def hold() -> None:
    """Removal holds: placing takes one person, ending two, and three after an overruled objection."""


@hold.command("place")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--basis", type=click.Choice(sorted(b.value for b in CITING_BASES)), required=True)
@click.option("--cites", default="", help="The order, or the rule, that this hold rests on.")
@as_options
@json_option
@click.pass_obj
def place(
    office: Office,
    *,
    a_number: str,
    basis: str,
    cites: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Place a hold. It blocks every departure at once and voids outstanding clearances."""
    acting, database = office.acting(login, credential_file), office.database
    reference = database.run(
        lambda s: place_hold(
            s,
            database.vault,
            acting=acting,
            person_id=person_of(s, database.vault, a_number, acting=acting, anyones=True),
            basis=Basis(basis),
            cites=cites,
        )
    )
    emit(
        as_json, {"hold": reference, "basis": basis, "active": True}, f"Hold {reference} ({basis}) is active."
    )


@hold.command("propose")
@click.argument("reference", metavar="HOLD")
@click.option("--review", "review_reference", required=True, help="The verified court review.")
@as_options
@json_option
@click.pass_obj
def propose(
    office: Office,
    *,
    reference: str,
    review_reference: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Propose the release of a hold on a verified court review."""
    acting = office.acting(login, credential_file)
    result = office.database.run(
        lambda s: propose_release(
            s,
            acting=acting,
            hold_id=hold_of(s, reference, acting=acting),
            review_id=review_of(s, review_reference, acting=acting),
        )
    )
    if isinstance(result, Refusal):
        hold_stays(as_json, reference, result, not_done="released")
    emit(
        as_json,
        {"hold": reference, "proposed": True},
        f"The release of hold {reference} is proposed. Serve it on the person and on counsel, then record "
        "that with: holdfast hold serve",
    )


@hold.command("serve")
@click.argument("reference", metavar="HOLD")
@click.option("--on", "served_on", type=click.Choice(["person", "counsel"]), required=True)
@click.option("--at", "served_at", required=True, help="When: 2023-05-02T10:30 (see --time-zone).")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def serve(
    office: Office,
    *,
    reference: str,
    served_on: str,
    served_at: str,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Record that the proposed release was served. Seven full days run from the later service."""
    acting = office.acting(login, credential_file)
    at = required_moment(served_at, time_zone, "--at")
    office.database.run(
        lambda s: serve_proposal(
            s,
            acting=acting,
            proposal_id=latest_proposal(s, hold_of(s, reference, acting=acting), acting=acting),
            served_on=served_on,
            served_at=at,
        )
    )
    emit(as_json, {"hold": reference, "served_on": served_on}, f"Recorded: served on the {served_on}.")


@hold.command("object")
@click.argument("reference", metavar="HOLD")
@click.option("--by", "objector", type=click.Choice(["person", "counsel"]), required=True)
@click.option("--at", "received_at", required=True, help="When it was received.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def object_(
    office: Office,
    *,
    reference: str,
    objector: str,
    received_at: str,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Record an objection to the release, by card, phone or mail. It stops the release."""
    acting = office.acting(login, credential_file)
    at = required_moment(received_at, time_zone, "--at")

    def work(session: Session) -> str:
        hold_id = hold_of(session, reference, acting=acting)
        said = record_objection(session, acting=acting, hold_id=hold_id, objector=objector, received_at=at)
        return objection_reference(session, said)

    name = office.database.run(work)
    text = f"Objection {name} is open; the hold stays until it is answered: holdfast hold answer {name}"
    emit(as_json, {"objection": name}, text)


@hold.command("answer")
@click.argument("reference", metavar="OBJECTION")
@click.option(
    "--sustained/--overruled",
    required=True,
    default=None,
    help="Sustained, it keeps the hold; overruling takes a supervisor.",
)
@as_options
@json_option
@click.pass_obj
def answer(
    office: Office,
    *,
    reference: str,
    sustained: bool,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Answer an objection, by the reference that `object` gave; also on the page of the person.

    Whoever overrules one may neither propose the end of that hold nor carry it out: with who proposed and
    who releases, that makes three people.
    """
    acting = office.acting(login, credential_file)
    office.database.run(
        lambda s: answer_objection(
            s,
            acting=acting,
            objection_id=objection_of(s, reference, acting=acting),
            sustained=sustained,
        )
    )
    said = (
        "Sustained: the hold stays."
        if sustained
        else "Overruled: the release may go on, by who neither proposed it nor overruled."
    )
    emit(as_json, {"objection": reference.upper(), "sustained": sustained}, said)


@hold.command("release")
@click.argument("reference", metavar="HOLD")
@as_options
@json_option
@click.pass_obj
def release(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """End one hold, if a verified court review, service and seven full days allow it; else say why not.

    Takes a supervisor who did not propose it; after an overruled objection, one who did not overrule either.
    """
    acting = office.acting(login, credential_file)
    refusal = office.database.run(
        lambda s: release_hold(s, acting=acting, hold_id=hold_of(s, reference, acting=acting))
    )
    if refusal is not None:
        hold_stays(as_json, reference, refusal, not_done="released")
    emit(
        as_json,
        {"hold": reference, "released": True},
        f"Hold {reference} is released. Any other hold of this person still blocks.",
    )
