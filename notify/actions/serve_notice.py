"""Recording that a notice was given, from its slip: service of every exposure that the notice covers."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.record_service import record_service
from holds.actions.release_hold import serve_proposal
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.refusal import RefusedError
from holds.domain.service import ActOfService, missing_for_proof
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from holds.store.vault import Vault
from notify.domain.delivery import TRANSITIONS, Carriage, Form, State, move
from notify.domain.kinds import SERVED, NoticeKind
from notify.domain.plan import TaskKind
from notify.store.deliveries import Delivery
from notify.store.notices import Notice
from notify.store.rounds import newest_round
from notify.store.told_once import TELLS, same_telling

SLIPS = frozenset(kind.value for kind in SERVED)


class ServiceOfNoticeError(RefusedError):
    """The slip names no notice that can be served; the message says why."""


@dataclass(frozen=True)
class Served:
    """What was recorded. `missing`: codes of what keeps it from being proven; empty when it is proven.
    `service_id`: the service of the exposure; None of another notice, which starts no clock of its own."""

    service_id: uuid.UUID | None
    missing: tuple[str, ...]


def serve_notice(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    reference: str,
    act: ActOfService,
    served_at: dt.datetime,
) -> Served:
    """Record the slip of the notice with this reference. Only proven service moves a delivery to `served`.

    A slip that proves nothing is recorded as well, and somebody gets the task to serve again.
    """
    require(acting, Verb.RECORD_SERVICE)
    notice = session.scalar(
        select(Notice).where(
            Notice.reference == reference.strip().upper(), Notice.organisation_id == acting.organisation_id
        )
    )
    if notice is None:
        raise ServiceOfNoticeError(f"There is no notice {reference}; look at the reference on its slip.")
    if notice.kind not in SLIPS or notice.counsel_id or notice.exposure_id is None:
        raise ServiceOfNoticeError("Only the person's own notice is served with a slip.")
    if served_at < notice.planned_at:
        raise ServiceOfNoticeError("A notice cannot have been served before it was planned; check the date.")
    if notice.kind not in TELLS:
        return _other_served(session, acting, notice, act, served_at)
    # The incident may stand on several records that were merged: the person was told of it once, and of all.
    told = same_telling(session, notice.exposure_id, notice.person_id)
    service_id, *_ = [
        record_service(
            session,
            vault,
            acting=acting,
            person_id=exposure.person_id,
            exposure_id=exposure.id,
            act=act,
            served_at=served_at,
            notice_id=notice.id,
        )
        for exposure in told
    ]
    missing = missing_for_proof(act)
    if missing:
        doubt = NewTask(
            kind=TaskKind.SERVICE_NOT_PROVEN.value,
            subject_id=service_id,
            person_id=notice.person_id,
            detail="+".join(missing),
            evidence={"notice": str(notice.id), "outcome": act.outcome},
        )
        raise_tasks(session, acting, [doubt])
    else:
        delivery_id = _move_or_add(session, notice)
        _withdraw_unsent(session, notice)
        for twin in _twins(session, notice, [exposure.id for exposure in told]):
            _move_or_add(session, twin)
            _withdraw_unsent(session, twin)
        codes = {"notice": str(notice.id), "service": str(service_id)}
        tell(session, acting, "delivery.served", delivery_id, person_id=notice.person_id, codes=codes)
    return Served(service_id, missing)


def _other_served(
    session: Session, acting: Acting, notice: Notice, act: ActOfService, served_at: dt.datetime
) -> Served:
    """The slip of a proposal or a correction. From a proposal's the seven days to object are counted, and the
    record refuses a second one; neither is the service of an exposure."""
    missing = missing_for_proof(act)
    if missing:
        doubt = NewTask(
            kind=TaskKind.SERVICE_NOT_PROVEN.value,
            subject_id=notice.id,
            person_id=notice.person_id,
            detail="+".join(missing),
            evidence={"notice": str(notice.id), "outcome": act.outcome},
        )
        raise_tasks(session, acting, [doubt])
        return Served(None, missing)
    if notice.kind == NoticeKind.RELEASE_PROPOSED.value:
        cause = session.get_one(LedgerRow, notice.cause_id)
        proposal_id = uuid.UUID(cause.codes["proposal"])
        serve_proposal(
            session, acting=acting, proposal_id=proposal_id, served_on="person", served_at=served_at
        )
    delivery_id = _move_or_add(session, notice)
    _withdraw_unsent(session, notice)
    codes = {"notice": str(notice.id)}
    tell(session, acting, "delivery.served", delivery_id, person_id=notice.person_id, codes=codes)
    return Served(None, ())


def _move_or_add(session: Session, notice: Notice) -> uuid.UUID:
    """The full letter that was handed over; else the notice was given by voice: a delivery of its own."""
    rows = session.scalars(
        select(Delivery)
        .where(Delivery.notice_id == notice.id, Delivery.form == Form.FULL.value)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    done = [row for row in rows if row.state in (State.SERVED.value, State.ACKNOWLEDGED.value)]
    if done:
        return done[0].id
    for row in rows:
        if State.SERVED in TRANSITIONS[State(row.state)]:
            session.execute(
                update(Delivery)
                .where(Delivery.id == row.id)
                .values(state=move(row.state, State.SERVED).value, changed_at=holdfast_now())
            )
            return row.id
    delivery_id = new_id()
    given = {
        "id": delivery_id,
        "notice_id": notice.id,
        "person_id": notice.person_id,
        "carriage": Carriage.IN_PERSON.value,
        "form": Form.FULL.value,
        "state": State.SERVED.value,
    }
    session.execute(insert(Delivery), [given])
    return delivery_id


def _twins(session: Session, notice: Notice, exposure_ids: list[uuid.UUID]) -> Sequence[Notice]:
    """Notices of the same incident that were planned for another record before the two were merged."""
    return session.scalars(
        select(Notice).where(
            Notice.exposure_id.in_(exposure_ids),
            # What is a first disclosure on one record may be a further one on the other.
            Notice.kind.in_(TELLS) if notice.kind in TELLS else Notice.kind == notice.kind,
            Notice.cause_id != notice.cause_id,
            newest_round(),
        )
    ).all()


def _withdraw_unsent(session: Session, notice: Notice) -> None:
    """Who has been told gets nothing more of what has not left yet, of this round or another."""
    rounds = select(Notice.id).where(
        Notice.cause_id == notice.cause_id,
        Notice.recipient_id == notice.recipient_id,
        Notice.kind == notice.kind,
    )
    for state in (State.PLANNED, State.APPROVED, State.QUEUED):
        session.execute(
            update(Delivery)
            .where(Delivery.notice_id.in_(rounds), Delivery.state == state.value)
            .values(state=move(state.value, State.SUPERSEDED).value, changed_at=holdfast_now())
        )
