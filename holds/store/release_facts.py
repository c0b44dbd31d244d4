"""Gathering what the release of a hold is decided on."""

import uuid
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from holds.domain.closing import EndingKind
from holds.domain.release import ExposureService, ProposalFacts, ReviewFacts
from holds.domain.review import Forum, Outcome
from holds.store.base import holdfast_now
from holds.store.exposures import Exposure, Incident
from holds.store.gates import HoldEnding
from holds.store.merged import members_of
from holds.store.places import Custody, Facility
from holds.store.representation import Appearance
from holds.store.reviews import (
    CourtReview,
    Objection,
    ObjectionAnswer,
    ProposalService,
    ReleaseProposal,
    ReviewVerification,
    Service,
    ServiceDispute,
)


def review_facts(session: Session, review: CourtReview) -> ReviewFacts:
    """The review as recorded, and whether it is verified and still the last word."""
    superseded = select(exists().where(CourtReview.supersedes_id == review.id))
    return ReviewFacts(
        forum=Forum(review.forum),
        outcome=Outcome(review.outcome),
        on_the_merits=review.on_the_merits,
        final=review.final,
        decided_at=review.decided_at,
        served_at=review.served_at,
        appeal_lies=review.appeal_lies,
        appeal_deadline=review.appeal_deadline,
        considered_page=review.considered_page,
        verified=session.get(ReviewVerification, review.id) is not None,
        superseded=bool(session.scalar(superseded)),
        entered_at=review.entered_at,
    )


def exposure_services(session: Session, person_id: uuid.UUID) -> tuple[ExposureService, ...]:
    """For every exposure of a person, when its notice was first proven to be served and not disputed.

    Exposures on every record that was merged with the person's are theirs.
    """
    members = list(members_of(session, person_id))
    disputed = exists().where(ServiceDispute.service_id == Service.id)
    first = (
        select(Service.exposure_id, func.min(Service.served_at).label("proven_at"))
        .where(Service.person_id.in_(members), Service.proven, ~disputed)
        .group_by(Service.exposure_id)
        .subquery()
    )
    rows = session.execute(
        select(Incident.name, Incident.occurred_at, first.c.proven_at)
        .join(Exposure, Exposure.incident_id == Incident.id)
        .outerjoin(first, first.c.exposure_id == Exposure.id)
        .where(Exposure.person_id.in_(members))
        .order_by(Incident.occurred_at)
    )
    return tuple(
        ExposureService(incident=name, occurred_at=occurred, proven_at=proven)
        for name, occurred, proven in rows
    )


def released_upon(session: Session, service: Service) -> tuple[uuid.UUID, ...]:
    """The released holds of the person's record whose court decided after this service of an exposure's
    notice, and after no other that is proven and not disputed: without it they would not have ended."""
    if not service.proven:
        return ()
    other = aliased(Service)
    disputed = exists().where(ServiceDispute.service_id == other.id)
    another = exists().where(
        other.exposure_id == service.exposure_id,
        other.id != service.id,
        other.proven,
        other.served_at < CourtReview.decided_at,
        ~disputed,
    )
    found = (
        select(HoldEnding.hold_id)
        .join(CourtReview, CourtReview.id == HoldEnding.review_id)
        .where(
            HoldEnding.person_id.in_(list(members_of(session, service.person_id))),
            HoldEnding.kind == EndingKind.RELEASED.value,
            CourtReview.decided_at > service.served_at,
            ~another,
        )
    )
    return tuple(session.scalars(found.order_by(HoldEnding.ended_at, HoldEnding.hold_id)))


def person_zone(session: Session, person_id: uuid.UUID) -> str | None:
    """The zone of the facility the person is in now, where both are known."""
    facility = session.scalars(
        select(Facility)
        .join(Custody, Custody.facility_id == Facility.id)
        .where(Custody.person_id.in_(list(members_of(session, person_id))), Custody.until.is_(None))
        .order_by(Custody.noted_at.desc())
        .limit(1)
    ).one_or_none()
    return facility.time_zone if facility else None


def overruled_by(session: Session, hold_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who overruled an objection to the end of this hold: none of them proposes it or carries it out."""
    who = (
        select(ObjectionAnswer.answered_by)
        .join(Objection, Objection.id == ObjectionAnswer.objection_id)
        .where(Objection.hold_id == hold_id, ObjectionAnswer.sustained.is_(False))
    )
    return frozenset(session.scalars(who))


def proposal_facts(session: Session, proposal: ReleaseProposal, court_zone: str) -> ProposalFacts:
    """Whom the proposal reached, whether someone represents the person, and what is still objected.

    Days are counted where the person is; where nobody knows that, where the court is.
    """
    served = dict(
        session.execute(
            select(ProposalService.served_on, ProposalService.served_at).where(
                ProposalService.proposal_id == proposal.id
            )
        ).all()
    )
    # As the trigger has it: a withdrawal that lies ahead leaves counsel in force until its day.
    today = session.scalars(select(holdfast_now())).one().date()
    represented = select(
        exists().where(
            Appearance.person_id.in_(list(members_of(session, proposal.person_id))),
            Appearance.verified_at.is_not(None),
            or_(Appearance.withdrawn_on.is_(None), Appearance.withdrawn_on > today),
        )
    )
    overruled = exists().where(
        ObjectionAnswer.objection_id == Objection.id, ObjectionAnswer.sustained.is_(False)
    )
    open_objections = select(func.count()).where(Objection.hold_id == proposal.hold_id, ~overruled)
    return ProposalFacts(
        served_on_person_at=served.get("person"),
        served_on_counsel_at=served.get("counsel"),
        represented=bool(session.scalar(represented)),
        zone=ZoneInfo(person_zone(session, proposal.person_id) or court_zone),
        open_objections=session.scalar(open_objections.select_from(Objection)) or 0,
    )
