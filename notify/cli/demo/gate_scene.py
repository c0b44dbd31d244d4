"""The demo's fourth scene: one person at the gate, from a refused removal to a hold release."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from holds.actions.check_removal import answer_check
from holds.actions.clock import database_time, move_clock
from holds.actions.opening import Database
from holds.actions.questions import Question
from holds.actions.record_review import ReviewForm, record_review, verify_review
from holds.actions.release_hold import propose_release, release_hold, serve_proposal
from holds.domain.reasons import sentence
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.domain.service import ActOfService
from holds.domain.staff import Acting
from notify.actions.serve_notice import serve_notice

ZONE = ZoneInfo("America/Chicago")
ORDER = b"%PDF-1.4\n% A synthetic order, made for the demonstration.\n"


class SceneError(Exception):
    """The gate did not do what the demo promises: a fault of ours, and the demo stops."""


@dataclass(frozen=True)
class Subject:
    """Whom the scene is about, and what of the record it needs."""

    a_number: str
    notice_reference: str
    hold_id: uuid.UUID
    represented: bool


@dataclass(frozen=True)
class Cast:
    """A caseworker and a supervisor, both outside the removing office, and an officer inside it."""

    caseworker: Acting
    supervisor: Acting
    officer: Acting


def play(database: Database, subject: Subject, cast: Cast, say: Callable[[str, str], None]) -> None:
    """Play the scene; `say(tone, line)` gets each line, tone `bad`, `good` or `plain`."""

    def check() -> None:
        answer = answer_check(database, acting=cast.officer, question=Question(a_number=subject.a_number))
        tone = "bad" if answer.decision == "blocked" else "good"
        say(
            tone,
            f"check {subject.a_number}: {answer.decision.upper()}  "
            + " ".join(map(sentence, answer.reasons)),
        )

    def refused(what: str, refusal: object) -> None:
        if not isinstance(refusal, Refusal):
            raise SceneError(f"{what} was not refused")
        say("bad", f"{what}: refused. {' '.join(map(sentence, refusal.reasons))}")

    check()
    old = _record(database, subject, cast, decided=dt.datetime(2022, 10, 3, 10, tzinfo=ZONE))
    say("plain", "An order of 3 October 2022, before the leak, is recorded and verified by two people.")
    refused("release on that order", _propose(database, subject, cast, old))

    _serve_notice(database, subject, cast)
    say("plain", "The notice is handed over in private, in the person's language, with two questions.")
    _move(database, 35)
    decided = _now(database) - dt.timedelta(days=2)
    fresh = _record(database, subject, cast, decided=decided, supersedes=old)
    say("plain", "35 days on: a denial on the merits that considered the exposure, appeal open 30 days.")
    refused("release now", _propose(database, subject, cast, fresh))
    _move(database, 31)
    proposal = _propose(database, subject, cast, fresh)
    if isinstance(proposal, Refusal):
        raise SceneError(f"the review does not release: {', '.join(proposal.reasons)}")
    now = _now(database)
    for served_on in ("person", "counsel") if subject.represented else ("person",):
        with database.transaction() as session:
            serve_proposal(
                session, acting=cast.caseworker, proposal_id=proposal, served_on=served_on, served_at=now
            )
    say("plain", "The appeal period is over. The release is proposed, and served on the person and counsel.")
    refused("release the same day", _release(database, subject, cast))
    _move(database, 9)
    if (refusal := _release(database, subject, cast)) is not None:
        raise SceneError(f"the hold is not released: {', '.join(refusal.reasons)}")
    say("good", "Seven full days later, nobody objected: a second person releases this one hold.")
    check()


def _record(
    database: Database,
    subject: Subject,
    cast: Cast,
    *,
    decided: dt.datetime,
    supersedes: uuid.UUID | None = None,
) -> uuid.UUID:
    form = ReviewForm(
        forum=Forum.IMMIGRATION_JUDGE,
        court="Immigration court (synthetic)",
        judge="A synthetic judge",
        docket_number=f"DEMO-{decided:%Y%m%d}",
        outcome=Outcome.DENIED,
        on_the_merits=True,
        final=True,
        time_zone=ZONE.key,
        decided_at=decided,
        served_at=decided + dt.timedelta(days=1),
        appeal_deadline=decided + dt.timedelta(days=30),
        considered_page="4",
        document=ORDER,
        media_type="application/pdf",
        supersedes_id=supersedes,
    )
    with database.transaction() as session:
        review_id = record_review(
            session, database.vault, acting=cast.caseworker, hold_id=subject.hold_id, form=form
        )
    with database.transaction() as session:
        verify_review(session, acting=cast.supervisor, review_id=review_id)
    return review_id


def _propose(database: Database, subject: Subject, cast: Cast, review_id: uuid.UUID) -> uuid.UUID | Refusal:
    with database.transaction() as session:
        return propose_release(session, acting=cast.caseworker, hold_id=subject.hold_id, review_id=review_id)


def _release(database: Database, subject: Subject, cast: Cast) -> Refusal | None:
    with database.transaction() as session:
        return release_hold(session, acting=cast.supervisor, hold_id=subject.hold_id)


def _serve_notice(database: Database, subject: Subject, cast: Cast) -> None:
    act = ActOfService(
        outcome="served",
        right_person=True,
        in_private=True,
        language="es",
        own_language=True,
        marked_by_person=True,
        understood_first=True,
        understood_second=True,
    )
    with database.transaction() as session:
        served = serve_notice(
            session,
            database.vault,
            acting=cast.caseworker,
            reference=subject.notice_reference,
            act=act,
            served_at=database_time(session),
        )
    if served.missing:
        raise SceneError(f"the service is not proven: {', '.join(served.missing)}")


def _move(database: Database, days: int) -> None:
    with database.transaction() as session:
        move_clock(session, dt.timedelta(days=days))


def _now(database: Database) -> dt.datetime:
    with database.reading() as session:
        return database_time(session)
