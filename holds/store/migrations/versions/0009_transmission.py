"""Transmission of holds, violations, and a database that was put back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.Column("lost_rows", sa.Integer(), nullable=False),
        sa.Column("lost_people", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["proposed_by"], ["actor.id"], name=op.f("fk_reconciliation_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
        sa.UniqueConstraint("id", "proposed_by", name=op.f("uq_reconciliation_id_proposed_by")),
    )
    op.create_table(
        "database_opening",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("reconciliation_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(number = 1) = (reconciliation_id IS NULL)", name=op.f("ck_database_opening_first")
        ),
        sa.CheckConstraint(
            "(proposed_by IS NULL) = (reconciliation_id IS NULL)", name=op.f("ck_database_opening_proposed")
        ),
        sa.CheckConstraint(
            "proposed_by IS NULL OR proposed_by <> opened_by", name=op.f("ck_database_opening_two_people")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["actor.id"], name=op.f("fk_database_opening_opened_by")),
        sa.ForeignKeyConstraint(
            ["reconciliation_id", "proposed_by"],
            ["reconciliation.id", "reconciliation.proposed_by"],
            name=op.f("fk_database_opening_reconciliation_id_proposed_by"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_database_opening")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_database_opening_instance_id")),
        sa.UniqueConstraint("reconciliation_id", name=op.f("uq_database_opening_reconciliation_id")),
    )
    op.create_table(
        "transmission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("detained", sa.Boolean(), nullable=False),
        sa.Column("transmitted_by", sa.Uuid(), nullable=False),
        sa.Column("transmitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('field_office', 'facility')", name=op.f("ck_transmission_kind")),
        sa.CheckConstraint("due_at > transmitted_at", name=op.f("ck_transmission_due")),
        sa.CheckConstraint("round >= 1", name=op.f("ck_transmission_round")),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_transmission_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_transmission_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["transmitted_by"], ["actor.id"], name=op.f("fk_transmission_transmitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmission")),
        sa.UniqueConstraint(
            "hold_id", "kind", "office", "round", name=op.f("uq_transmission_hold_id_kind_office_round")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_transmission_reference")),
    )
    op.create_index("ix_transmission_office", "transmission", ["office", "due_at"], unique=False)
    op.create_index(op.f("ix_transmission_person_id"), "transmission", ["person_id"], unique=False)
    op.create_table(
        "acknowledgement",
        sa.Column("transmission_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=False),
        sa.Column("communicated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["actor.id"], name=op.f("fk_acknowledgement_acknowledged_by")
        ),
        sa.ForeignKeyConstraint(
            ["transmission_id"], ["transmission.id"], name=op.f("fk_acknowledgement_transmission_id")
        ),
        sa.PrimaryKeyConstraint("transmission_id", name=op.f("pk_acknowledgement")),
    )
    op.create_table(
        "transmission_end",
        sa.Column("transmission_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transmission_id"], ["transmission.id"], name=op.f("fk_transmission_end_transmission_id")
        ),
        sa.PrimaryKeyConstraint("transmission_id", name=op.f("pk_transmission_end")),
    )
    op.create_table(
        "transmission_rung",
        sa.Column("transmission_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "rung IN ('addressee_again', 'duty_desk', 'supervisor', 'everyone')",
            name=op.f("ck_transmission_rung_rung"),
        ),
        sa.ForeignKeyConstraint(
            ["transmission_id"], ["transmission.id"], name=op.f("fk_transmission_rung_transmission_id")
        ),
        sa.PrimaryKeyConstraint("transmission_id", "rung", name=op.f("pk_transmission_rung")),
    )
    op.create_table(
        "violation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_account", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_evidence", sa.LargeBinary(), nullable=False),
        sa.Column("evidence_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('person', 'family', 'counsel', 'agency', 'consulate', 'carrier', 'press', 'custody_list')",
            name=op.f("ck_violation_source"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_violation_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_violation_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_violation_id_person_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_violation_reference")),
    )
    op.create_index(op.f("ix_violation_person_id"), "violation", ["person_id"], unique=False)
    op.create_table(
        "violated_hold",
        sa.Column("violation_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_violated_hold_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["violation_id", "person_id"],
            ["violation.id", "violation.person_id"],
            name=op.f("fk_violated_hold_violation_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("violation_id", "hold_id", name=op.f("pk_violated_hold")),
    )
    op.create_index(op.f("ix_violated_hold_hold_id"), "violated_hold", ["hold_id"], unique=False)
    op.create_index(op.f("ix_violated_hold_person_id"), "violated_hold", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("violated_hold")
    op.drop_table("violation")
    op.drop_table("transmission_rung")
    op.drop_table("transmission_end")
    op.drop_table("acknowledgement")
    op.drop_table("transmission")
    op.drop_table("database_opening")
    op.drop_table("reconciliation")
