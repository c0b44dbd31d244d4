"""Service of notices, and court reviews."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("objector", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("objector IN ('person', 'counsel')", name=op.f("ck_objection_objector")),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_objection_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_objection_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_hold_id"), "objection", ["hold_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_document_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("file_name", name=op.f("uq_document_file_name")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_document_id_person_id")),
    )
    op.create_index(op.f("ix_document_person_id"), "document", ["person_id"], unique=False)
    op.create_table(
        "objection_answer",
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("sustained", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["actor.id"], name=op.f("fk_objection_answer_answered_by")),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_objection_answer_objection_id")
        ),
        sa.PrimaryKeyConstraint("objection_id", name=op.f("pk_objection_answer")),
    )
    op.create_table(
        "court_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("forum", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("on_the_merits", sa.Boolean(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("sealed_docket", sa.LargeBinary(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("communicated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_lies", sa.Boolean(), nullable=False),
        sa.Column("appeal_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("considered_page", sa.String(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "forum IN ('immigration_judge', 'bia', 'credible_fear_review', 'uscis_reinterview', 'district_court', 'circuit_court', 'dhs')",
            name=op.f("ck_court_review_forum"),
        ),
        sa.CheckConstraint(
            "outcome IN ('denied', 'dismissed', 'granted', 'remanded', 'vacated', 'reversed', 'terminated', 'extradition_ordered', 'appeal_pending', 'motion_filed', 'bond', 'scheduling', 'venue')",
            name=op.f("ck_court_review_outcome"),
        ),
        sa.CheckConstraint(
            "appeal_deadline IS NULL OR appeal_deadline > decided_at",
            name=op.f("ck_court_review_appeal_after"),
        ),
        sa.CheckConstraint(
            "appeal_lies = (appeal_deadline IS NOT NULL)", name=op.f("ck_court_review_appeal")
        ),
        sa.CheckConstraint(
            "entered_at IS NULL OR entered_at >= decided_at", name=op.f("ck_court_review_entered_after")
        ),
        sa.CheckConstraint("length(considered_page) <= 20", name=op.f("ck_court_review_considered_page")),
        sa.CheckConstraint("outside", name=op.f("ck_court_review_outside")),
        sa.CheckConstraint(
            "served_at IS NULL OR served_at >= decided_at", name=op.f("ck_court_review_served_after")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_court_review_document_id")),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_court_review_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_court_review_recorded_by_outside"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["court_review.id"], name=op.f("fk_court_review_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_review")),
        sa.UniqueConstraint("id", "hold_id", name=op.f("uq_court_review_id_hold_id")),
        sa.UniqueConstraint("id", "recorded_by", name=op.f("uq_court_review_id_recorded_by")),
        sa.UniqueConstraint("reference", name=op.f("uq_court_review_reference")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_court_review_supersedes_id")),
    )
    op.create_index(op.f("ix_court_review_hold_id"), "court_review", ["hold_id"], unique=False)
    op.create_index(op.f("ix_court_review_person_id"), "court_review", ["person_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("exposure_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("right_person", sa.Boolean(), nullable=False),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("own_language", sa.Boolean(), nullable=False),
        sa.Column("interpreted", sa.Boolean(), nullable=False),
        sa.Column("language_variety", sa.String(), nullable=True),
        sa.Column("marked_by_person", sa.Boolean(), nullable=False),
        sa.Column("witnessed_outside", sa.Boolean(), nullable=False),
        sa.Column("understood_first", sa.Boolean(), nullable=False),
        sa.Column("understood_second", sa.Boolean(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("sealed_names", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('served', 'refused', 'refused_wrong_language')", name=op.f("ck_service_outcome")
        ),
        sa.CheckConstraint(
            "proven = (outcome = 'served' AND right_person AND in_private AND (own_language OR interpreted) AND (marked_by_person OR witnessed_outside) AND understood_first AND understood_second)",
            name=op.f("ck_service_proven"),
        ),
        sa.ForeignKeyConstraint(
            ["exposure_id", "person_id"],
            ["exposure.id", "exposure.person_id"],
            name=op.f("fk_service_exposure_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_service_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_service_id_person_id")),
    )
    op.create_index(op.f("ix_service_exposure_id"), "service", ["exposure_id"], unique=False)
    op.create_index(op.f("ix_service_person_id"), "service", ["person_id"], unique=False)
    op.create_table(
        "release_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outside", name=op.f("ck_release_proposal_outside")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_release_proposal_person_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_release_proposal_proposed_by_outside"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id", "hold_id"],
            ["court_review.id", "court_review.hold_id"],
            name=op.f("fk_release_proposal_review_id_hold_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_proposal")),
        sa.UniqueConstraint(
            "id",
            "hold_id",
            "review_id",
            "proposed_by",
            name=op.f("uq_release_proposal_id_hold_id_review_id_proposed_by"),
        ),
    )
    op.create_index(op.f("ix_release_proposal_hold_id"), "release_proposal", ["hold_id"], unique=False)
    op.create_index(op.f("ix_release_proposal_person_id"), "release_proposal", ["person_id"], unique=False)
    op.create_table(
        "review_verification",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outside", name=op.f("ck_review_verification_outside")),
        sa.CheckConstraint("verified_by <> recorded_by", name=op.f("ck_review_verification_two_people")),
        sa.ForeignKeyConstraint(
            ["review_id", "recorded_by"],
            ["court_review.id", "court_review.recorded_by"],
            name=op.f("fk_review_verification_review_id_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_review_verification_verified_by_outside"),
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review_verification")),
    )
    op.create_table(
        "service_dispute",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("disputed_by", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_service_dispute_recorded_by")),
        sa.ForeignKeyConstraint(
            ["service_id", "person_id"],
            ["service.id", "service.person_id"],
            name=op.f("fk_service_dispute_service_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_service_dispute")),
    )
    op.create_table(
        "proposal_service",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("served_on", sa.String(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("served_on IN ('person', 'counsel')", name=op.f("ck_proposal_service_served_on")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["release_proposal.id"], name=op.f("fk_proposal_service_proposal_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_proposal_service_recorded_by")),
        sa.PrimaryKeyConstraint("proposal_id", "served_on", name=op.f("pk_proposal_service")),
    )


def downgrade() -> None:
    op.drop_table("proposal_service")
    op.drop_table("service_dispute")
    op.drop_table("review_verification")
    op.drop_table("release_proposal")
    op.drop_table("service")
    op.drop_table("court_review")
    op.drop_table("objection_answer")
    op.drop_table("document")
    op.drop_table("objection")
