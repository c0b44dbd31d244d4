"""Who was moved, let out, detained again or removed, as the custody line says, and was not told of it."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.base import holdfast_now
from holds.store.exposures import Exposure
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from holds.store.places import Custody
from notify.domain.delivery import State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Whereabouts
from notify.store.deliveries import Delivery
from notify.store.notices import Notice
from notify.store.rounds import Cause
from notify.store.told_once import TELLS, told_on_a_merged_record

CHANGED = "custody.changed"
NEWS_DAYS = 30
"""Older than this, a change is no news any more: the next letter tells where the person is."""
GIVEN = [State.SERVED.value, State.ACKNOWLEDGED.value]

LET_OUT, DETAINED_AGAIN, TRANSFERRED, REMOVED = "let_out", "detained_again", "transferred", "removed"


def move() -> ColumnElement[str | None]:
    """SQL of what became of somebody's custody at a `Custody` stretch, from the one before it; else NULL.

    Where nobody knows what was before, only a removal is news.
    """
    before = aliased(Custody)

    def followed(status: Whereabouts, *more: ColumnElement[bool]) -> ColumnElement[bool]:
        ended = and_(
            before.person_id == Custody.person_id,
            before.id != Custody.id,
            before.until == Custody.since,
            before.status == status.value,
            *more,
        )
        return exists().where(ended).correlate(Custody)

    elsewhere = func.coalesce(before.facility_id, before.place_match_id).is_distinct_from(
        func.coalesce(Custody.facility_id, Custody.place_match_id)
    )
    detained = Custody.status == Whereabouts.DETAINED.value
    return case(
        (Custody.status == Whereabouts.REMOVED.value, REMOVED),
        (
            and_(Custody.status == Whereabouts.RELEASED.value, followed(Whereabouts.DETAINED)),
            LET_OUT,
        ),
        (and_(detained, followed(Whereabouts.RELEASED)), DETAINED_AGAIN),
        (and_(detained, followed(Whereabouts.DETAINED, elsewhere)), TRANSFERRED),
        else_=null(),
    )


def untold_moves(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """The last change of custody of each person who was not told of it, oldest first.

    Whoever has not been served yet learns of a transfer from a further round of the first letter, which goes
    after them; a removal is told whenever it was.
    """
    now = session.scalars(select(holdfast_now())).one()
    planned = exists().where(Notice.cause_id == LedgerRow.id)
    # Merged records are one person's: a custody file names another of them than the first letter did.
    told = or_(
        exists().where(Notice.person_id == LedgerRow.person_id, Notice.kind.in_(TELLS)),
        LedgerRow.person_id.in_(told_on_a_merged_record(session)),
    )
    served = or_(
        exists().where(
            Notice.person_id == LedgerRow.person_id,
            Notice.kind.in_(TELLS),
            Delivery.notice_id == Notice.id,
            Delivery.state.in_(GIVEN),
        ),
        LedgerRow.person_id.in_(told_on_a_merged_record(session, GIVEN)),
    )
    what = move()
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, what.label("what"))
        .join(Custody, Custody.id == LedgerRow.subject_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(
            LedgerRow.verb == CHANGED,
            Person.organisation_id == organisation_id,
            Custody.until.is_(None),
            ~planned,
            or_(
                and_(what == REMOVED, told),
                and_(
                    LedgerRow.at >= now - dt.timedelta(days=NEWS_DAYS),
                    or_(and_(what == LET_OUT, told), and_(what.in_([DETAINED_AGAIN, TRANSFERRED]), served)),
                ),
            ),
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    ).all()
    exposures = latest_exposures(session, {row.person_id for row in rows if row.person_id})
    return [
        Cause(
            row.id,
            row.person_id,
            exposures[row.person_id],
            kind=NoticeKind.RETURN_ASSISTANCE if row.what == REMOVED else NoticeKind.CUSTODY_CHANGE,
        )
        for row in rows
        if row.person_id in exposures
    ]


def latest_exposures(session: Session, people: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The exposure recorded last, of each person."""
    rows = session.execute(
        select(Exposure.person_id, Exposure.id)
        .where(Exposure.person_id.in_(sorted(people)))
        .order_by(Exposure.created_at, Exposure.id)
    )
    return {row.person_id: row.id for row in rows}
