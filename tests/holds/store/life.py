"""What people do with a hold, step by step, through the actions: for tests that follow a life."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.record_review import ReviewForm, record_review, verify_review
from holds.actions.record_service import record_service
from holds.actions.release_hold import propose_release, release_hold, serve_proposal
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.store.demo_time import move_clock
from holds.store.exposures import Exposure
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record
from tests.proven import PROVEN

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WEEK_OVER = dt.timedelta(days=8, hours=1)
"""After this, seven full days have passed in every zone."""


def someone(record: Record, **known: Any) -> Held:
    """Someone new on record, held for an incident of 60 days ago."""
    with record.database.transaction() as session:
        return put_on_record(session, record, new_incident(session, record), **known)


def serve_notices(session: Session, record: Record, held: Held, *, ago: dt.timedelta = 20 * DAY) -> None:
    """Prove service of the notice of every exposure of the person."""
    exposures = select(Exposure.id).where(Exposure.person_id == held.person_id)
    for exposure_id in session.scalars(exposures).all():
        record_service(
            session,
            record.database.vault,
            acting=record.staff["casey"],
            person_id=held.person_id,
            exposure_id=exposure_id,
            act=PROVEN,
            served_at=database_now(session) - ago,
        )


def order(session: Session, **changes: Any) -> ReviewForm:
    """A final denial on the merits ten days ago, from which no appeal lies."""
    now = database_now(session)
    said: dict[str, Any] = {
        "forum": Forum.IMMIGRATION_JUDGE,
        "court": "Miami Krome",
        "outcome": Outcome.DENIED,
        "on_the_merits": True,
        "final": True,
        "docket_number": "A900-1",
        "judge": "J. Roe",
        "time_zone": "America/New_York",
        "decided_at": now - 10 * DAY,
        "served_at": now - 9 * DAY,
        "appeal_deadline": None,
        "considered_page": "4",
        "document": b"%PDF-1.7 order",
        "media_type": "application/pdf",
    }
    return ReviewForm(**{**said, **changes})


def put_review(session: Session, record: Record, held: Held, **changes: Any) -> uuid.UUID:
    """The order recorded by one person and verified by another."""
    form = order(session, **changes)
    casey, sunny = record.staff["casey"], record.staff["sunny"]
    review_id = record_review(session, record.vault, acting=casey, hold_id=held.hold_id, form=form)
    verify_review(session, acting=sunny, review_id=review_id)
    return review_id


def propose(session: Session, record: Record, held: Held, review_id: uuid.UUID, *on: str) -> uuid.UUID:
    """The release proposed and served, on the person if nobody else is named."""
    casey = record.staff["casey"]
    proposal_id = propose_release(session, acting=casey, hold_id=held.hold_id, review_id=review_id)
    assert isinstance(proposal_id, uuid.UUID), proposal_id
    for served_on in on or ("person",):
        now = database_now(session)
        serve_proposal(session, acting=casey, proposal_id=proposal_id, served_on=served_on, served_at=now)
    return proposal_id


def try_release(record: Record, held: Held, who: str = "sunny") -> Refusal | None:
    """Ask for the end of the hold, in a transaction of its own."""
    with record.database.transaction() as session:
        return release_hold(session, acting=record.staff[who], hold_id=held.hold_id)


def wait(record: Record, time: dt.timedelta) -> None:
    """Let the demo's clock run ahead."""
    with record.database.transaction() as session:
        move_clock(session, time)


def released(record: Record, **known: Any) -> Held:
    """Someone whose hold went the whole way."""
    held = someone(record, **known)
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    assert try_release(record, held) is None
    return held
