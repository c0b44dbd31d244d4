"""Gathering what the closing of a hold is decided on, and the hold's legal state."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from holds.domain.closing import ClosingFacts, EndingKind
from holds.domain.hold import STAY_BASES, Basis, HoldState, hold_state, may_follow
from holds.store.base import holdfast_now
from holds.store.closings import ChoiceRevocation, ChoiceStatement, Closing, ClosingService
from holds.store.gates import Hold, HoldEnding
from holds.store.merged import members_of
from holds.store.release_facts import person_zone, review_facts
from holds.store.representation import Appearance
from holds.store.reviews import CourtReview, Objection, ObjectionAnswer, ReleaseProposal
from holds.store.stays import HoldVerification, Stay
from holds.store.violations import ViolatedHold

LATEST_ZONE = "Pacific/Honolulu"
"""Where nobody knows where the person is: the zone of the United States in which days end last."""


def state_of(session: Session, hold_id: uuid.UUID) -> HoldState:
    """The legal state of a hold, from what is on record."""

    def there(condition: ColumnElement[bool]) -> bool:
        return bool(session.scalar(select(exists().where(condition))))

    ended = session.get(HoldEnding, hold_id)
    return hold_state(
        ended=EndingKind(ended.kind) if ended else None,
        proposed=there(ReleaseProposal.hold_id == hold_id),
        review_recorded=there(CourtReview.hold_id == hold_id),
        violated=there(ViolatedHold.hold_id == hold_id),
    )


def closing_facts(session: Session, closing: Closing) -> ClosingFacts:
    """What is on record for a proposed closing, as `decide_closing` takes it."""
    told = dict(
        session.execute(
            select(ClosingService.served_on, ClosingService.served_at).where(
                ClosingService.closing_id == closing.id
            )
        ).all()
    )
    # As the trigger has it: a withdrawal that lies ahead leaves counsel in force until its day.
    today = session.scalars(select(holdfast_now())).one().date()
    represented = select(
        exists().where(
            Appearance.person_id.in_(list(members_of(session, closing.person_id))),
            Appearance.verified_at.is_not(None),
            or_(Appearance.withdrawn_on.is_(None), Appearance.withdrawn_on > today),
        )
    )
    overruled = exists().where(
        ObjectionAnswer.objection_id == Objection.id, ObjectionAnswer.sustained.is_(False)
    )
    objections = select(func.count()).where(Objection.hold_id == closing.hold_id, ~overruled)
    review = session.get(CourtReview, closing.review_id) if closing.review_id else None
    kind, hold = EndingKind(closing.kind), session.get_one(Hold, closing.hold_id)
    return ClosingFacts(
        kind=kind,
        placed_at=hold.placed_at,
        may_follow=may_follow(state_of(session, closing.hold_id), HoldState(kind.value)),
        rejectable=Basis(hold.basis) in STAY_BASES
        and session.get(Stay, closing.hold_id) is not None
        and session.get(HoldVerification, closing.hold_id) is None,
        review=review_facts(session, review) if review else None,
        with_document=closing.document_id is not None,
        told=told,
        represented=bool(session.scalar(represented)),
        zone=ZoneInfo(person_zone(session, closing.person_id) or LATEST_ZONE),
        open_objections=session.scalar(objections.select_from(Objection)) or 0,
        statements=_statements(session, closing.person_id),
    )


def _statements(session: Session, person_id: uuid.UUID) -> tuple[dt.datetime, ...]:
    """When the person soundly said that they choose to leave, and did not take it back since."""
    revoked = exists().where(
        ChoiceRevocation.person_id.in_(list(members_of(session, person_id))),
        or_(
            ChoiceRevocation.revoked_at >= ChoiceStatement.stated_at,
            ChoiceRevocation.recorded_at >= ChoiceStatement.recorded_at,
        ),
    )
    return tuple(
        session.scalars(
            select(ChoiceStatement.stated_at)
            .where(ChoiceStatement.person_id == person_id, ChoiceStatement.sound, ~revoked)
            .order_by(ChoiceStatement.stated_at)
        )
    )
