"""The ledger, and what a database knows of itself."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "database_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("database_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('real', 'demo')", name=op.f("ck_database_mark_kind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_database_mark_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_database_mark")),
    )
    op.create_table(
        "demo_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ahead_seconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("ahead_seconds >= 0", name=op.f("ck_demo_clock_ahead")),
        sa.CheckConstraint("id = 1", name=op.f("ck_demo_clock_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_clock")),
    )
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_key_check")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "ledger_head",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "ledger_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_ledger_row_actor_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ledger_row_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_row")),
    )
    op.create_index("ix_ledger_row_person_id", "ledger_row", ["person_id", "id"], unique=False)
    op.create_index("ix_ledger_row_verb", "ledger_row", ["verb", "id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_sign_in_actor_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_actor_id"), "sign_in", ["actor_id"], unique=False)
    op.create_table(
        "ledger_detail",
        sa.Column("ledger_row_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_row_id"], ["ledger_row.id"], name=op.f("fk_ledger_detail_ledger_row_id")
        ),
        sa.PrimaryKeyConstraint("ledger_row_id", name=op.f("pk_ledger_detail")),
    )
    op.create_table(
        "ledger_leaf",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ledger_row_id", sa.Uuid(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_row_id"], ["ledger_row.id"], name=op.f("fk_ledger_leaf_ledger_row_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_leaf")),
        sa.UniqueConstraint("ledger_row_id", name=op.f("uq_ledger_leaf_ledger_row_id")),
    )


def downgrade() -> None:
    op.drop_table("ledger_leaf")
    op.drop_table("ledger_detail")
    op.drop_table("sign_in")
    op.drop_table("ledger_row")
    op.drop_table("ledger_head")
    op.drop_table("lease")
    op.drop_table("key_check")
    op.drop_table("demo_clock")
    op.drop_table("database_mark")
