"""Rounds of a notice: told again, under a reference of its own, because the person was moved meanwhile."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.places import Custody, Facility
from notify.domain.delivery import Carriage, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Whereabouts
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.notices import Notice

TOLD = [State.SERVED.value, State.ACKNOWLEDGED.value]
LEFT = [State.ACCEPTED.value, State.DELIVERED.value, State.RETURNED.value]


@dataclass(frozen=True)
class Cause:
    """A ledger row that makes a notice due: the exposure of a person, and to which counsel, if to one."""

    ledger_id: uuid.UUID
    person_id: uuid.UUID
    exposure_id: uuid.UUID
    counsel_id: uuid.UUID | None = None
    round: int = 1


def same_but_round(other: type[Notice]) -> ColumnElement[bool]:
    """`other` is the notice, or another round of it."""
    return and_(
        other.cause_id == Notice.cause_id,
        other.recipient_id == Notice.recipient_id,
        other.kind == Notice.kind,
    )


def newest_round() -> ColumnElement[bool]:
    """The notice has no later round."""
    later = aliased(Notice)
    return ~exists().where(same_but_round(later), later.round > Notice.round).correlate(Notice)


def served_in_any_round() -> ColumnElement[bool]:
    """Service is proven by the slip of one of its rounds."""
    one, given = aliased(Notice), aliased(Delivery)
    served = exists().where(same_but_round(one), given.notice_id == one.id, given.state.in_(TOLD))
    return served.correlate(Notice)


def moved_people(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Whose full letter left for one place while they are held at another by now, and was not served.

    Where a letter lies is told by the path under which it was spooled. Each is due in the next round; a
    person has one such round a letter, for only the newest is looked at.
    """
    later = aliased(Custody)
    superseded = exists().where(
        later.person_id == Custody.person_id,
        later.until.is_(None),
        or_(
            later.noted_at > Custody.noted_at,
            and_(later.noted_at == Custody.noted_at, later.id > Custody.id),
        ),
    )
    rows = session.execute(
        select(Notice.cause_id, Notice.person_id, Notice.exposure_id, Notice.round)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .join(Attempt, and_(Attempt.delivery_id == Delivery.id, Attempt.number == Delivery.attempts))
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Custody, Custody.person_id == Notice.person_id)
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(
            Notice.kind == NoticeKind.EXPOSURE_NOTICE.value,
            Notice.organisation_id == organisation_id,
            Delivery.carriage == Carriage.LETTER.value,
            Delivery.form == Form.FULL.value,
            Delivery.state.in_(LEFT),
            AttemptResult.outcome == "accepted",
            Custody.until.is_(None),
            Custody.status == Whereabouts.DETAINED.value,
            ~superseded.correlate(Custody),
            or_(Custody.facility_id.is_(None), _elsewhere()),
            newest_round(),
            ~served_in_any_round(),
        )
        .order_by(Notice.id)
        .limit(limit)
    )
    return [
        Cause(row.cause_id, row.person_id, row.exposure_id, round=row.round + 1)
        for row in rows
        if row.exposure_id
    ]


def _elsewhere() -> ColumnElement[bool]:
    """The letter is not in the folder of this facility: the SQL face of `Place.folder`."""
    id_alone = func.upper(func.substr(func.replace(cast(Facility.id, String), "-", ""), 1, 12))
    folder = func.coalesce(func.nullif(Facility.detloc, ""), literal("FACILITY-") + id_alone)
    begins = literal("letters/") + folder + literal("/")
    return func.substr(AttemptResult.reference, 1, func.length(begins)) != begins
