"""Stops of sending, and that they were lifted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sending_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("carriage", sa.String(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stopped_by", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("carriage IS NULL OR batch_id IS NULL", name=op.f("ck_sending_stop_one_scope")),
        sa.CheckConstraint(
            "carriage IS NULL OR carriage IN ('letter', 'sms', 'email', 'voice', 'in_person')",
            name=op.f("ck_sending_stop_carriage"),
        ),
        sa.CheckConstraint(
            "reason IN ('wrong_content', 'wrong_people', 'provider', 'exposed', 'other')",
            name=op.f("ck_sending_stop_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sending_stop_organisation_id")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["notice_batch.id"], name=op.f("fk_sending_stop_batch_id")),
        sa.ForeignKeyConstraint(["stopped_by"], ["actor.id"], name=op.f("fk_sending_stop_stopped_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_stop")),
        sa.UniqueConstraint("reference", name=op.f("uq_sending_stop_reference")),
    )
    op.create_table(
        "sending_stop_end",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stop_id"], ["sending_stop.id"], name=op.f("fk_sending_stop_end_stop_id")),
        sa.ForeignKeyConstraint(["lifted_by"], ["actor.id"], name=op.f("fk_sending_stop_end_lifted_by")),
        sa.PrimaryKeyConstraint("stop_id", name=op.f("pk_sending_stop_end")),
    )


def downgrade() -> None:
    op.drop_table("sending_stop_end")
    op.drop_table("sending_stop")
