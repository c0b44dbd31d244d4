"""Stopping what leaves, at once, and letting it go on."""

import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.ledger import tell
from notify.domain.delivery import Carriage, StopReason
from notify.store.stops import SendingStop, SendingStopEnd, Standing, standing_stops


class UnknownStopError(RefusedError):
    """There is no such stop, or it was lifted."""


def stop_sending(
    session: Session,
    *,
    acting: Acting,
    reason: StopReason,
    carriage: Carriage | None = None,
    batch_id: uuid.UUID | None = None,
) -> str:
    """Let no more notices leave from this commit on: none by a way, none of a batch, or none at all.

    Returns the stop's reference. What a provider was already handed is gone, and so are the letters that a
    worker has begun to write (240 at most): they lie in the spool. What else a worker holds goes back into
    the queue, and nothing of it is lost or sent twice. Whoever may approve may stop.
    """
    require(acting, Verb.APPROVE_NOTICES)
    if carriage and batch_id:
        raise ValueError("A stop is of a way or of a batch.")
    stop_id, reference = new_id(), new_reference()
    row = {
        "id": stop_id,
        "reference": reference,
        "organisation_id": acting.organisation_id,
        "carriage": carriage.value if carriage else None,
        "batch_id": batch_id,
        "reason": reason.value,
        "stopped_by": acting.id,
    }
    session.execute(insert(SendingStop), [row])
    codes = {"reason": reason.value} | ({"carriage": carriage.value} if carriage else {})
    codes |= {"batch": str(batch_id)} if batch_id else {}
    tell(session, acting, "sending.stopped", stop_id, codes=codes)
    return reference


def lift_stop(session: Session, *, acting: Acting, reference: str) -> None:
    """Let a stopped sending go on; what other stops hold stays held."""
    require(acting, Verb.APPROVE_NOTICES)
    found = session.scalar(
        select(SendingStop)
        .outerjoin(SendingStopEnd, SendingStopEnd.stop_id == SendingStop.id)
        .where(
            SendingStop.reference == reference.strip().upper(),
            SendingStop.organisation_id == acting.organisation_id,
            SendingStopEnd.stop_id.is_(None),
        )
    )
    if found is None:
        raise UnknownStopError(
            f"There is no stop {reference} that stands; `holdfast notices list` shows them."
        )
    session.execute(insert(SendingStopEnd), [{"stop_id": found.id, "lifted_by": acting.id}])
    tell(session, acting, "sending.resumed", found.id)


def what_is_stopped(session: Session, *, acting: Acting) -> list[Standing]:
    """The stops that stand."""
    require(acting, Verb.SEE_FIGURES)
    return standing_stops(session)
