"""Under which keyed indexes somebody was asked about when they were cleared: boarding looks under them again.

Whoever has come on record since with that name and birth date, under another number, is found by these; no
client has to tell them a second time, and nothing of them is kept in clear.
"""

import uuid
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, Uuid, bindparam, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from holds.store.base import Base
from holds.store.boarding_guards import NEAR_MATCH
from holds.store.gate_query import Terms
from holds.store.people import PersonIndex
from holds.store.triggers import rendered


class ClearanceIndex(Base):
    """A keyed HMAC of the number, of a name pair with a birth date, or of a name, as it was asked for."""

    __tablename__ = "clearance_index"
    __table_args__ = (CheckConstraint("kind IN ('a_number', 'name_birth_date', 'name')", name="kind"),)

    clearance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("clearance.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(primary_key=True)


KEPT = ("a_number", "name_birth_date", "name")
"""Slips of the number are not kept: whether they mean somebody, only an opened name can tell."""


def index_rows_of(clearance_id: uuid.UUID, terms: Iterable[Terms]) -> list[dict[str, object]]:
    """The rows of a clearance, from the indexes of the question it was issued upon."""
    asked = {(kind, value) for _, kind, values in terms if kind in KEPT for value in values}
    return [{"clearance_id": clearance_id, "kind": kind, "value": value} for kind, value in sorted(asked)]


def named_alike(session: Session, clearance_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Whoever is found at this moment under a name that the clearance was asked for: the person, too."""
    asked = (ClearanceIndex.kind == PersonIndex.kind) & (ClearanceIndex.value == PersonIndex.value)
    found = (
        select(PersonIndex.person_id)
        .join(ClearanceIndex, asked)
        .where(ClearanceIndex.clearance_id == clearance_id, ClearanceIndex.kind != "a_number")
    )
    return frozenset(session.scalars(found))


def near_match_is_held(session: Session, clearance_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """The question that the trigger asks at boarding, asked beforehand."""
    asked = rendered(NEAR_MATCH, session.connection().dialect.name)
    asked = asked.replace("NEW.clearance_id", ":clearance").replace("NEW.person_id", ":person")
    who = bindparam("clearance", clearance_id, Uuid()), bindparam("person", person_id, Uuid())
    return bool(session.scalar(text(f"SELECT {asked}").bindparams(*who)))
