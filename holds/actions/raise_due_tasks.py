"""Tasks that time raises: a stay whose order expired, a promise window at its thirtieth day. Ends nothing."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.domain.window import PROMISED_DAYS, promised_until
from holds.store.base import holdfast_now
from holds.store.closing_facts import LATEST_ZONE
from holds.store.exposures import Exposure
from holds.store.gates import Gate, Hold
from holds.store.held import blocking
from holds.store.merged import one_records
from holds.store.people import Person, Task
from holds.store.release_facts import person_zone
from holds.store.reviews import Service, ServiceDispute
from holds.store.stays import Stay

STAY_EXPIRED, PROMISE_WINDOW_OVER = "stay_expired", "promise_window_over"


def raise_due_tasks(session: Session, *, acting: Acting) -> int:
    """Raise what has come due since the last time, each once; how many are new. No hold is touched."""
    require(acting, Verb.RAISE_TASKS)
    now = session.scalars(select(holdfast_now())).one()
    due = [*_expired_stays(session, acting, now), *_promise_windows(session, acting, now)]
    return raise_tasks(session, acting, due)


def _expired_stays(session: Session, acting: Acting, now: dt.datetime) -> Iterator[NewTask]:
    raised = exists().where(Task.kind == STAY_EXPIRED, Task.subject_id == Stay.hold_id)
    rows = session.execute(
        select(Stay.hold_id, Stay.person_id)
        .join(Hold, Hold.id == Stay.hold_id)
        .where(Stay.expires_at <= now, blocking(), ~raised, Hold.organisation_id == acting.organisation_id)
        .order_by(Stay.expires_at)
    )
    for hold_id, person_id in rows:
        yield NewTask(kind=STAY_EXPIRED, subject_id=hold_id, person_id=person_id)


@dataclass(frozen=True)
class _Told:
    """When the notice of one exposure was first proven to be served."""

    exposure_id: uuid.UUID
    person_id: uuid.UUID
    incident_id: uuid.UUID
    served_at: dt.datetime


def _promise_windows(session: Session, acting: Acting, now: dt.datetime) -> Iterator[NewTask]:
    """Of each person and incident, thirty days after the notice was first proven to be served, undisputed.

    Records that were merged are one person: told of an incident on one of them, they are told, and it is
    raised once; a hold on any of them holds.
    """
    found = _told(session, acting, now)
    records = one_records(session, sorted({told.person_id for told in found}))
    windows: dict[tuple[uuid.UUID, uuid.UUID], _Told] = {}
    for told in found:
        windows.setdefault((records[told.person_id].root, told.incident_id), told)
    zones: dict[uuid.UUID, ZoneInfo] = {}
    for (root, incident_id), told in windows.items():
        members = records[told.person_id].members
        if len(members) > 1 and not _due_for_all(session, members, incident_id):
            continue
        zone = zones.setdefault(root, ZoneInfo(person_zone(session, root) or LATEST_ZONE))
        yield NewTask(
            kind=PROMISE_WINDOW_OVER,
            subject_id=told.exposure_id,
            person_id=told.person_id,
            evidence={
                "served_at": told.served_at.isoformat(),
                "until": promised_until(told.served_at, zone).isoformat(),
            },
        )


def _told(session: Session, acting: Acting, now: dt.datetime) -> list[_Told]:
    """The earliest first. Of merged records also those that nothing of their own holds."""
    disputed = exists().where(ServiceDispute.service_id == Service.id)
    raised = exists().where(Task.kind == PROMISE_WINDOW_OVER, Task.subject_id == Service.exposure_id)
    held = exists().where(Hold.person_id == Service.person_id, blocking())
    of_it = or_(Gate.person_id == Service.person_id, Gate.merged_into == Service.person_id)
    merged = exists().where(Gate.merged_into.is_not(None), of_it)
    served = func.min(Service.served_at)
    rows = session.execute(
        select(Service.exposure_id, Service.person_id, Exposure.incident_id, served)
        .join(Exposure, Exposure.id == Service.exposure_id)
        .join(Person, Person.id == Service.person_id)
        .where(
            Service.proven,
            ~disputed,
            ~raised,
            or_(held, merged),
            Person.organisation_id == acting.organisation_id,
        )
        .group_by(Service.exposure_id, Service.person_id, Exposure.incident_id)
        .having(served <= now - dt.timedelta(days=PROMISED_DAYS))
        .order_by(served, Service.exposure_id)
    )
    return [_Told(*row) for row in rows]


def _due_for_all(session: Session, members: Collection[uuid.UUID], incident_id: uuid.UUID) -> bool:
    """Whether any of the records holds the person, and it was raised for none of them."""
    theirs = (Exposure.person_id.in_(sorted(members)), Exposure.incident_id == incident_id)
    raised = (
        select(Task.id)
        .join(Exposure, Exposure.id == Task.subject_id)
        .where(Task.kind == PROMISE_WINDOW_OVER, *theirs)
    )
    held = select(Hold.id).where(Hold.person_id.in_(sorted(members)), blocking())
    return session.scalar(raised.limit(1)) is None and session.scalar(held.limit(1)) is not None
