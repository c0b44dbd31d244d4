"""One row of the ledger, under the reference that an answer at the gate carries. It names nobody."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.ledger_rows import LedgerLeaf, LedgerRow
from holds.store.ownership import NotFoundError
from holds.store.staff import Actor


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """What was decided, by whom and when. `leaf` is its place in the sealed tree, None until it is sealed."""

    reference: uuid.UUID
    at: dt.datetime
    verb: str
    actor: str
    codes: dict[str, Any]
    commitment: bytes
    leaf: int | None


def ledger_entry(session: Session, reference: str, *, acting: Acting) -> LedgerEntry:
    """The row of the actor's organisation with this reference; raises `NotFoundError`."""
    require(acting, Verb.VERIFY_LEDGER)
    try:
        row_id = uuid.UUID(reference.strip())
    except ValueError:
        raise NotFoundError(f"{reference} is no reference of an answer: these have 36 characters.") from None
    found = session.execute(
        select(LedgerRow, Actor.display_name, LedgerLeaf.number)
        .join(Actor, Actor.id == LedgerRow.actor_id)
        .outerjoin(LedgerLeaf, LedgerLeaf.ledger_row_id == LedgerRow.id)
        .where(LedgerRow.id == row_id, LedgerRow.organisation_id == acting.organisation_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(f"The ledger has no row {reference}.")
    row, actor, leaf = found
    return LedgerEntry(
        reference=row.id,
        at=row.at,
        verb=row.verb,
        actor=actor,
        codes=dict(row.codes),
        commitment=row.commitment,
        leaf=leaf,
    )
