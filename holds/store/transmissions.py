"""Holds on their way: to whom each was sent, who acknowledged it, and what was raised where nobody did.

Nothing here is ever updated or deleted. Where a hold stands is told by which rows are there.
"""

import datetime as dt
import uuid

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    exists,
)
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.closing import LETS_PASS
from holds.domain.departure import DepartureKind
from holds.domain.transmission import AddresseeKind, Rung
from holds.store.base import Base, holdfast_now, new_id, new_reference
from holds.store.gates import HoldEnding

LETS_EVERYBODY_PASS = sorted(kind.value for kind, lets in LETS_PASS.items() if set(DepartureKind) <= lets)
"""Endings after which a hold blocks nothing; one that was closed but still blocks stays on its way."""


def _one_of(column: str, values: type[AddresseeKind] | type[Rung]) -> str:
    return f"{column} IN ({', '.join(repr(str(value.value)) for value in values)})"


class Transmission(Base):
    """One hold sent to one addressee. `round` grows when a person comes back to an office they had left."""

    __tablename__ = "transmission"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        UniqueConstraint("hold_id", "kind", "office", "round"),
        CheckConstraint(_one_of("kind", AddresseeKind), name="kind"),
        CheckConstraint("round >= 1", name="round"),
        CheckConstraint("due_at > transmitted_at", name="due"),
        Index("ix_transmission_office", "office", "due_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    hold_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str]
    office: Mapped[str]
    round: Mapped[int]
    detained: Mapped[bool]
    transmitted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    transmitted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    due_at: Mapped[dt.datetime]


class TransmissionEnd(Base):
    """The person has left this addressee's hands; whoever has them now got a transmission of their own."""

    __tablename__ = "transmission_end"

    transmission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("transmission.id"), primary_key=True)
    ended_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class TransmissionRung(Base):
    """A rung of the ladder that was climbed, each once. A trigger refuses one before it is overdue."""

    __tablename__ = "transmission_rung"
    __table_args__ = (CheckConstraint(_one_of("rung", Rung), name="rung"),)

    transmission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("transmission.id"), primary_key=True)
    rung: Mapped[str] = mapped_column(primary_key=True)
    raised_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Acknowledgement(Base):
    """A named officer's confirmation. A trigger refuses anybody who is not an officer of that office.

    `communicated_at` is when the hold reached them, by whatever way; never before it was placed.
    """

    __tablename__ = "acknowledgement"

    transmission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("transmission.id"), primary_key=True)
    acknowledged_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    communicated_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


def waiting(of: type[Transmission] = Transmission) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the hold blocks, the addressee has the person, and no officer acknowledged it."""
    return (
        ~exists().where(Acknowledgement.transmission_id == of.id),
        ~exists().where(TransmissionEnd.transmission_id == of.id),
        ~exists().where(HoldEnding.hold_id == of.hold_id, HoldEnding.kind.in_(LETS_EVERYBODY_PASS)),
    )
