"""Counsel, for whom they appear, and what was judged of that."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.judgement import Verdict
from holds.store.base import MUTABLE, Base, holdfast_now, new_id

_VERDICTS = ", ".join(repr(verdict.value) for verdict in Verdict)


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
    """That a counsel appears for a person, on which form. Until verified it discloses nothing to them.

    `sealed_claim`, under the person's key: what the roster says of the client, where that left a doubt;
    `evidence_mark` is the keyed fingerprint of it and of what was on record beside it.
    """

    __tablename__ = "appearance"
    __table_args__ = (
        UniqueConstraint("counsel_id", "person_id", "form", "filed_on"),
        CheckConstraint(
            "judgement IN ('exact', 'confident', 'needs_judgement', 'negative')", name="judgement"
        ),
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
    evidence_mark: Mapped[bytes | None]
    sealed_claim: Mapped[bytes | None]
    source_list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source_list.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    verified_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("actor.id"))
    verified_at: Mapped[dt.datetime | None]


class AppearanceJudgement(Base):
    """Whether counsel's client is this person, as somebody judged it; the newest counts. Append-only.

    `evidence_mark` is the appearance's at that time: the doubt comes back when it is another.
    """

    __tablename__ = "appearance_judgement"
    __table_args__ = (CheckConstraint(f"verdict IN ({_VERDICTS})", name="verdict"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    appearance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("appearance.id"), index=True)
    verdict: Mapped[str]
    evidence_mark: Mapped[bytes | None]
    sealed_reason: Mapped[bytes]
    judged_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    judged_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
