"""Closing the alarms about holds that nobody acknowledged, once nothing of theirs is overdue any more."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from holds.actions.tasks import close_tasks
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.people import Task
from holds.store.transmissions import Transmission, waiting

UNACKNOWLEDGED = "hold_unacknowledged"


def close_answered_alarms(session: Session, acting: Acting) -> None:
    """Close them by office: an alarm stands while any hold of its office is overdue."""
    other = aliased(Transmission)
    still = exists().where(
        other.kind == Transmission.kind,
        other.office == Transmission.office,
        other.due_at <= holdfast_now(),
        *waiting(other),
    )
    answered = session.scalars(
        select(Task.subject_id)
        .join(Transmission, Transmission.id == Task.subject_id)
        .where(Task.kind == UNACKNOWLEDGED, Task.closed_at.is_(None), ~still)
        .distinct()
    ).all()
    close_tasks(session, acting, UNACKNOWLEDGED, answered)
