"""Which holds of which people are active: the one question the gate answers."""

import uuid
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from holds.store.gates import Hold, HoldEnding


def active_bases(session: Session, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """The bases of each person's active holds, sorted; an empty tuple where every hold has ended."""
    found: dict[uuid.UUID, list[str]] = {person_id: [] for person_id in person_ids}
    ended = exists().where(HoldEnding.hold_id == Hold.id)
    rows = session.execute(
        select(Hold.person_id, Hold.basis).where(Hold.person_id.in_(list(person_ids)), ~ended)
    )
    for person_id, basis in rows:
        found[person_id].append(basis)
    return {person_id: tuple(sorted(bases)) for person_id, bases in found.items()}
