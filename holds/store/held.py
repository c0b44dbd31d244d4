"""Which holds of which people are active: the one question the gate answers."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from holds.domain.closing import EndingKind, lets_pass
from holds.domain.departure import DepartureKind
from holds.store.gates import Hold, HoldEnding
from holds.store.merged import one_records


def blocking(departure: DepartureKind | None = None) -> ColumnElement[bool]:
    """SQL of whether a `Hold` blocks that departure: it has not ended, or by a closing that still does.

    Without a departure: whether it blocks any.
    """
    passes = [kind.value for kind in EndingKind if lets_pass(kind, departure)]
    return ~exists().where(HoldEnding.hold_id == Hold.id, HoldEnding.kind.in_(passes))


def active_bases(
    session: Session, person_ids: Collection[uuid.UUID], departure: DepartureKind | None = None
) -> dict[uuid.UUID, tuple[str, ...]]:
    """The bases of each person's holds that block this departure (any, where none is named), sorted.

    Holds of everyone whose record is one with theirs are theirs.
    """
    records = one_records(session, person_ids)
    everyone = {member for record in records.values() for member in record.members}
    found: dict[uuid.UUID, list[str]] = {}
    rows = session.execute(
        select(Hold.person_id, Hold.basis).where(Hold.person_id.in_(list(everyone)), blocking(departure))
    )
    for person_id, basis in rows:
        found.setdefault(person_id, []).append(basis)
    return {
        person_id: tuple(sorted(basis for member in record.members for basis in found.get(member, ())))
        for person_id, record in records.items()
    }
