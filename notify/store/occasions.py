"""What the notices of an event tell of it, and whether it still stands: both read when they are sent."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from holds.domain.closing import EndingKind
from holds.store.base import holdfast_now
from holds.store.exposures import Exposure, Incident
from holds.store.gates import HoldEnding
from holds.store.held import active_bases
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import one_records
from holds.store.places import Custody
from holds.store.reviews import (
    CourtReview,
    Objection,
    ObjectionAnswer,
    ReleaseProposal,
    Service,
    ServiceDispute,
)
from holds.store.transmissions import Transmission, waiting
from notify.domain.kinds import READER, NoticeKind, Reader
from notify.store.deliveries import Attempt, Delivery
from notify.store.due_moves import GIVEN, move
from notify.store.due_news import TOPIC_OF
from notify.store.due_reminders import WINDOW_OVER
from notify.store.notices import Notice
from notify.store.told_once import TELLS, further_exposures

K = NoticeKind


def occasions_of(session: Session, notices: Sequence[Notice]) -> dict[uuid.UUID, Mapping[str, Any]]:
    """Of each notice that tells more than its exposure the facts of its event, by notice id.

    Codes, references and times; names of courts, offices and incidents. Read from the ledger row that made
    the notice due, and from what that row is about.
    """
    causes = {
        row.id: row
        for row in session.scalars(
            select(LedgerRow).where(LedgerRow.id.in_({notice.cause_id for notice in notices}))
        )
    }
    about = _abouts(session, notices, causes)
    found: dict[uuid.UUID, Mapping[str, Any]] = {}
    for notice in notices:
        cause = causes[notice.cause_id]
        told = about.get(NoticeKind(notice.kind), {}).get(_key(notice, cause))
        if notice.kind == K.UPDATE.value:
            told = {"topic": TOPIC_OF[cause.verb], "at": cause.at}
        elif notice.kind == K.REMOVAL_ATTEMPT_ALERT.value:
            told = {"verb": cause.verb, "codes": cause.codes, "at": cause.at}
        elif notice.kind == K.CORRECTION.value and told is not None:
            told = {**told, "mistakes": list(cause.codes["mistakes"])}
        if told is not None:
            found[notice.id] = told
    return found


def _key(notice: Notice, cause: LedgerRow) -> uuid.UUID:
    if notice.kind == K.RELEASE_PROPOSED.value:
        return uuid.UUID(cause.codes["proposal"])
    # The exposure is what `exposure.recorded` is about.
    return cause.subject_id


def _abouts(
    session: Session, notices: Sequence[Notice], causes: Mapping[uuid.UUID, LedgerRow]
) -> dict[NoticeKind, dict[uuid.UUID, Mapping[str, Any]]]:
    keys: dict[NoticeKind, set[uuid.UUID]] = {}
    for notice in notices:
        keys.setdefault(NoticeKind(notice.kind), set()).add(_key(notice, causes[notice.cause_id]))
    readers = {
        K.WINDOW_NOTICE: _services,
        K.CUSTODY_CHANGE: _stretches,
        K.RETURN_ASSISTANCE: _stretches,
        K.RELEASE_PROPOSED: _proposals,
        K.CORRECTION: _corrected,
        K.FURTHER_DISCLOSURE: _earlier,
        K.HOLD_NOTICE: _transmissions,
    }
    return {kind: read(session, keys[kind]) for kind, read in readers.items() if kind in keys}


Facts = dict[uuid.UUID, Mapping[str, Any]]


def _services(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    rows = session.execute(select(Service.id, Service.served_at).where(Service.id.in_(ids)))
    return {row.id: {"served_at": row.served_at} for row in rows}


def _stretches(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    rows = session.execute(
        select(Custody.id, Custody.since, Custody.noted_at, move().label("what")).where(Custody.id.in_(ids))
    )
    return {row.id: {"move": row.what, "since": row.since, "noted_at": row.noted_at} for row in rows}


def _proposals(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    rows = session.execute(
        select(ReleaseProposal.id, ReleaseProposal.proposed_at, CourtReview)
        .join(CourtReview, CourtReview.id == ReleaseProposal.review_id)
        .where(ReleaseProposal.id.in_(ids))
    )
    return {
        row.id: {
            "proposed_at": row.proposed_at,
            "court": row.CourtReview.court,
            "decided_at": row.CourtReview.decided_at,
            "zone": row.CourtReview.time_zone,
        }
        for row in rows
    }


def _corrected(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    left = (
        select(func.max(Attempt.started_at))
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .where(Delivery.notice_id == Notice.id)
        .correlate(Notice)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Notice.id, Notice.reference, Notice.planned_at, left.label("left")).where(Notice.id.in_(ids))
    )
    return {row.id: {"reference": row.reference, "at": row.left or row.planned_at} for row in rows}


def _earlier(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    wanted = sorted(ids)
    before = further_exposures(session, wanted)
    names = {
        row.id: row.name
        for row in session.execute(
            select(Incident.id, Incident.name).where(Incident.id.in_(set(before.values())))
        )
    }
    rows = session.execute(
        select(Exposure.id, Incident.seen_by)
        .join(Incident, Incident.id == Exposure.incident_id)
        .where(Exposure.id.in_(wanted))
    )
    return {
        row.id: {"earlier": names[before[row.id]], "seen_by": row.seen_by} for row in rows if row.id in before
    }


def _transmissions(session: Session, ids: Iterable[uuid.UUID]) -> Facts:
    rows = session.scalars(select(Transmission).where(Transmission.id.in_(ids)))
    return {row.id: {"kind": row.kind, "office": row.office, "reference": row.reference} for row in rows}


def past_notices(session: Session, notices: Sequence[Notice]) -> set[uuid.UUID]:
    """Of these notices those whose occasion is over: what they would say is true no more, or nobody is there
    to be told. They are planned and sent no further."""
    causes = {
        row.id: row
        for row in session.scalars(
            select(LedgerRow).where(LedgerRow.id.in_({notice.cause_id for notice in notices}))
        )
    }
    of_kind: dict[NoticeKind, list[Notice]] = {}
    for notice in notices:
        of_kind.setdefault(NoticeKind(notice.kind), []).append(notice)

    def subjects(kind: NoticeKind) -> set[uuid.UUID]:
        return {_key(notice, causes[notice.cause_id]) for notice in of_kind.get(kind, ())}

    standing = (
        _open_windows(session, subjects(K.WINDOW_NOTICE))
        | _present(session, subjects(K.CUSTODY_CHANGE) | subjects(K.RETURN_ASSISTANCE))
        | open_proposals(session, subjects(K.RELEASE_PROPOSED))
        | set(
            session.scalars(
                select(Transmission.id).where(Transmission.id.in_(subjects(K.HOLD_NOTICE)), *waiting())
            )
        )
    )
    by_subject = (K.WINDOW_NOTICE, K.CUSTODY_CHANGE, K.RETURN_ASSISTANCE, K.RELEASE_PROPOSED, K.HOLD_NOTICE)
    past = {
        notice.id
        for kind in by_subject
        for notice in of_kind.get(kind, ())
        if _key(notice, causes[notice.cause_id]) not in standing
    }
    on_hold = [
        *of_kind.get(K.RIGHTS_REMINDER, ()),
        *of_kind.get(K.UPDATE, ()),
        *of_kind.get(K.WINDOW_NOTICE, ()),
        # These say that the hold is on; whoever has none any more must not rely on it.
        *of_kind.get(K.CUSTODY_CHANGE, ()),
        *of_kind.get(K.RETURN_ASSISTANCE, ()),
        *of_kind.get(K.CORRECTION, ()),
    ]
    if on_hold:
        held = active_bases(session, {notice.person_id for notice in on_hold})
        past |= {notice.id for notice in on_hold if not held.get(notice.person_id)}
    past |= _served(session, of_kind.get(K.RIGHTS_REMINDER, []))
    return past | _of_the_dead(session, [n for n in notices if READER[NoticeKind(n.kind)] is Reader.PERSON])


def _open_windows(session: Session, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    now: dt.datetime = session.scalars(select(holdfast_now())).one()
    return set(
        session.scalars(
            select(Service.id).where(
                Service.id.in_(ids),
                Service.served_at > now - WINDOW_OVER,
                ~exists().where(ServiceDispute.service_id == Service.id),
            )
        )
    )


def _present(session: Session, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    return set(session.scalars(select(Custody.id).where(Custody.id.in_(ids), Custody.until.is_(None))))


def open_proposals(session: Session, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Of these proposals those that may still end a hold: the newest of a hold that stands, and against which
    no objection was sustained."""
    newer = aliased(ReleaseProposal)
    sustained = (
        exists()
        .where(Objection.hold_id == ReleaseProposal.hold_id, ObjectionAnswer.objection_id == Objection.id)
        .where(ObjectionAnswer.sustained)
    )
    after = or_(
        newer.proposed_at > ReleaseProposal.proposed_at,
        and_(newer.proposed_at == ReleaseProposal.proposed_at, newer.id > ReleaseProposal.id),
    )
    return set(
        session.scalars(
            select(ReleaseProposal.id).where(
                ReleaseProposal.id.in_(ids),
                ~exists().where(HoldEnding.hold_id == ReleaseProposal.hold_id),
                ~exists().where(newer.hold_id == ReleaseProposal.hold_id, after),
                ~sustained,
            )
        )
    )


def _served(session: Session, reminders: Sequence[Notice]) -> set[uuid.UUID]:
    told = set(
        session.scalars(
            select(Notice.cause_id)
            .join(Delivery, Delivery.notice_id == Notice.id)
            .where(
                Notice.cause_id.in_({one.cause_id for one in reminders}),
                Notice.kind.in_(TELLS),
                Delivery.state.in_(GIVEN),
            )
        )
    )
    return {one.id for one in reminders if one.cause_id in told}


def _of_the_dead(session: Session, notices: Sequence[Notice]) -> set[uuid.UUID]:
    records = one_records(session, {notice.person_id for notice in notices})
    members = {member for record in records.values() for member in record.members}
    dead = set(
        session.scalars(
            select(HoldEnding.person_id).where(
                HoldEnding.person_id.in_(members), HoldEnding.kind == EndingKind.CLOSED_DECEASED.value
            )
        )
    )
    return {notice.id for notice in notices if records[notice.person_id].members & dead}
