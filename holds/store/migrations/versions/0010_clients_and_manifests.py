"""The systems that ask, and the manifests they bring."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
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


def downgrade() -> None:
    op.drop_table("manifest_alarm")
    op.drop_table("manifest_line")
    op.drop_table("manifest_index")
    op.drop_table("manifest_departure")
    op.drop_table("departure")
    op.drop_table("manifest")
    op.drop_table("kept_answer")
    op.drop_table("asked_number")
    op.drop_table("api_key")
    op.drop_table("api_client")
