"""Locking gates in order, before anything is written behind them."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.store.gates import Gate
from holds.store.merged import one_records

CHUNK = 900


class UnknownPersonError(RefusedError):
    """There is no gate for this person: nothing may be decided of them."""


def lock_gates(session: Session, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Lock the gates in the order of their ids and return the epochs seen.

    Of people whose records were merged all gates are locked, and the epoch is that of the root: the one a
    writer states. The order keeps two writers from waiting for each other, as long as neither locks any
    later on: lock all that a transaction will write behind in one call. On SQLite the transaction holds
    the only write lock already, and FOR UPDATE is not written.
    """
    wanted = sorted(set(person_ids))
    epochs: dict[uuid.UUID, int] = {}
    while True:
        records = one_records(session, wanted)
        # A merge that was committed while we waited brings gates that are not locked yet.
        unlocked = sorted({m for record in records.values() for m in record.members} - epochs.keys())
        if not unlocked:
            return {person_id: epochs[records[person_id].root] for person_id in wanted}
        for start in range(0, len(unlocked), CHUNK):
            rows = session.execute(
                select(Gate.person_id, Gate.epoch)
                .where(Gate.person_id.in_(unlocked[start : start + CHUNK]))
                .order_by(Gate.person_id)
                .with_for_update()
            )
            epochs |= dict(rows.all())
        if not set(unlocked) <= epochs.keys():
            raise UnknownPersonError("A person without a gate: the record is damaged; nothing was written.")
