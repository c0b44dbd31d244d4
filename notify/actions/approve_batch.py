"""Approving a batch: from here on its deliveries go out."""

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from notify.domain.delivery import State, move
from notify.store.deliveries import Delivery
from notify.store.notices import Batch


class UnknownBatchError(RefusedError):
    """There is no such batch."""


def find_batch(session: Session, reference: str, *, acting: Acting) -> uuid.UUID:
    """The id of a batch of the actor's organisation by its public reference."""
    found = session.scalar(
        select(Batch.id).where(
            Batch.reference == reference.strip().upper(), Batch.organisation_id == acting.organisation_id
        )
    )
    if found is None:
        raise UnknownBatchError(f"There is no batch {reference}; `holdfast notices list` shows them.")
    return found


def approve_batch(session: Session, *, acting: Acting, batch_id: uuid.UUID) -> int:
    """Let a batch's planned deliveries go out and return how many. Again, it takes in what came since."""
    require(acting, Verb.APPROVE_NOTICES)
    batch = session.get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch is None or batch.organisation_id != acting.organisation_id:
        raise UnknownBatchError("There is no such batch.")
    planned = State.PLANNED.value
    ids = session.scalars(
        select(Delivery.id).where(Delivery.batch_id == batch_id, Delivery.state == planned)
    ).all()
    session.execute(
        update(Delivery)
        .where(Delivery.batch_id == batch_id, Delivery.state == planned)
        .values(state=move(planned, State.APPROVED).value, due_at=holdfast_now(), changed_at=holdfast_now())
    )
    if not ids:
        return 0
    session.execute(
        update(Batch)
        .where(Batch.id == batch_id, Batch.approved_at.is_(None))
        .values(approved_by=acting.id, approved_at=holdfast_now())
    )
    tell(session, acting, "batch.approved", batch_id, codes={"deliveries": len(ids)})
    return len(ids)
