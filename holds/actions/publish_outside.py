"""Letting sealed ledger rows and the newest head leave the host, for what the edges could not send."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.restore import leaves_the_host
from holds.store.ledger_rows import LedgerLeaf, LedgerRow
from holds.store.outside import (
    append_rows,
    marker_of,
    outside_row,
    read_marker,
    restored_reasons,
    tail_ids,
    write_marker,
)


class NotPublishedError(RefusedError):
    """The database is not the one that was left open; nothing left the host. See `holdfast db reconcile`."""


def publish_outside(session: Session, *, folder: Path) -> int:
    """Append rows sealed since the last time and set the marker to the newest head; how many rows left."""
    if restored_reasons(session, folder):
        raise NotPublishedError("This is not the database that was left open; run: holdfast db reconcile")
    before, now = read_marker(folder), marker_of(session)
    if now is None or now.size <= before.size:
        return 0
    sent = tail_ids(folder)
    sealed = session.scalars(
        select(LedgerRow)
        .join(LedgerLeaf, LedgerLeaf.ledger_row_id == LedgerRow.id)
        .where(LedgerLeaf.number >= before.size, LedgerLeaf.number < now.size)
        .order_by(LedgerLeaf.number)
    )
    rows = [outside_row(row) for row in sealed if leaves_the_host(row.verb) and row.id not in sent]
    append_rows(folder, rows)
    write_marker(folder, now)
    return len(rows)
