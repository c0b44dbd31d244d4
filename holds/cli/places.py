"""`holdfast place …`: which facility a location means where the matcher could not tell, or was wrong."""

import dataclasses
from pathlib import Path

import click

from holds.actions.judge_place import facility_meant, judge_place, match_called
from holds.actions.look_at_places import look_at_places
from holds.cli.context import Office, as_options, emit, json_option
from holds.domain.place_word import PlaceVerdict
from holds.queries.place_queue import WaitingPlace, place_queue

STANDS = {
    "exact": "From now on it is this facility, in this list and in whatever names it so.",
    "none": "It is no facility of the directory, and does not wait any more.",
    "needs_judgement": "It waits for a judgement; nobody's mail goes there on its word.",
}
NOT_AGREED = "It waits: two people who judged it last do not agree, or are unsure."


@click.group()
def place() -> None:
    """Locations as lists wrote them, and the facilities that people say they are."""


@place.command("queue")
@click.option("--most", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many to show.")
@as_options
@json_option
@click.pass_obj
def queue(
    office: Office, *, most: int, login: str | None, credential_file: Path | None, as_json: bool
) -> None:
    """What waits for a person, where most are detained first. The look is written in the ledger."""
    acting = office.acting(login, credential_file)
    with office.database.transaction() as session:
        waiting = place_queue(session, office.database.vault, acting=acting, most=most)
        look_at_places(session, acting=acting, match_ids=[one.match_id for one in waiting])
    lines = [_line(one) for one in waiting] or ["No location waits for a judgement."]
    emit(as_json, {"waiting": [dataclasses.asdict(one) for one in waiting]}, "\n".join(lines))


@place.command("judge")
@click.argument("match_id", metavar="ID")
@click.option("--facility", metavar="CODE|NAME|ID", help="It is this facility of the directory.")
@click.option("--none", "none", is_flag=True, help="It is no facility of the directory.")
@click.option("--unsure", is_flag=True, help="It cannot be told: it waits, with the reason beside it.")
@click.option("--reason", required=True, help="Why; it is sealed with the list that wrote the location.")
@as_options
@json_option
@click.pass_obj
def judge(
    office: Office,
    *,
    match_id: str,
    facility: str | None,
    none: bool,
    unsure: bool,
    reason: str,
    login: str | None,
    credential_file: Path | None,
    as_json: bool,
) -> None:
    """Say which facility a location of the queue is. It counts at once; a word against it makes it wait."""
    if [facility is not None, none, unsure].count(True) != 1:
        raise click.UsageError("Give one of --facility CODE|NAME|ID, --none and --unsure.")
    acting = office.acting(login, credential_file)
    verdict = PlaceVerdict.UNSURE if unsure else PlaceVerdict.NONE if none else PlaceVerdict.FACILITY
    with office.database.transaction() as session:
        judged = judge_place(
            session,
            office.database.vault,
            acting=acting,
            match_id=match_called(match_id),
            verdict=verdict,
            facility_id=facility_meant(session, facility) if facility else None,
            reason=reason,
        )
        answer = {"id": str(judged.id), "judgement": judged.judgement, "rule": judged.evidence["rule"]}
    waits = answer["rule"] == "judged_without_agreement"
    emit(as_json, answer, NOT_AGREED if waits else STANDS[answer["judgement"]])


def _line(one: WaitingPlace) -> str:
    said = ", ".join(part for part in (one.text or "(shredded)", one.city, one.state, one.aor) if part)
    lines = [f"{one.match_id}  {said}  ({one.people} people, {one.detained} detained; {one.rule})"]
    for word, facility in (("perhaps", one.candidate), ("or", one.runner_up)):
        if facility:
            lines.append(f"    {word} {facility[1]} ({facility[0] or 'no code'})")
    if one.agreed or one.disagreed:
        lines.append(f"    agrees: {', '.join(one.agreed)}; disagrees: {', '.join(one.disagreed)}")
    lines += [
        f"    {o.judged_at:%Y-%m-%d %H:%M} {o.judged_by or 'another office'}: {o.verdict}"
        + (f" {o.facility}" if o.facility else "")
        + (f" ({o.reason})" if o.reason else "")
        for o in one.opinions
    ]
    return "\n".join(lines)
