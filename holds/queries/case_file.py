"""A person's holds, and the court reviews, proposals and objections that bear on them."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from holds.domain.closing import EndingKind
from holds.domain.hold import hold_state
from holds.domain.release import (
    ExposureService,
    Refusal,
    ReviewFacts,
    decide_ground,
    decide_release,
    objections_until,
)
from holds.queries.person_view import HoldLine, ObjectionLine, ProposalLine, ReviewLine
from holds.store.exposures import Incident
from holds.store.gates import Hold, HoldEnding
from holds.store.merged import same_person
from holds.store.release_facts import proposal_facts, review_facts
from holds.store.reviews import CourtReview, Objection, ObjectionAnswer, ReleaseProposal, ReviewVerification
from holds.store.sealing import OwnerKey
from holds.store.staff import Actor
from holds.store.vault import Vault, open_json
from holds.store.violations import ViolatedHold


def holds_of(session: Session, vault: Vault, person_id: uuid.UUID, *, shown: bool) -> tuple[HoldLine, ...]:
    """Every hold ever placed, the earliest first. What one cites may name the person: only where shown."""
    placer, ender = aliased(Actor), aliased(Actor)
    proposed = set(
        session.scalars(
            select(ReleaseProposal.hold_id).where(
                ReleaseProposal.person_id.in_(same_person(session, person_id))
            )
        )
    )
    violated = set(
        session.scalars(
            select(ViolatedHold.hold_id).where(ViolatedHold.person_id.in_(same_person(session, person_id)))
        )
    )
    reviewed = set(
        session.scalars(
            select(CourtReview.hold_id).where(CourtReview.person_id.in_(same_person(session, person_id)))
        )
    )
    rows = session.execute(
        select(
            Hold,
            Incident.name,
            placer.display_name,
            HoldEnding.ended_at,
            HoldEnding.kind,
            ender.display_name.label("ender"),
        )
        .join(placer, placer.id == Hold.placed_by)
        .outerjoin(Incident, Incident.id == Hold.incident_id)
        .outerjoin(HoldEnding, HoldEnding.hold_id == Hold.id)
        .outerjoin(ender, ender.id == HoldEnding.ended_by)
        .where(Hold.person_id.in_(same_person(session, person_id)))
        .order_by(Hold.placed_at, Hold.id)
    )
    keys = vault.keys(session, same_person(session, person_id)) if shown else {}
    return tuple(
        HoldLine(
            hold_id=hold.id,
            reference=hold.reference,
            basis=hold.basis,
            grounds=incident or _cited(keys.get(hold.person_id), hold),
            state=hold_state(
                ended=EndingKind(kind) if kind else None,
                proposed=hold.id in proposed,
                review_recorded=hold.id in reviewed,
                violated=hold.id in violated,
            ),
            placed_at=hold.placed_at,
            placed_by=placed_by,
            ended_at=ended_at,
            ended_by=ended_by,
        )
        for hold, incident, placed_by, ended_at, kind, ended_by in rows
    )


def _cited(key: OwnerKey | None, hold: Hold) -> str:
    if key is None or hold.sealed_cites is None:
        return ""
    return str(open_json(key, "hold", "sealed_cites", hold.id, hold.sealed_cites))


def reviews_of(
    session: Session, person_id: uuid.UUID, services: tuple[ExposureService, ...], now: dt.datetime
) -> tuple[tuple[ReviewLine, ...], dict[uuid.UUID, ReviewFacts]]:
    """Court reviews as recorded, each with why it cannot release its hold now; and their facts by id."""
    recorder, verifier = aliased(Actor), aliased(Actor)
    rows = session.execute(
        select(
            CourtReview,
            recorder.display_name,
            ReviewVerification.verified_at,
            verifier.display_name.label("verifier"),
        )
        .join(recorder, recorder.id == CourtReview.recorded_by)
        .outerjoin(ReviewVerification, ReviewVerification.review_id == CourtReview.id)
        .outerjoin(verifier, verifier.id == ReviewVerification.verified_by)
        .where(CourtReview.person_id.in_(same_person(session, person_id)))
        .order_by(CourtReview.recorded_at, CourtReview.id)
    ).all()
    facts = {row[0].id: review_facts(session, row[0]) for row in rows}
    lines = []
    for review, recorded_by, verified_at, verified_by in rows:
        ground = decide_ground(facts[review.id], services, now)
        lines.append(
            ReviewLine(
                reference=review.reference,
                hold_id=review.hold_id,
                forum=review.forum,
                court=review.court,
                outcome=review.outcome,
                decided_at=review.decided_at,
                recorded_at=review.recorded_at,
                recorded_by=recorded_by,
                verified_at=verified_at,
                verified_by=verified_by,
                considered_page=review.considered_page,
                superseded=facts[review.id].superseded,
                refused_for=ground.reasons if isinstance(ground, Refusal) else (),
            )
        )
    return tuple(lines), facts


def proposals_of(
    session: Session,
    person_id: uuid.UUID,
    services: tuple[ExposureService, ...],
    reviews: dict[uuid.UUID, ReviewFacts],
    now: dt.datetime,
) -> tuple[ProposalLine, ...]:
    """Proposed releases, the first first, each with why its hold does not end now."""
    rows = session.execute(
        select(ReleaseProposal, CourtReview.reference, CourtReview.time_zone, Actor.display_name)
        .join(CourtReview, CourtReview.id == ReleaseProposal.review_id)
        .join(Actor, Actor.id == ReleaseProposal.proposed_by)
        .where(ReleaseProposal.person_id.in_(same_person(session, person_id)))
        .order_by(ReleaseProposal.proposed_at, ReleaseProposal.id)
    ).all()
    lines = []
    for proposal, review, zone, proposed_by in rows:
        facts = proposal_facts(session, proposal, zone)
        decision = decide_release(reviews[proposal.review_id], services, facts, now)
        served = [t for t in (facts.served_on_person_at, facts.served_on_counsel_at) if t is not None]
        lines.append(
            ProposalLine(
                hold_id=proposal.hold_id,
                review=review,
                proposed_by=proposed_by,
                proposed_at=proposal.proposed_at,
                served_on_person_at=facts.served_on_person_at,
                served_on_counsel_at=facts.served_on_counsel_at,
                open_until=max((objections_until(t, facts.zone) for t in served), default=None),
                refused_for=decision.reasons if isinstance(decision, Refusal) else (),
            )
        )
    return tuple(lines)


def objections_of(session: Session, person_id: uuid.UUID) -> tuple[ObjectionLine, ...]:
    """Objections, the first first."""
    rows = session.execute(
        select(Objection, ObjectionAnswer.answered_at, ObjectionAnswer.sustained)
        .outerjoin(ObjectionAnswer, ObjectionAnswer.objection_id == Objection.id)
        .where(Objection.person_id.in_(same_person(session, person_id)))
        .order_by(Objection.received_at, Objection.id)
    )
    return tuple(
        ObjectionLine(
            reference=objection.reference,
            hold_id=objection.hold_id,
            objector=objection.objector,
            received_at=objection.received_at,
            answered_at=answered_at,
            sustained=sustained,
        )
        for objection, answered_at, sustained in rows
    )
