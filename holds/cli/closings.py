"""`holdfast closing …`: the ends of a hold other than its release, by two people and their evidence."""

import datetime as dt
import mimetypes
from pathlib import Path

import click

from holds.actions.close_hold import close_hold, propose_closing, tell_closing
from holds.actions.references import hold_of, latest_closing, person_of, review_of
from holds.actions.state_choice import record_statement, revoke_choice
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.endings import hold_stays
from holds.cli.times import required_moment
from holds.domain.closing import CLOSINGS, EndingKind, StatementSlip


@click.group()
def closing() -> None:
    """Ends of a hold other than its release: each has its own rule of two people and evidence.

    Where an objection to the end of the hold was overruled, a third person carries it out.
    """


@closing.command("propose")
@click.argument("reference", metavar="HOLD")
@click.option("--kind", type=click.Choice(sorted(k.value for k in CLOSINGS)), required=True)
@click.option("--reasons", required=True, help="Why; sealed with the person's data.")
@click.option("--review", "review_reference", help="The verified court review that this rests on.")
@click.option("--document", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_options
@json_option
@click.pass_obj
def propose(
    office: Office,
    *,
    reference: str,
    kind: str,
    reasons: str,
    review_reference: str | None,
    document: Path | None,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Propose how a hold ends. It stands until it was told where it must be and a second person ends it."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    with office.database.transaction() as session:
        closing_id = propose_closing(
            session,
            vault,
            acting=acting,
            hold_id=hold_of(session, reference, acting=acting),
            kind=EndingKind(kind),
            reasons=reasons,
            review_id=review_of(session, review_reference, acting=acting) if review_reference else None,
            document=document.read_bytes() if document else b"",
            media_type=_media_type(document),
        )
    emit(
        as_json,
        {"hold": reference, "kind": kind, "closing": str(closing_id)},
        f"Proposed: hold {reference} as {kind}. Tell whom it concerns (holdfast closing tell), "
        f"then a second person: holdfast closing end {reference} --as LOGIN",
    )


def _media_type(document: Path | None) -> str:
    guessed = mimetypes.guess_type(document.name)[0] if document else None
    return guessed or "application/octet-stream"


@closing.command("tell")
@click.argument("reference", metavar="HOLD")
@click.option("--on", "served_on", type=click.Choice(["person", "counsel", "placer"]), required=True)
@click.option("--at", "served_at", required=True, help="When: 2023-05-02T10:30 (see --time-zone).")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def tell(
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
    """Record that the person, counsel or who placed a stay was told of it, with the reasons."""
    acting, at = office.acting(login, credential_file), required_moment(served_at, time_zone, "--at")
    office.database.run(
        lambda s: tell_closing(
            s,
            acting=acting,
            closing_id=latest_closing(s, hold_of(s, reference, acting=acting), acting=acting),
            served_on=served_on,
            served_at=at,
        )
    )
    emit(as_json, {"hold": reference, "told": served_on}, f"Recorded: told to the {served_on}.")


@closing.command("end")
@click.argument("reference", metavar="HOLD")
@as_options
@json_option
@click.pass_obj
def end(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """End a hold as was proposed last, as the second person; else say why it stays."""
    acting = office.acting(login, credential_file)
    refusal = office.database.run(
        lambda s: close_hold(s, acting=acting, hold_id=hold_of(s, reference, acting=acting))
    )
    if refusal is not None:
        hold_stays(as_json, reference, refusal, not_done="ended")
    emit(as_json, {"hold": reference, "ended": True}, f"Hold {reference} has ended as proposed, it alone.")


@closing.command("statement")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--at", "stated_at", required=True, help="When the person said it.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@click.option("--leave/--stay", "chooses", required=True, default=None, help="What the person chooses.")
@click.option("--private/--not-private", required=True, default=None)
@click.option("--officer-present/--no-officer", required=True, default=None)
@click.option("--language", required=True, help="Language variety spoken, as es or mam.")
@click.option("--own-language/--interpreted", required=True, default=None)
@click.option("--interpreter", help="Id of the qualified interpreter.")
@click.option("--support", type=click.Choice(["counsel", "independent_provider"]))
@as_options
@json_option
@click.pass_obj
def statement(
    office: Office,
    /,
    *,
    a_number: str,
    stated_at: str,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
    **taken: str | bool | None,
) -> None:
    """Record a statement on leaving by choice, and how it was taken. It takes two, 72 hours apart."""
    acting, at = office.acting(login, credential_file), required_moment(stated_at, time_zone, "--at")
    slip = StatementSlip(
        chooses_to_leave=bool(taken["chooses"]),
        in_private=bool(taken["private"]),
        officer_present=bool(taken["officer_present"]),
        language=str(taken["language"]),
        own_language=bool(taken["own_language"]),
        interpreter_id=str(taken["interpreter"]) if taken["interpreter"] else None,
        support=str(taken["support"]) if taken["support"] else None,
    )
    vault = office.database.vault
    sound = office.database.run(
        lambda s: record_statement(
            s,
            vault,
            acting=acting,
            person_id=person_of(s, vault, a_number, acting=acting),
            slip=slip,
            stated_at=at,
        )
    )
    emit(
        as_json,
        {"sound": sound},
        "Recorded; it counts." if sound else "Recorded; so taken, it does not count.",
    )


@closing.command("revoke")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--at", "revoked_at", help="When; now, where left out.")
@click.option("--time-zone", default="America/New_York", show_default=True)
@as_options
@json_option
@click.pass_obj
def revoke(
    office: Office,
    *,
    a_number: str,
    revoked_at: str | None,
    time_zone: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """The person takes the choice to leave back, in whatever way: it blocks again at once."""
    acting, vault = office.acting(login, credential_file), office.database.vault
    at: dt.datetime | None = required_moment(revoked_at, time_zone, "--at") if revoked_at else None
    back = office.database.run(
        lambda s: revoke_choice(
            s, vault, acting=acting, person_id=person_of(s, vault, a_number, acting=acting), revoked_at=at
        )
    )
    emit(as_json, {"holds_put_back": list(back)}, f"Revoked. Holds put back: {', '.join(back) or 'none'}.")
