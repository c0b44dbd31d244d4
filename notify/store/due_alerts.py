"""In writing after the alarm: holds that an office let wait, and removals of which counsel was alarmed."""

import datetime as dt
import uuid

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from holds.domain.transmission import Rung
from holds.store.base import holdfast_now
from holds.store.ledger_rows import LedgerRow
from holds.store.transmissions import Transmission, waiting
from notify.domain.alarm import CANDIDATE, UNACKNOWLEDGED, AlarmKind
from notify.domain.kinds import NoticeKind
from notify.store.alarms import Alarm
from notify.store.due_moves import latest_exposures
from notify.store.notices import Notice
from notify.store.rounds import Cause

ALERT_DAYS = dt.timedelta(days=7)


def unconfirmed_holds(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Holds on the first rung of the ladder: the office was sent them, and told again, and nobody confirmed.

    The screen and the alarm come first; paper is for whoever reads neither.
    """
    made = aliased(Notice)
    planned = exists().where(made.cause_id == LedgerRow.id, made.kind == NoticeKind.HOLD_NOTICE.value)
    rows = session.execute(
        select(LedgerRow.id, Transmission.person_id)
        .join(Transmission, Transmission.id == LedgerRow.subject_id)
        .where(
            LedgerRow.verb == UNACKNOWLEDGED,
            LedgerRow.codes["rung"].as_string() == Rung.ADDRESSEE_AGAIN.value,
            Transmission.organisation_id == organisation_id,
            *waiting(),
            ~planned,
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    ).all()
    exposures = latest_exposures(session, {row.person_id for row in rows})
    return [
        Cause(row.id, row.person_id, exposures[row.person_id], kind=NoticeKind.HOLD_NOTICE)
        for row in rows
        if row.person_id in exposures
    ]


def alarmed_counsel(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Alarms to counsel about a client of theirs, who has it in writing as well; so each as seldom as alarms.

    Of somebody who only may have been meant nothing is written: nobody has judged who it was.
    """
    now = session.scalars(select(holdfast_now())).one()
    made = aliased(Notice)
    planned = exists().where(
        made.cause_id == Alarm.cause_id,
        made.counsel_id == Alarm.recipient_id,
        made.kind == NoticeKind.REMOVAL_ATTEMPT_ALERT.value,
    )
    rows = session.execute(
        select(Alarm.cause_id, Alarm.person_id, Alarm.recipient_id)
        .join(LedgerRow, LedgerRow.id == Alarm.cause_id)
        .where(
            Alarm.kind == AlarmKind.COUNSEL.value,
            Alarm.organisation_id == organisation_id,
            Alarm.person_id.is_not(None),
            LedgerRow.verb != CANDIDATE,
            LedgerRow.at >= now - ALERT_DAYS,
            ~planned,
        )
        .order_by(Alarm.id)
        .limit(limit)
    ).all()
    exposures = latest_exposures(session, {row.person_id for row in rows if row.person_id})
    return [
        Cause(
            row.cause_id,
            row.person_id,
            exposures[row.person_id],
            row.recipient_id,
            kind=NoticeKind.REMOVAL_ATTEMPT_ALERT,
        )
        for row in rows
        if row.person_id in exposures
    ]
