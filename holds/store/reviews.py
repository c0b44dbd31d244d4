"""Court reviews, the service of notices they depend on, and proposals to release a hold. Append-only."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.review import Forum, Outcome
from holds.domain.service import PROVEN_SQL
from holds.store.base import Base, holdfast_now, new_id, new_reference


class Document(Base):
    """A sealed file, named by chance, with the SHA-256 of what is inside."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    sha256: Mapped[bytes]
    media_type: Mapped[str]
    file_name: Mapped[str] = mapped_column(unique=True)
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Service(Base):
    """An act of giving the notice of one exposure. `proven` is what a CHECK lets it be, no more.

    `sealed_names` is JSON under the person's data key: interpreter and outside witness, where there were any.
    """

    __tablename__ = "service"
    __table_args__ = (
        ForeignKeyConstraint(["exposure_id", "person_id"], ["exposure.id", "exposure.person_id"]),
        CheckConstraint("outcome IN ('served', 'refused', 'refused_wrong_language')", name="outcome"),
        CheckConstraint(f"proven = ({PROVEN_SQL})", name="proven"),
        UniqueConstraint("id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    exposure_id: Mapped[uuid.UUID] = mapped_column(index=True)
    notice_id: Mapped[uuid.UUID | None]
    outcome: Mapped[str]
    served_at: Mapped[dt.datetime]
    right_person: Mapped[bool]
    in_private: Mapped[bool]
    language: Mapped[str]
    own_language: Mapped[bool]
    interpreted: Mapped[bool]
    language_variety: Mapped[str | None]
    marked_by_person: Mapped[bool]
    witnessed_outside: Mapped[bool]
    understood_first: Mapped[bool]
    understood_second: Mapped[bool]
    proven: Mapped[bool]
    sealed_names: Mapped[bytes]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ServiceDispute(Base):
    """The person or counsel says that the service was none. From then on it counts for nothing, for good:
    the notice is served again, and the clock runs from the new service."""

    __tablename__ = "service_dispute"
    __table_args__ = (ForeignKeyConstraint(["service_id", "person_id"], ["service.id", "service.person_id"]),)

    service_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID]
    disputed_by: Mapped[str]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class CourtReview(Base):
    """What a forum decided of one hold's ground. `sealed_docket` carries docket number, judge and parties."""

    __tablename__ = "court_review"
    __table_args__ = (
        UniqueConstraint("id", "recorded_by"),
        UniqueConstraint("id", "hold_id"),
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        ForeignKeyConstraint(["recorded_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint("outside", name="outside"),
        CheckConstraint(f"forum IN ({', '.join(repr(f.value) for f in Forum)})", name="forum"),
        CheckConstraint(f"outcome IN ({', '.join(repr(o.value) for o in Outcome)})", name="outcome"),
        CheckConstraint("appeal_lies = (appeal_deadline IS NOT NULL)", name="appeal"),
        CheckConstraint("served_at IS NULL OR served_at >= decided_at", name="served_after"),
        CheckConstraint("entered_at IS NULL OR entered_at >= decided_at", name="entered_after"),
        CheckConstraint("appeal_deadline IS NULL OR appeal_deadline > decided_at", name="appeal_after"),
        CheckConstraint("length(considered_page) <= 20", name="considered_page"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    hold_id: Mapped[uuid.UUID] = mapped_column(index=True)
    forum: Mapped[str]
    court: Mapped[str]
    outcome: Mapped[str]
    on_the_merits: Mapped[bool]
    final: Mapped[bool]
    sealed_docket: Mapped[bytes]
    time_zone: Mapped[str]
    filed_at: Mapped[dt.datetime | None]
    decided_at: Mapped[dt.datetime]
    entered_at: Mapped[dt.datetime | None]
    served_at: Mapped[dt.datetime | None]
    communicated_at: Mapped[dt.datetime | None]
    appeal_lies: Mapped[bool]
    appeal_deadline: Mapped[dt.datetime | None]
    considered_page: Mapped[str | None]
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"))
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("court_review.id"), unique=True)
    recorded_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ReviewVerification(Base):
    """A second person, outside the removing office, compared the record with the document."""

    __tablename__ = "review_verification"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "recorded_by"], ["court_review.id", "court_review.recorded_by"]),
        ForeignKeyConstraint(["verified_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint("verified_by <> recorded_by", name="two_people"),
        CheckConstraint("outside", name="outside"),
    )

    review_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    recorded_by: Mapped[uuid.UUID]
    verified_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    verified_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ReleaseProposal(Base):
    """The announcement that a hold will be released on a verified review, open to objection."""

    __tablename__ = "release_proposal"
    __table_args__ = (
        UniqueConstraint("id", "hold_id", "review_id", "proposed_by"),
        ForeignKeyConstraint(["review_id", "hold_id"], ["court_review.id", "court_review.hold_id"]),
        ForeignKeyConstraint(["proposed_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint("outside", name="outside"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    hold_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    review_id: Mapped[uuid.UUID]
    proposed_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    proposed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class ProposalService(Base):
    """The proposal reached the person, or their counsel; the seven days count from the later one."""

    __tablename__ = "proposal_service"
    __table_args__ = (CheckConstraint("served_on IN ('person', 'counsel')", name="served_on"),)

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release_proposal.id"), primary_key=True)
    served_on: Mapped[str] = mapped_column(primary_key=True)
    served_at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class Objection(Base):
    """The person or counsel objects, by whatever way. Open until answered, and open blocks the release."""

    __tablename__ = "objection"
    __table_args__ = (
        ForeignKeyConstraint(["hold_id", "person_id"], ["hold.id", "hold.person_id"]),
        CheckConstraint("objector IN ('person', 'counsel')", name="objector"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    hold_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID]
    objector: Mapped[str]
    received_at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))


class ObjectionAnswer(Base):
    """A supervisor's answer to an objection, with reasons kept in the ledger."""

    __tablename__ = "objection_answer"

    objection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    sustained: Mapped[bool]
    answered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    answered_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
