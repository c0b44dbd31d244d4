"""The gate and all that is written behind it: holds, their endings, clearances, removals.

Each of the four carries the `epoch` its writer expects the gate to have after it. A trigger locks and
bumps the gate and compares (`holds/store/triggers.py`); nothing here is ever updated or deleted.
"""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.closing import EndingKind
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.store.base import MUTABLE, Base, holdfast_now, new_id, new_reference


def one_of(column: str, values: type[DepartureKind] | type[Basis] | type[EndingKind]) -> str:
    """A CHECK that the column holds one of an enumeration's values."""
    return f"{column} IN ({', '.join(repr(str(value.value)) for value in values)})"


_NOT_INTO_ITSELF = CheckConstraint("merged_into <> person_id", name="not_into_itself")


class Gate(Base):
    """One per person. Whoever writes behind it holds its row lock until the commit.

    Of two records that are one person's, one gate is `merged_into` the other; every bump follows it to the
    root, whose epoch counts for both. Only a `record_merge` or `record_split` row changes it.
    """

    __tablename__ = "gate"
    __table_args__ = (CheckConstraint("epoch >= 0", name="epoch"), _NOT_INTO_ITSELF, MUTABLE)

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(default=0)
    merged_into: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("gate.person_id"), index=True)


class Hold(Base):
    """What blocks removal, for one basis. Active until a `hold_ending` names it.

    `sealed_cites` is the order or rule it rests on, as JSON text under the person's data key: captions name
    people.
    """

    __tablename__ = "hold"
    __table_args__ = (
        UniqueConstraint("id", "person_id"),
        UniqueConstraint("id", "placed_by"),
        UniqueConstraint("person_id", "incident_id"),
        ForeignKeyConstraint(["reinstates_id", "person_id"], ["hold.id", "hold.person_id"]),
        CheckConstraint(one_of("basis", Basis), name="basis"),
        CheckConstraint("(basis = 'incident') = (incident_id IS NOT NULL)", name="incident"),
        CheckConstraint("(basis = 'reinstated') = (reinstates_id IS NOT NULL)", name="reinstates"),
        Index("ix_hold_person_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gate.person_id"))
    epoch: Mapped[int]
    basis: Mapped[str]
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"))
    sealed_cites: Mapped[bytes | None]
    reinstates_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    placed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    placed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class HoldEnding(Base):
    """The end of one hold, by two people: who proposed it and who carried it out.

    A release names its review and proposal, every other end its closing; the trigger refuses it unless
    what it names meets every condition of that kind (`holds/store/ending_guards.py`).
    """

    __tablename__ = "hold_ending"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        ForeignKeyConstraint(["review_id", "hold_id"], ["court_review.id", "court_review.hold_id"]),
        ForeignKeyConstraint(
            ["proposal_id", "hold_id", "review_id", "proposed_by"],
            [
                "release_proposal.id",
                "release_proposal.hold_id",
                "release_proposal.review_id",
                "release_proposal.proposed_by",
            ],
        ),
        ForeignKeyConstraint(
            ["closing_id", "hold_id", "kind", "proposed_by"],
            ["closing.id", "closing.hold_id", "closing.kind", "closing.proposed_by"],
        ),
        ForeignKeyConstraint(["ended_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint(one_of("kind", EndingKind), name="kind"),
        CheckConstraint(
            "(kind = 'released' AND review_id IS NOT NULL AND proposal_id IS NOT NULL "
            "AND closing_id IS NULL) OR (kind <> 'released' AND review_id IS NULL AND proposal_id IS NULL "
            "AND closing_id IS NOT NULL)",
            name="evidence",
        ),
        CheckConstraint("outside", name="outside"),
        CheckConstraint("ended_by <> proposed_by", name="two_people"),
    )

    hold_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    epoch: Mapped[int]
    kind: Mapped[str] = mapped_column(default="released")
    review_id: Mapped[uuid.UUID | None]
    proposal_id: Mapped[uuid.UUID | None]
    closing_id: Mapped[uuid.UUID | None]
    proposed_by: Mapped[uuid.UUID]
    ended_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    ended_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Clearance(Base):
    """Leave to execute one departure of one person, for at most 15 minutes, once, at one epoch."""

    __tablename__ = "clearance"
    __table_args__ = (
        UniqueConstraint("id", "person_id"),
        CheckConstraint(one_of("departure_kind", DepartureKind), name="departure_kind"),
        CheckConstraint("length(destination) BETWEEN 2 AND 8", name="destination"),
        Index("ix_clearance_person_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gate.person_id"))
    epoch: Mapped[int]
    departure_kind: Mapped[str]
    destination: Mapped[str]
    issued_to: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    issued_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    expires_at: Mapped[dt.datetime]


class Removal(Base):
    """A boarding, and the clearance it used up in the same transaction."""

    __tablename__ = "removal"
    __table_args__ = (
        ForeignKeyConstraint(["clearance_id", "person_id"], ["clearance.id", "clearance.person_id"]),
        Index("ix_removal_person_id", "person_id"),
        Index("ix_removal_boarded_at", "boarded_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gate.person_id"))
    epoch: Mapped[int]
    clearance_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    boarded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
