"""Recording a court review with its document, and verifying it by a second person (guarantee 4)."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.domain.release import impossible_times
from holds.domain.review import Forum, Outcome, page_reference
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.gates import HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import is_own, own_hold
from holds.store.reviews import CourtReview, Document, ReviewVerification
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
    if not form.document:
        raise ReviewRefusedError("A court review needs its document; the file is empty.")
    if not form.docket_number.strip():
        raise ReviewRefusedError("A court review needs the docket number of the order.")
    page = page_reference(form.considered_page or "")
    if form.considered_page and page is None:
        raise ReviewRefusedError(
            "Give only the page on which the exposure was considered, like 7, 4-6 or AR-12; no other words."
        )
    person_id = own_hold(session, acting, hold_id).person_id
    _refuse_impossible(session, form, person_id)
    if session.get(HoldEnding, hold_id) is not None:
        raise ReviewRefusedError("This hold has ended; record the review for the hold it bears on.")
    key = vault.key(session, person_id)
    document_id, review_id = new_id(), new_id()
    digest = hashlib.sha256(form.document).digest()
    document = {
        "id": document_id,
        "person_id": person_id,
        "sha256": digest,
        "media_type": form.media_type,
        "file_name": vault.write_file(key, "document", form.document),
        "recorded_by": acting.id,
    }
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
        "document_id": document_id,
        "supersedes_id": form.supersedes_id,
        "recorded_by": acting.id,
    }
    session.execute(insert(Document), [document])
    session.execute(insert(CourtReview), [review])
    tell(
        session,
        acting,
        "review.recorded",
        review_id,
        person_id=person_id,
        codes={"forum": form.forum.value, "outcome": form.outcome.value, "document_sha256": digest.hex()},
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
        if theirs != person_id:
            raise ReviewRefusedError("The review that this one replaces is not one of this person.")


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
