"""Tasks that time raises: a stay whose order expired, a promise window at its thirtieth day. Ends nothing."""

import datetime as dt
import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from holds.actions.tasks import Doubt, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.domain.window import PROMISED_DAYS, promised_until
from holds.store.base import holdfast_now
from holds.store.closing_facts import LATEST_ZONE
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.held import blocking
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


def _expired_stays(session: Session, acting: Acting, now: dt.datetime) -> Iterator[Doubt]:
    raised = exists().where(Task.kind == STAY_EXPIRED, Task.subject_id == Stay.hold_id)
    rows = session.execute(
        select(Stay.hold_id, Stay.person_id)
        .join(Hold, Hold.id == Stay.hold_id)
        .where(Stay.expires_at <= now, blocking(), ~raised, Hold.organisation_id == acting.organisation_id)
        .order_by(Stay.expires_at)
    )
    for hold_id, person_id in rows:
        yield Doubt(kind=STAY_EXPIRED, subject_id=hold_id, person_id=person_id)


def _promise_windows(session: Session, acting: Acting, now: dt.datetime) -> Iterator[Doubt]:
    """Exposures whose notice was proven to be served, undisputed, thirty days ago, still held."""
    disputed = exists().where(ServiceDispute.service_id == Service.id)
    raised = exists().where(Task.kind == PROMISE_WINDOW_OVER, Task.subject_id == Service.exposure_id)
    held = exists().where(Hold.person_id == Service.person_id, blocking())
    served = func.min(Service.served_at)
    rows = session.execute(
        select(Service.exposure_id, Service.person_id, served)
        .join(Exposure, Exposure.id == Service.exposure_id)
        .join(Person, Person.id == Service.person_id)
        .where(Service.proven, ~disputed, ~raised, held, Person.organisation_id == acting.organisation_id)
        .group_by(Service.exposure_id, Service.person_id)
        .having(served <= now - dt.timedelta(days=PROMISED_DAYS))
        .order_by(served)
    )
    zones: dict[uuid.UUID, ZoneInfo] = {}
    for exposure_id, person_id, served_at in rows.all():
        zone = zones.setdefault(person_id, ZoneInfo(person_zone(session, person_id) or LATEST_ZONE))
        yield Doubt(
            kind=PROMISE_WINDOW_OVER,
            subject_id=exposure_id,
            person_id=person_id,
            evidence={
                "served_at": served_at.isoformat(),
                "until": promised_until(served_at, zone).isoformat(),
            },
        )
