"""From a verified review to the end of one hold: proposed, served, seven days, a second person."""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.reasons import sentence
from holds.domain.refusal import RefusedError
from holds.domain.release import Refusal, decide_ground, decide_release
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import is_own, own_hold
from holds.store.release_facts import exposure_services, overruled_by, proposal_facts, review_facts
from holds.store.reviews import CourtReview, ProposalService, ReleaseProposal


class ReleaseRefusedError(RefusedError):
    """The hold stays. `refusal` carries the reason codes, and when waiting alone would help."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(" ".join(map(sentence, refusal.reasons)))
        self.refusal = refusal


def propose_release(
    session: Session, *, acting: Acting, hold_id: uuid.UUID, review_id: uuid.UUID
) -> uuid.UUID | Refusal:
    """Announce the release of a hold on a verified review. A refused ground is in the ledger too."""
    require(acting, Verb.PROPOSE_RELEASE)
    hold = own_hold(session, acting, hold_id)
    review = session.get(CourtReview, review_id)
    if review is None or review.hold_id != hold_id:
        return Refusal(("review.of_another_hold",))
    if session.get(HoldEnding, hold_id) is not None:
        return Refusal(("hold.ended",))
    now = session.scalars(select(holdfast_now())).one()
    ground = decide_ground(review_facts(session, review), exposure_services(session, hold.person_id), now)
    if isinstance(ground, Refusal):
        tell(
            session,
            acting,
            "release.ground_refused",
            hold.id,
            person_id=hold.person_id,
            codes={"reasons": list(ground.reasons)},
        )
        return ground
    proposal_id = new_id()
    row = {
        "id": proposal_id,
        "hold_id": hold_id,
        "person_id": hold.person_id,
        "review_id": review_id,
        "proposed_by": acting.id,
    }
    session.execute(insert(ReleaseProposal), [row])
    tell(
        session,
        acting,
        "release.proposed",
        hold.id,
        person_id=hold.person_id,
        codes={"review": str(review_id), "proposal": str(proposal_id)},
    )
    return proposal_id


def serve_proposal(
    session: Session, *, acting: Acting, proposal_id: uuid.UUID, served_on: str, served_at: dt.datetime
) -> None:
    """The proposal reached the person or counsel. From the later of the two, seven full days run."""
    require(acting, Verb.RECORD_SERVICE)
    proposal = session.get(ReleaseProposal, proposal_id)
    now = session.scalars(select(holdfast_now())).one()
    if proposal is None or not is_own(session, acting, proposal.person_id):
        raise ReleaseRefusedError(Refusal(("release.not_proposed",)))
    if session.get(ProposalService, (proposal_id, served_on)) is not None:
        raise ReleaseRefusedError(Refusal(("release.served_already",)))
    if not proposal.proposed_at <= served_at <= now:
        raise ReleaseRefusedError(Refusal(("release.served_outside_its_time",)))
    row = {
        "proposal_id": proposal_id,
        "served_on": served_on,
        "served_at": served_at,
        "recorded_by": acting.id,
    }
    session.execute(insert(ProposalService), [row])
    tell(
        session,
        acting,
        "release.proposal_served",
        proposal.hold_id,
        person_id=proposal.person_id,
        codes={"on": served_on},
    )


def release_hold(session: Session, *, acting: Acting, hold_id: uuid.UUID) -> Refusal | None:
    """End one hold, or say why it stays. The refusal is in the ledger; the trigger checks once more."""
    require(acting, Verb.RELEASE_HOLD)
    hold = own_hold(session, acting, hold_id)
    epoch = lock_gates(session, [hold.person_id])[hold.person_id]
    proposal = session.scalars(
        select(ReleaseProposal)
        .where(ReleaseProposal.hold_id == hold_id)
        .order_by(ReleaseProposal.proposed_at.desc())
        .limit(1)
    ).one_or_none()
    refusal = _refusal(session, acting, hold, proposal)
    if refusal is not None or proposal is None:
        refusal = refusal or Refusal(("release.not_proposed",))
        tell(
            session,
            acting,
            "release.refused",
            hold.id,
            person_id=hold.person_id,
            codes={"reasons": list(refusal.reasons)},
        )
        return refusal
    row = {
        "hold_id": hold_id,
        "person_id": hold.person_id,
        "epoch": epoch + 1,
        "review_id": proposal.review_id,
        "proposal_id": proposal.id,
        "proposed_by": proposal.proposed_by,
        "ended_by": acting.id,
    }
    session.execute(insert(HoldEnding), [row])
    tell(
        session,
        acting,
        "hold.released",
        hold.id,
        person_id=hold.person_id,
        codes={"review": str(proposal.review_id), "epoch": epoch + 1},
    )
    return None


def _refusal(
    session: Session, acting: Acting, hold: Hold, proposal: ReleaseProposal | None
) -> Refusal | None:
    if session.get(HoldEnding, hold.id) is not None:
        return Refusal(("hold.ended",))
    if proposal is None:
        return Refusal(("release.not_proposed",))
    if proposal.proposed_by == acting.id:
        return Refusal(("release.second_person_needed",))
    if overruled_by(session, hold.id) & {proposal.proposed_by, acting.id}:
        return Refusal(("objection.third_person_needed",))
    review = session.get_one(CourtReview, proposal.review_id)
    decision = decide_release(
        review_facts(session, review),
        exposure_services(session, hold.person_id),
        proposal_facts(session, proposal, review.time_zone),
        session.scalars(select(holdfast_now())).one(),
    )
    return decision if isinstance(decision, Refusal) else None
