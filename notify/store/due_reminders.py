"""What is due because time went by: the first notice again while nobody was served, and the window's end."""

import datetime as dt
import uuid

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from holds.domain.window import PROMISED_DAYS
from holds.store.base import holdfast_now
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.held import blocking
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from holds.store.reviews import Service, ServiceDispute
from notify.domain.delivery import WAITING
from notify.domain.kinds import NoticeKind
from notify.store.deliveries import Delivery
from notify.store.due_moves import GIVEN
from notify.store.notices import Notice
from notify.store.rounds import LEFT, Cause
from notify.store.told_once import TELLS, covered_exposures

REMINDED_AFTER = dt.timedelta(days=14)
"""As long as nobody was served, the rights are told again so long after anything left, and again."""
WINDOW_NEARS = dt.timedelta(days=PROMISED_DAYS - 7)
WINDOW_OVER = dt.timedelta(days=PROMISED_DAYS + 1)
"""From proven service: when the end of the thirty days is near enough to be told, and when it is too late."""

_REMINDER = NoticeKind.RIGHTS_REMINDER.value
_SERVICE = "service.recorded"


def hold_is_on() -> ColumnElement[bool]:
    """SQL: the hold that came of an `Exposure` blocks."""
    return exists().where(Hold.id == Exposure.hold_id, blocking()).correlate(Exposure)


def unserved_people(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Whom something reached of an exposure's notice, or might have, and nobody served, for the next round.

    It needs that something left: whoever can be reached by no way is a human's task already. It ends with
    service, or with the hold.
    """
    now = session.scalars(select(holdfast_now())).one()
    told, any_of_it, given = aliased(Notice), aliased(Notice), aliased(Delivery)
    of_it = and_(
        any_of_it.cause_id == told.cause_id,
        any_of_it.recipient_id == told.recipient_id,
        any_of_it.kind.in_([*TELLS, _REMINDER]),
    )

    def some(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(of_it, given.notice_id == any_of_it.id, *conditions).correlate(told)

    lately = now - REMINDED_AFTER
    rounds = aliased(Notice)
    number = (
        select(func.coalesce(func.max(rounds.round), 0))
        .where(
            rounds.cause_id == told.cause_id,
            rounds.recipient_id == told.recipient_id,
            rounds.kind == _REMINDER,
        )
        .correlate(told)
        .scalar_subquery()
    )
    rows = session.execute(
        select(told.cause_id, told.person_id, told.exposure_id, number.label("number"))
        .join(Exposure, Exposure.id == told.exposure_id)
        .where(
            told.organisation_id == organisation_id,
            told.kind.in_(TELLS),
            told.round == 1,
            told.exposure_id.not_in(sorted(covered_exposures(session))),
            hold_is_on(),
            some(given.state.in_(LEFT)),
            ~some(given.state.in_([*GIVEN, *(state.value for state in WAITING)])),
            ~some(given.changed_at > lately),
            ~exists().where(of_it, any_of_it.planned_at > lately).correlate(told),
        )
        .order_by(told.id)
        .limit(limit)
    )
    return [
        Cause(
            row.cause_id,
            row.person_id,
            row.exposure_id,
            round=row.number + 1,
            kind=NoticeKind.RIGHTS_REMINDER,
        )
        for row in rows
        if row.exposure_id
    ]


def ending_windows(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Exposures whose thirty days end within the week, and whose hold is on; told once a service.

    The days run from the first proven service that nobody disputed.
    """
    now = session.scalars(select(holdfast_now())).one()
    earlier, dispute, planned = aliased(Service), aliased(ServiceDispute), aliased(Notice)
    counted = and_(earlier.proven, ~exists().where(dispute.service_id == earlier.id))
    rows = session.execute(
        select(LedgerRow.id, Service.person_id, Service.exposure_id)
        .join(Service, Service.id == LedgerRow.subject_id)
        .join(Exposure, Exposure.id == Service.exposure_id)
        .join(Person, Person.id == Service.person_id)
        .where(
            LedgerRow.verb == _SERVICE,
            Person.organisation_id == organisation_id,
            Service.proven,
            Service.served_at <= now - WINDOW_NEARS,
            Service.served_at > now - WINDOW_OVER,
            Service.exposure_id.not_in(sorted(covered_exposures(session))),
            hold_is_on(),
            ~exists().where(ServiceDispute.service_id == Service.id),
            ~exists()
            .where(
                earlier.exposure_id == Service.exposure_id,
                counted,
                or_(
                    earlier.served_at < Service.served_at,
                    # Of a slip that was entered twice, the first.
                    and_(earlier.served_at == Service.served_at, earlier.id < Service.id),
                ),
            )
            .correlate(Service),
            ~exists()
            .where(planned.cause_id == LedgerRow.id, planned.kind == NoticeKind.WINDOW_NOTICE.value)
            .correlate(LedgerRow),
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    return [Cause(row.id, row.person_id, row.exposure_id, kind=NoticeKind.WINDOW_NOTICE) for row in rows]
