"""Recording a court review with its document, and verifying it by a second person (guarantee 4)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from holds.actions.documents import keep_document
from holds.actions.place_hold import reinstate_hold
from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.domain.release import impossible_times
from holds.domain.review import UNDOING_OUTCOMES, Forum, Outcome, page_reference
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.closings import Closing
from holds.store.gate_lock import lock_gates
from holds.store.gates import HoldEnding
from holds.store.ledger import tell
from holds.store.merged import members_of
from holds.store.ownership import is_own, own_hold
from holds.store.reviews import CourtReview, ReviewVerification
from holds.store.vault import Vault, seal_json


class ReviewRefusedError(RefusedError):
    """The review cannot be recorded or verified like this; the message says why."""


@dataclass(frozen=True, kw_only=True)
class ReviewForm:
    """What the order says. Times are aware; `document` is the order itself, as bytes."""

    forum: Forum
    court: str
    outcome: Outcome
    on_the_merits: bool
    final: bool
    docket_number: str
    judge: str
    time_zone: str
    decided_at: dt.datetime
    appeal_deadline: dt.datetime | None
    document: bytes
    media_type: str
    filed_at: dt.datetime | None = None
    entered_at: dt.datetime | None = None
    served_at: dt.datetime | None = None
    communicated_at: dt.datetime | None = None
    considered_page: str | None = None
    supersedes_id: uuid.UUID | None = None


def record_review(
    session: Session, vault: Vault, *, acting: Acting, hold_id: uuid.UUID, form: ReviewForm
) -> uuid.UUID:
    """Seal the document, record the review and return its id. It does nothing until it is verified."""
    require(acting, Verb.RECORD_REVIEW)
    if not form.docket_number.strip():
        raise ReviewRefusedError("A court review needs the docket number of the order.")
    page = page_reference(form.considered_page or "")
    if form.considered_page and page is None:
        raise ReviewRefusedError(
            "Give only the page on which the exposure was considered, like 7, 4-6 or AR-12; no other words."
        )
    person_id = own_hold(session, acting, hold_id).person_id
    _refuse_impossible(session, form, person_id)
    lock_gates(session, [person_id])
    supersedes_id = form.supersedes_id or _undone(session, hold_id, form.outcome)
    if session.get(HoldEnding, hold_id) is not None and supersedes_id is None:
        raise ReviewRefusedError("This hold has ended; record the review for the hold it bears on.")
    _put_back(session, vault, acting, supersedes_id, form)
    key = vault.key(session, person_id)
    review_id = new_id()
    document = keep_document(session, vault, acting, key, content=form.document, media_type=form.media_type)
    if document is None:
        raise ReviewRefusedError("A court review needs its document; the file is empty.")
    docket = {"docket_number": form.docket_number.strip(), "judge": form.judge.strip()}
    review = {
        "id": review_id,
        "reference": new_reference(),
        "person_id": person_id,
        "hold_id": hold_id,
        "forum": form.forum.value,
        "court": form.court,
        "outcome": form.outcome.value,
        "on_the_merits": form.on_the_merits,
        "final": form.final,
        "sealed_docket": seal_json(key, "court_review", "sealed_docket", review_id, docket),
        "time_zone": form.time_zone,
        "filed_at": form.filed_at,
        "decided_at": form.decided_at,
        "entered_at": form.entered_at,
        "served_at": form.served_at,
        "communicated_at": form.communicated_at,
        "appeal_lies": form.appeal_deadline is not None,
        "appeal_deadline": form.appeal_deadline,
        "considered_page": page,
        "document_id": document.id,
        "supersedes_id": supersedes_id,
        "recorded_by": acting.id,
    }
    session.execute(insert(CourtReview), [review])
    tell(
        session,
        acting,
        "review.recorded",
        review_id,
        person_id=person_id,
        codes={
            "forum": form.forum.value,
            "outcome": form.outcome.value,
            "document_sha256": document.sha256.hex(),
        },
        details=docket,
        key=key,
    )
    return review_id


def _refuse_impossible(session: Session, form: ReviewForm, person_id: uuid.UUID) -> None:
    """Times that cannot be, and another person's review as the one that is superseded."""
    faults = impossible_times(form.decided_at, form.served_at, form.entered_at, form.appeal_deadline)
    if faults:
        raise ReviewRefusedError(" ".join(map(sentence, faults)))
    if form.supersedes_id is not None:
        theirs = session.scalar(select(CourtReview.person_id).where(CourtReview.id == form.supersedes_id))
        if theirs not in members_of(session, person_id):
            raise ReviewRefusedError("The review that this one replaces is not one of this person.")


def _undone(session: Session, hold_id: uuid.UUID, outcome: Outcome) -> uuid.UUID | None:
    """The review on which this hold ended, where the outcome undoes it and nothing else was named."""
    ended = session.get(HoldEnding, hold_id)
    if ended is None or outcome not in UNDOING_OUTCOMES:
        return None
    closing = session.get(Closing, ended.closing_id) if ended.closing_id else None
    return ended.review_id or (closing.review_id if closing else None)


def _put_back(
    session: Session, vault: Vault, acting: Acting, superseded_id: uuid.UUID | None, form: ReviewForm
) -> None:
    """Put back whatever hold ended on a review that this one supersedes, whatever it says in its place."""
    if superseded_id is None:
        return
    on_it = select(HoldEnding.hold_id).outerjoin(Closing, Closing.id == HoldEnding.closing_id)
    ended = session.scalars(
        on_it.where(or_(HoldEnding.review_id == superseded_id, Closing.review_id == superseded_id))
    ).all()
    for hold_id in ended:
        reinstate_hold(session, vault, acting, hold_id, cites=f"Review superseded: {form.outcome.value}")


def verify_review(session: Session, *, acting: Acting, review_id: uuid.UUID) -> None:
    """A second person has compared the record with the document. The schema refuses the same person."""
    require(acting, Verb.VERIFY_REVIEW)
    review = session.get(CourtReview, review_id)
    if review is None or not is_own(session, acting, review.person_id):
        raise ReviewRefusedError("There is no such court review.")
    if review.recorded_by == acting.id:
        raise ReviewRefusedError("Who recorded a review cannot verify it; a second person must.")
    if session.get(ReviewVerification, review_id) is not None:
        raise ReviewRefusedError("This review was verified already.")
    row = {"review_id": review_id, "recorded_by": review.recorded_by, "verified_by": acting.id}
    session.execute(insert(ReviewVerification), [row])
    tell(session, acting, "review.verified", review_id, person_id=review.person_id)
