"""Proposed ends of a hold other than its release, and what each rests on. Append-only."""

import datetime as dt
import uuid
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.closing import CLOSINGS, NEEDED_OUTCOME, NEEDS_DOCUMENT, SOUND_SQL, EndingKind
from holds.store.base import Base, holdfast_now, new_id


def _kinds(kinds: Iterable[EndingKind]) -> str:
    return ", ".join(sorted(f"'{kind.value}'" for kind in kinds))


class Closing(Base):
    """The first of two people proposes that a hold ends, how and why. `sealed_reasons` is JSON text."""

    __tablename__ = "closing"
    __table_args__ = (
        UniqueConstraint("id", "hold_id", "kind", "proposed_by"),
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        ForeignKeyConstraint(["review_id", "hold_id"], ["court_review.id", "court_review.hold_id"]),
        ForeignKeyConstraint(["document_id", "person_id"], ["document.id", "document.person_id"]),
        ForeignKeyConstraint(["proposed_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint(f"kind IN ({_kinds(CLOSINGS)})", name="kind"),
        CheckConstraint(f"kind NOT IN ({_kinds(NEEDED_OUTCOME)}) OR review_id IS NOT NULL", name="review"),
        CheckConstraint(
            f"kind NOT IN ({_kinds(NEEDS_DOCUMENT)}) OR document_id IS NOT NULL", name="document"
        ),
        CheckConstraint("outside", name="outside"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    hold_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str]
    review_id: Mapped[uuid.UUID | None]
    document_id: Mapped[uuid.UUID | None]
    sealed_reasons: Mapped[bytes]
    proposed_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    proposed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ClosingService(Base):
    """The proposed closing was told to the person, to counsel, or to who placed the stay."""

    __tablename__ = "closing_service"
    __table_args__ = (CheckConstraint("served_on IN ('person', 'counsel', 'placer')", name="served_on"),)

    closing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("closing.id"), primary_key=True)
    served_on: Mapped[str] = mapped_column(primary_key=True)
    served_at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ChoiceStatement(Base):
    """What a person said of wanting to leave. `sound` is what a CHECK lets it be, no more.

    `sealed_interpreter` is JSON under the person's data key: the id of the qualified interpreter.
    """

    __tablename__ = "choice_statement"
    __table_args__ = (
        ForeignKeyConstraint(["recorded_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint("support IN ('counsel', 'independent_provider')", name="support"),
        CheckConstraint(f"sound = ({SOUND_SQL})", name="sound"),
        CheckConstraint("interpreted = (sealed_interpreter IS NOT NULL)", name="interpreted"),
        CheckConstraint("outside", name="outside"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    stated_at: Mapped[dt.datetime]
    chooses_to_leave: Mapped[bool]
    in_private: Mapped[bool]
    officer_present: Mapped[bool]
    language: Mapped[str]
    own_language: Mapped[bool]
    interpreted: Mapped[bool] = mapped_column(default=False)
    sealed_interpreter: Mapped[bytes | None]
    support: Mapped[str | None]
    sound: Mapped[bool]
    recorded_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ChoiceRevocation(Base):
    """The person takes it back, in whatever way, to whomever. Earlier statements count no more.

    The trigger refuses it while a hold that ended by that choice was not put back.
    """

    __tablename__ = "choice_revocation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    revoked_at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
