"""Transmission of holds, and the systems that ask."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("daily_numbers", sa.Integer(), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("numbers", sa.Integer(), nullable=False),
        sa.Column("suspicion", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "scope <> 'carrier' OR daily_numbers = 0", name=op.f("ck_api_client_carrier_asks_no_number")
        ),
        sa.CheckConstraint(
            "scope IN ('agency_officer', 'field_office', 'carrier')", name=op.f("ck_api_client_scope")
        ),
        sa.CheckConstraint("numbers <= daily_numbers", name=op.f("ck_api_client_budget")),
        sa.CheckConstraint("per_minute > 0 AND daily_numbers >= 0", name=op.f("ck_api_client_allowance")),
        sa.ForeignKeyConstraint(["id"], ["actor.id"], name=op.f("fk_api_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("reference", name=op.f("uq_api_client_reference")),
    )
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
        "api_key",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slot IN (1, 2)", name=op.f("ck_api_key_slot")),
        sa.ForeignKeyConstraint(["client_id"], ["api_client.id"], name=op.f("fk_api_key_client_id")),
        sa.PrimaryKeyConstraint("client_id", "slot", name=op.f("pk_api_key")),
        sa.UniqueConstraint("reference", name=op.f("uq_api_key_reference")),
    )
    op.create_table(
        "asked_number",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("block", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["api_client.id"], name=op.f("fk_asked_number_client_id")),
        sa.PrimaryKeyConstraint("client_id", "day", "number", name=op.f("pk_asked_number")),
    )
    op.create_index("ix_asked_number_block", "asked_number", ["client_id", "day", "block"], unique=False)
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
        "kept_answer",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["api_client.id"], name=op.f("fk_kept_answer_client_id")),
        sa.PrimaryKeyConstraint("client_id", "key", name=op.f("pk_kept_answer")),
    )
    op.create_table(
        "manifest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("carrier_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("departure_kind", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("index_keys", sa.JSON(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["carrier_id"], ["api_client.id"], name=op.f("fk_manifest_carrier_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_manifest_organisation_id")
        ),
        sa.ForeignKeyConstraint(["registered_by"], ["actor.id"], name=op.f("fk_manifest_registered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manifest")),
        sa.UniqueConstraint("reference", name=op.f("uq_manifest_reference")),
    )
    op.create_index("ix_manifest_leaves_at", "manifest", ["leaves_at"], unique=False)
    op.create_table(
        "departure",
        sa.Column("removal_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("departed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_departure_recorded_by")),
        sa.ForeignKeyConstraint(["removal_id"], ["removal.id"], name=op.f("fk_departure_removal_id")),
        sa.PrimaryKeyConstraint("removal_id", name=op.f("pk_departure")),
    )
    op.create_table(
        "manifest_departure",
        sa.Column("manifest_id", sa.Uuid(), nullable=False),
        sa.Column("not_aboard", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("departed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["manifest_id"], ["manifest.id"], name=op.f("fk_manifest_departure_manifest_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["actor.id"], name=op.f("fk_manifest_departure_recorded_by")
        ),
        sa.PrimaryKeyConstraint("manifest_id", name=op.f("pk_manifest_departure")),
    )
    op.create_table(
        "manifest_index",
        sa.Column("manifest_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('a_number', 'name_birth_date', 'name')", name=op.f("ck_manifest_index_kind")
        ),
        sa.ForeignKeyConstraint(["manifest_id"], ["manifest.id"], name=op.f("fk_manifest_index_manifest_id")),
        sa.PrimaryKeyConstraint("manifest_id", "line", "kind", "value", name=op.f("pk_manifest_index")),
    )
    op.create_index("ix_manifest_index_value", "manifest_index", ["kind", "value"], unique=False)
    op.create_table(
        "manifest_line",
        sa.Column("manifest_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('blocked', 'no_active_hold', 'not_on_record')",
            name=op.f("ck_manifest_line_decision"),
        ),
        sa.CheckConstraint("line > 0", name=op.f("ck_manifest_line_line")),
        sa.ForeignKeyConstraint(["manifest_id"], ["manifest.id"], name=op.f("fk_manifest_line_manifest_id")),
        sa.PrimaryKeyConstraint("manifest_id", "line", name=op.f("pk_manifest_line")),
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
        "manifest_alarm",
        sa.Column("manifest_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instruction", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "instruction IN ('do_not_board', 'deplane', 'recall')", name=op.f("ck_manifest_alarm_instruction")
        ),
        sa.ForeignKeyConstraint(
            ["manifest_id", "line"],
            ["manifest_line.manifest_id", "manifest_line.line"],
            name=op.f("fk_manifest_alarm_manifest_id_line"),
        ),
        sa.PrimaryKeyConstraint("manifest_id", "line", "instruction", name=op.f("pk_manifest_alarm")),
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


def downgrade() -> None:
    op.drop_table("transmission_rung")
    op.drop_table("transmission_end")
    op.drop_table("manifest_alarm")
    op.drop_table("acknowledgement")
    op.drop_table("transmission")
    op.drop_table("manifest_line")
    op.drop_table("manifest_index")
    op.drop_table("manifest_departure")
    op.drop_table("departure")
    op.drop_table("manifest")
    op.drop_table("kept_answer")
    op.drop_table("database_opening")
    op.drop_table("asked_number")
    op.drop_table("api_key")
    op.drop_table("reconciliation")
    op.drop_table("api_client")
