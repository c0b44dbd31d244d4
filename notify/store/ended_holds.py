"""Holds that somebody proposed to end, or that ended, and corrected notices: who was not told of it yet."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, exists, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.base import holdfast_now
from holds.store.exposures import Exposure
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from notify.domain.kinds import NoticeKind
from notify.store.due_moves import NEWS_DAYS
from notify.store.due_notices import counsel_told_of
from notify.store.notices import Notice
from notify.store.rounds import Cause

PROPOSED, RELEASED, CORRECTED = "release.proposed", "hold.released", "notice.corrected"
KIND_OF = {
    PROPOSED: NoticeKind.RELEASE_PROPOSED,
    RELEASED: NoticeKind.HOLD_RELEASED,
    CORRECTED: NoticeKind.CORRECTION,
}
Told = Row[uuid.UUID, str, uuid.UUID, uuid.UUID]
"""Ledger row, verb, person and exposure."""


def untold_endings(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Proposals, releases of an incident's hold and corrections of which the person was not told.

    Whoever is held by a stay alone learns its end from the court. Holds that were closed for another reason
    are not told of like this: some of them block for good, and the dead are written to no more.
    """
    made = aliased(Notice)
    planned = exists().where(made.cause_id == LedgerRow.id, made.counsel_id.is_(None))
    return [
        Cause(row.id, row.person_id, row.exposure_id, kind=KIND_OF[row.verb])
        for row in _endings(session, organisation_id, ~planned, limit=limit)
    ]


def uncopied_endings(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """The same for counsel in force, also for whoever appeared only after the person was told.

    A proposal concerns counsel as long as it is open, the others while they are news.
    """
    now = session.scalars(select(holdfast_now())).one()
    fresh = LedgerRow.at >= now - dt.timedelta(days=NEWS_DAYS)
    rows = _endings(session, organisation_id, or_(LedgerRow.verb == PROPOSED, fresh), limit=None)
    counsel = counsel_told_of(session, {row.person_id for row in rows})
    copied = {
        (cause_id, counsel_id)
        for cause_id, counsel_id in session.execute(
            select(Notice.cause_id, Notice.counsel_id).where(
                Notice.cause_id.in_([row.id for row in rows]), Notice.counsel_id.is_not(None)
            )
        )
    }
    return [
        Cause(row.id, row.person_id, row.exposure_id, counsel_id, kind=KIND_OF[row.verb])
        for row in rows
        for counsel_id in counsel.get(row.person_id, ())
        if (row.id, counsel_id) not in copied
    ][:limit]


def _endings(
    session: Session, organisation_id: uuid.UUID, condition: ColumnElement[bool], *, limit: int | None
) -> Sequence[Told]:
    over = exists().where(HoldEnding.hold_id == LedgerRow.subject_id)
    told = (
        select(LedgerRow.id, LedgerRow.verb, Person.id.label("person_id"), Exposure.id.label("exposure_id"))
        .join(Person, Person.id == LedgerRow.person_id)
        .where(Person.organisation_id == organisation_id, condition)
    )
    of_holds = told.join(Exposure, Exposure.hold_id == LedgerRow.subject_id).where(
        or_(LedgerRow.verb == RELEASED, (LedgerRow.verb == PROPOSED) & ~over)
    )
    of_notices = (
        told.join(Notice, Notice.id == LedgerRow.subject_id)
        .join(Exposure, Exposure.id == Notice.exposure_id)
        .where(LedgerRow.verb == CORRECTED)
    )
    # A hold has one incident; of several rows of a list about one person in it, the first is told.
    found: dict[uuid.UUID, Told] = {}
    for query in (of_holds, of_notices):
        for row in session.execute(query.order_by(LedgerRow.id, Exposure.id).limit(limit)):
            found.setdefault(row.id, row)
    return list(found.values())[:limit]
