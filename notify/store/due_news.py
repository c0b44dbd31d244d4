"""News of a hold that goes on: what the ledger tells of it, and which of it the person was not told."""

import datetime as dt
import uuid

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from holds.store.base import holdfast_now
from holds.store.gates import Hold
from holds.store.held import blocking
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from notify.domain.kinds import NoticeKind
from notify.store.due_moves import NEWS_DAYS, latest_exposures
from notify.store.notices import Notice
from notify.store.rounds import Cause
from notify.store.told_once import TELLS, told_on_a_merged_record

OBJECTION, ANSWER = "objection.recorded", "objection.answered"
VERIFIED, PLACED = "review.verified", "hold.placed"
TOPIC_OF = {
    OBJECTION: "objection_received",
    ANSWER: "proposal_withdrawn",
    VERIFIED: "decision_recorded",
    PLACED: "another_hold",
}
"""What each verb is told as; codes of `notify.content.particulars.Topic`."""


def untold_news(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """News of the last weeks about people who were told of their exposure, and are still held.

    An answer is news where it keeps the hold, and a further hold where it is not the one of an incident, of
    which a notice of its own tells.
    """
    now = session.scalars(select(holdfast_now())).one()
    planned = exists().where(Notice.cause_id == LedgerRow.id, Notice.kind == NoticeKind.UPDATE.value)
    told = or_(
        exists().where(Notice.person_id == LedgerRow.person_id, Notice.kind.in_(TELLS)),
        LedgerRow.person_id.in_(told_on_a_merged_record(session)),
    )
    held = exists().where(Hold.person_id == LedgerRow.person_id, blocking())
    codes = LedgerRow.codes
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(
            or_(
                LedgerRow.verb.in_([OBJECTION, VERIFIED]),
                and_(LedgerRow.verb == ANSWER, codes["sustained"].as_boolean()),
                and_(LedgerRow.verb == PLACED, codes["basis"].as_string() != "incident"),
            ),
            LedgerRow.at >= now - dt.timedelta(days=NEWS_DAYS),
            Person.organisation_id == organisation_id,
            ~planned,
            told,
            held,
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    ).all()
    exposures = latest_exposures(session, {row.person_id for row in rows if row.person_id})
    return [
        Cause(row.id, row.person_id, exposures[row.person_id], kind=NoticeKind.UPDATE)
        for row in rows
        if row.person_id in exposures
    ]
