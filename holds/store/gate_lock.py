"""Locking gates in order, before anything is written behind them."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.store.gates import Gate


class UnknownPersonError(RefusedError):
    """There is no gate for this person: nothing may be decided of them."""


def lock_gates(session: Session, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Lock the gates in the order of their ids and return the epochs seen.

    The order keeps two writers from waiting for each other. On SQLite the transaction holds the only
    write lock already, and FOR UPDATE is not written.
    """
    wanted = sorted(set(person_ids))
    rows = session.execute(
        select(Gate.person_id, Gate.epoch)
        .where(Gate.person_id.in_(wanted))
        .order_by(Gate.person_id)
        .with_for_update()
    )
    epochs = dict(rows.all())
    if len(epochs) != len(wanted):
        raise UnknownPersonError("A person without a gate: the record is damaged; nothing was written.")
    return epochs
