"""Removals in spite of a hold, as reported from outside, with the evidence frozen. Append-only."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.violation import SOURCES
from holds.store.base import Base, holdfast_now, new_id, new_reference


class Violation(Base):
    """A report that somebody was removed while held. While it stands, the person's data is not shredded.

    `sealed_account` is JSON of what was told; `sealed_evidence` of what the record knew then: holds, checks,
    clearances, custody, by id and code. `evidence_sha256` is over the evidence in clear.
    """

    __tablename__ = "violation"
    __table_args__ = (
        UniqueConstraint("id", "person_id"),
        CheckConstraint(f"source IN ({', '.join(map(repr, SOURCES))})", name="source"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    source: Mapped[str]
    removed_at: Mapped[dt.datetime | None]
    reported_at: Mapped[dt.datetime]
    sealed_account: Mapped[bytes]
    sealed_evidence: Mapped[bytes]
    evidence_sha256: Mapped[bytes]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ViolatedHold(Base):
    """A hold that was active, and was not obeyed."""

    __tablename__ = "violated_hold"
    __table_args__ = (
        ForeignKeyConstraint(["violation_id", "person_id"], ["violation.id", "violation.person_id"]),
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
    )

    violation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    hold_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)


class OverwrittenFacts(Base):
    """What was on record of a person with a violation before it was changed: a trigger writes it, so that
    lists may go on adding and nothing that was known at the time is lost. Sealed as it was."""

    __tablename__ = "overwritten_facts"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_facts: Mapped[bytes]
    overwritten_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
