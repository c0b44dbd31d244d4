"""`holdfast review …`: recording what a court decided, and verifying it."""

import datetime as dt
import mimetypes
from pathlib import Path

import click

from holds.actions.record_review import ReviewForm, record_review, verify_review
from holds.actions.references import hold_of, only_active_hold, person_of, review_of, review_reference
from holds.cli.context import Office, as_options, emit, json_option
from holds.cli.times import moment, required_moment
from holds.domain.review import Forum, Outcome


@click.group()
def review() -> None:
    """Court reviews: recorded by one person, verified by another."""


@review.command("record")
@click.argument("a_number", metavar="A-NUMBER")
@click.option("--hold", "hold_reference", help="The hold it bears on; may be left out where there is one.")
@click.option("--forum", type=click.Choice([f.value for f in Forum]), required=True)
@click.option("--court", required=True, help="Court and hearing location.")
@click.option("--judge", default="", help="Judge or panel.")
@click.option("--docket", required=True, help="Docket number.")
@click.option("--outcome", type=click.Choice([o.value for o in Outcome]), required=True)
@click.option("--merits/--no-merits", "on_the_merits", required=True, default=None)
@click.option("--final/--not-final", "final", required=True, default=None)
@click.option("--decided", required=True, help="When it was decided: 2023-04-03T10:00.")
@click.option("--filed", help="When the motion or appeal was filed.")
@click.option("--entered", help="When the order was entered.")
@click.option("--served", help="When the order was served on the person.")
@click.option("--communicated", help="When it was communicated to the removing office.")
@click.option("--appeal-deadline", help="Until when it can be appealed.")
@click.option("--no-appeal-lies", is_flag=True, help="Said instead, where no appeal lies or it was waived.")
@click.option("--considered-page", help="The page on which the exposure was considered.")
@click.option("--time-zone", default="America/New_York", show_default=True, help="Zone of the court.")
@click.option("--supersedes", help="An earlier review that this one replaces.")
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The order itself (PDF or image); it is sealed, the file is left where it is.",
)
@as_options
@json_option
@click.pass_obj
def record(
    office: Office,
    /,
    *,
    a_number: str,
    hold_reference: str | None,
    supersedes: str | None,
    document: Path,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
    **options: str | bool | None,
) -> None:
    """Record a court review for one hold, with its document. It does nothing until it is verified."""
    acting, database = office.acting(login, credential_file), office.database
    zone = str(options["time_zone"])
    if bool(options["appeal_deadline"]) == bool(options["no_appeal_lies"]):
        raise click.UsageError("Give either --appeal-deadline TIME or --no-appeal-lies.")

    def when(name: str) -> dt.datetime | None:
        value = options[name]
        return moment(value if isinstance(value, str) else None, zone, f"--{name.replace('_', '-')}")

    with database.transaction() as session:
        person_id = person_of(session, database.vault, a_number, acting=acting)
        if hold_reference:
            hold_id = hold_of(session, hold_reference, acting=acting, person_id=person_id)
        else:
            hold_id = only_active_hold(session, person_id, acting=acting)
        form = ReviewForm(
            forum=Forum(str(options["forum"])),
            court=str(options["court"]),
            outcome=Outcome(str(options["outcome"])),
            on_the_merits=bool(options["on_the_merits"]),
            final=bool(options["final"]),
            docket_number=str(options["docket"]),
            judge=str(options["judge"]),
            time_zone=zone,
            decided_at=required_moment(str(options["decided"]), zone, "--decided"),
            filed_at=when("filed"),
            entered_at=when("entered"),
            served_at=when("served"),
            communicated_at=when("communicated"),
            appeal_deadline=when("appeal_deadline"),
            considered_page=str(options["considered_page"] or "") or None,
            document=document.read_bytes(),
            media_type=mimetypes.guess_type(document.name)[0] or "application/octet-stream",
            supersedes_id=review_of(session, supersedes, acting=acting) if supersedes else None,
        )
        review_id = record_review(session, database.vault, acting=acting, hold_id=hold_id, form=form)
        reference = review_reference(session, review_id)
    emit(
        as_json,
        {"review": reference, "verified": False},
        f"Review {reference} is recorded. A second person verifies it: "
        f"holdfast review verify {reference} --as LOGIN",
    )


@review.command("verify")
@click.argument("reference", metavar="REVIEW")
@as_options
@json_option
@click.pass_obj
def verify(
    office: Office, *, reference: str, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """Say, as a second person, that the record agrees with the document."""
    acting = office.acting(login, credential_file)
    office.database.run(
        lambda s: verify_review(s, acting=acting, review_id=review_of(s, reference, acting=acting))
    )
    emit(as_json, {"review": reference, "verified": True}, f"Review {reference} is verified.")
