"""Counsel, and for whom they appear."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.store.base import MUTABLE, Base, holdfast_now, new_id


class Counsel(Base):
    """An attorney or accredited representative. `sealed_card` is JSON: name, firm, e-mail, phone."""

    __tablename__ = "counsel"
    __table_args__ = (
        UniqueConstraint("bar_jurisdiction", "bar_number"),
        CheckConstraint("eoir_id IS NOT NULL OR bar_number IS NOT NULL", name="identified"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    eoir_id: Mapped[str | None] = mapped_column(unique=True)
    bar_jurisdiction: Mapped[str | None]
    bar_number: Mapped[str | None]
    sealed_card: Mapped[bytes]
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Appearance(Base):
    """That a counsel appears for a person, on which form. Until verified it discloses nothing to them."""

    __tablename__ = "appearance"
    __table_args__ = (
        UniqueConstraint("counsel_id", "person_id", "form", "filed_on"),
        CheckConstraint("judgement IN ('exact', 'needs_judgement')", name="judgement"),
        CheckConstraint("scope IN ('all', 'custody_and_bond', 'all_but_custody')", name="scope"),
        CheckConstraint("(verified_by IS NULL) = (verified_at IS NULL)", name="verified"),
        CheckConstraint("verified_by IS NULL OR judgement = 'exact'", name="judged_before_verified"),
        MUTABLE,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    counsel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("counsel.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    form: Mapped[str]
    scope: Mapped[str]
    is_primary: Mapped[bool]
    filed_on: Mapped[dt.date]
    withdrawn_on: Mapped[dt.date | None]
    judgement: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    verified_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))
    verified_at: Mapped[dt.datetime | None]
