"""One person's way from a refused removal to a hold release, through the actions people take."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.actions.record_review import ReviewForm, record_review, verify_review
from holds.actions.record_service import record_service
from holds.actions.release_hold import propose_release, release_hold, serve_proposal
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.store.base import holdfast_now
from holds.store.demo_time import move_clock
from holds.store.exposures import Exposure
from tests.conftest import OfficeAtWork
from tests.holds.web.pages import person
from tests.proven import PROVEN

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Subject:
    """Whom the story is about."""

    person_id: uuid.UUID
    number: str
    exposure_id: uuid.UUID
    hold_id: uuid.UUID


def subject(office: OfficeAtWork, number: str) -> Subject:
    """The person on record under nine digits."""
    with office.database.reading() as session:
        found = person(session, office, number)
        exposure = session.scalars(select(Exposure).where(Exposure.person_id == found.id)).one()
        return Subject(found.id, number, exposure.id, exposure.hold_id)


def tell_story(office: OfficeAtWork, one: Subject) -> None:
    """Checked and blocked; an old order refused; served; reviewed; proposed; released; checked again."""
    check(office, one)
    old = review(office, one, decided=dt.datetime(2022, 10, 3, 15, tzinfo=dt.UTC))
    assert isinstance(propose(office, one, old), Refusal)
    move(office, 1)  # a millisecond is all that SQLite's clock tells apart
    serve(office, one)
    move(office, 35)
    fresh = review(office, one, decided=now(office) - 2 * DAY, supersedes=old)
    move(office, 31)
    proposal = propose(office, one, fresh)
    assert isinstance(proposal, uuid.UUID)
    with office.database.transaction() as session:
        serve_proposal(
            session,
            acting=office.caseworker,
            proposal_id=proposal,
            served_on="person",
            served_at=session.scalars(select(holdfast_now())).one(),
        )
    assert isinstance(release(office, one), Refusal)
    move(office, 9)
    assert release(office, one) is None
    check(office, one)


def check(office: OfficeAtWork, one: Subject) -> None:
    answer_check(office.database, acting=office.officer, question=Question(a_number=one.number))


def serve(office: OfficeAtWork, one: Subject) -> None:
    with office.database.transaction() as session:
        record_service(
            session,
            office.vault,
            acting=office.caseworker,
            person_id=one.person_id,
            exposure_id=one.exposure_id,
            act=PROVEN,
            served_at=session.scalars(select(holdfast_now())).one(),
        )


def review(
    office: OfficeAtWork, one: Subject, *, decided: dt.datetime, supersedes: uuid.UUID | None = None
) -> uuid.UUID:
    form = ReviewForm(
        forum=Forum.IMMIGRATION_JUDGE,
        court="Immigration court (synthetic)",
        judge="A synthetic judge",
        docket_number="TEST-1",
        outcome=Outcome.DENIED,
        on_the_merits=True,
        final=True,
        time_zone="America/Chicago",
        decided_at=decided,
        served_at=decided + DAY,
        appeal_deadline=decided + 30 * DAY,
        considered_page="4",
        document=b"%PDF-1.4 synthetic",
        media_type="application/pdf",
        supersedes_id=supersedes,
    )
    with office.database.transaction() as session:
        review_id = record_review(
            session, office.vault, acting=office.caseworker, hold_id=one.hold_id, form=form
        )
    with office.database.transaction() as session:
        verify_review(session, acting=office.supervisor, review_id=review_id)
    return review_id


def propose(office: OfficeAtWork, one: Subject, review_id: uuid.UUID) -> uuid.UUID | Refusal:
    with office.database.transaction() as session:
        return propose_release(session, acting=office.caseworker, hold_id=one.hold_id, review_id=review_id)


def release(office: OfficeAtWork, one: Subject) -> Refusal | None:
    with office.database.transaction() as session:
        return release_hold(session, acting=office.supervisor, hold_id=one.hold_id)


def move(office: OfficeAtWork, days: int) -> None:
    with office.database.transaction() as session:
        move_clock(session, dt.timedelta(days=days))


def now(office: OfficeAtWork) -> dt.datetime:
    with office.database.reading() as session:
        return session.scalars(select(holdfast_now())).one()
