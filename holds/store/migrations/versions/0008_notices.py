"""Notices, deliveries, attempts and receipts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "notice_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_notice_batch_approved")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["actor.id"], name=op.f("fk_notice_batch_approved_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_batch_organisation_id")
        ),
        sa.ForeignKeyConstraint(["planned_by"], ["actor.id"], name=op.f("fk_notice_batch_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_batch")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_batch_reference")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("counsel_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("exposure_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'counsel_notice') = (counsel_id IS NOT NULL)", name=op.f("ck_notice_counsel")
        ),
        sa.CheckConstraint("kind IN ('exposure_notice', 'counsel_notice')", name=op.f("ck_notice_kind")),
        sa.CheckConstraint(
            "kind NOT IN ('exposure_notice', 'counsel_notice') OR exposure_id IS NOT NULL",
            name=op.f("ck_notice_exposure"),
        ),
        sa.CheckConstraint(
            "recipient_id = coalesce(counsel_id, person_id)", name=op.f("ck_notice_recipient")
        ),
        sa.CheckConstraint("round >= 1 AND version >= 1", name=op.f("ck_notice_counted")),
        sa.ForeignKeyConstraint(["cause_id"], ["ledger_row.id"], name=op.f("fk_notice_cause_id")),
        sa.ForeignKeyConstraint(["counsel_id"], ["counsel.id"], name=op.f("fk_notice_counsel_id")),
        sa.ForeignKeyConstraint(["exposure_id"], ["exposure.id"], name=op.f("fk_notice_exposure_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["actor.id"], name=op.f("fk_notice_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_notice_id_person_id")),
        sa.UniqueConstraint(
            "person_id",
            "recipient_id",
            "kind",
            "cause_id",
            "version",
            "round",
            name=op.f("uq_notice_person_id_recipient_id_kind_cause_id_version_round"),
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_reference")),
    )
    op.create_index("ix_notice_cause_id", "notice", ["cause_id", "kind"], unique=False)
    op.create_index(op.f("ix_notice_counsel_id"), "notice", ["counsel_id"], unique=False)
    op.create_index(op.f("ix_notice_exposure_id"), "notice", ["exposure_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("carriage", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'sending') = (leased_by IS NOT NULL)", name=op.f("ck_delivery_sending_is_leased")
        ),
        sa.CheckConstraint(
            "carriage IN ('letter', 'sms', 'email', 'voice', 'in_person')", name=op.f("ck_delivery_carriage")
        ),
        sa.CheckConstraint("form IN ('full', 'neutral')", name=op.f("ck_delivery_form")),
        sa.CheckConstraint(
            "state IN ('planned', 'approved', 'queued', 'sending', 'accepted', 'delivered', 'served', 'acknowledged', 'returned', 'failed', 'unknown', 'superseded')",
            name=op.f("ck_delivery_state"),
        ),
        sa.CheckConstraint("(leased_by IS NULL) = (lease_until IS NULL)", name=op.f("ck_delivery_leased")),
        sa.ForeignKeyConstraint(["batch_id"], ["notice_batch.id"], name=op.f("fk_delivery_batch_id")),
        sa.ForeignKeyConstraint(
            ["notice_id", "person_id"],
            ["notice.id", "notice.person_id"],
            name=op.f("fk_delivery_notice_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "notice_id", "carriage", "form", name=op.f("uq_delivery_notice_id_carriage_form")
        ),
    )
    op.create_index("ix_delivery_batch_id", "delivery", ["batch_id", "state"], unique=False)
    op.create_index("ix_delivery_due", "delivery", ["state", "priority", "due_at"], unique=False)
    op.create_index("ix_delivery_person_id", "delivery", ["person_id", "state"], unique=False)
    op.create_table(
        "delivery_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_attempt_delivery_id")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["actor.id"], name=op.f("fk_delivery_attempt_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempt")),
        sa.UniqueConstraint("delivery_id", "number", name=op.f("uq_delivery_attempt_delivery_id_number")),
    )
    op.create_table(
        "attempt_result",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'accepted' OR reference IS NOT NULL",
            name=op.f("ck_attempt_result_accepted_has_reference"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'not_processed', 'rejected', 'unclear')",
            name=op.f("ck_attempt_result_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["delivery_attempt.id"], name=op.f("fk_attempt_result_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_attempt_result")),
    )
    op.create_index("ix_attempt_result_reference", "attempt_result", ["reference"], unique=False)
    op.create_table(
        "delivery_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["delivery_attempt.id"], name=op.f("fk_delivery_receipt_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_receipt")),
        sa.UniqueConstraint("provider", "event_id", name=op.f("uq_delivery_receipt_provider_event_id")),
    )
    op.create_index(op.f("ix_delivery_receipt_attempt_id"), "delivery_receipt", ["attempt_id"], unique=False)


def downgrade() -> None:
    op.drop_table("delivery_receipt")
    op.drop_table("attempt_result")
    op.drop_table("delivery_attempt")
    op.drop_table("delivery")
    op.drop_table("notice")
    op.drop_table("notice_batch")
