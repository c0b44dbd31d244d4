"""Whether counsel's client is this person is judged: what the roster said, verdicts, and what stays as it is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JUDGEMENTS = "judgement IN ('exact', {more}'needs_judgement'{last})"


def _said_anew(condition: str) -> None:
    """On the way down, rows that the narrower condition refuses stop the migration."""
    with op.batch_alter_table("appearance") as appearance:
        appearance.drop_constraint(op.f("ck_appearance_judgement"), type_="check")
    with op.batch_alter_table("appearance") as appearance:
        appearance.create_check_constraint(op.f("ck_appearance_judgement"), sa.text(condition))


def upgrade() -> None:
    with op.batch_alter_table("appearance") as appearance:
        appearance.add_column(sa.Column("evidence_mark", sa.LargeBinary(), nullable=True))
        appearance.add_column(sa.Column("sealed_claim", sa.LargeBinary(), nullable=True))
    _said_anew(JUDGEMENTS.format(more="'confident', ", last=", 'negative'"))
    op.create_table(
        "appearance_judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appearance_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("evidence_mark", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('positive', 'negative', 'unsure')", name=op.f("ck_appearance_judgement_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["appearance_id"], ["appearance.id"], name=op.f("fk_appearance_judgement_appearance_id")
        ),
        sa.ForeignKeyConstraint(["judged_by"], ["actor.id"], name=op.f("fk_appearance_judgement_judged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance_judgement")),
    )
    op.create_index(op.f("ix_appearance_judgement_appearance_id"), "appearance_judgement", ["appearance_id"])


REFUSED_LAST = """
    SELECT 1 FROM appearance_judgement j WHERE j.verdict <> 'positive' AND NOT EXISTS (
        SELECT 1 FROM appearance_judgement later WHERE later.appearance_id = j.appearance_id
        AND (later.judged_at > j.judged_at OR (later.judged_at = j.judged_at AND later.id > j.id)))
"""


def downgrade() -> None:
    # An older program knows of no judgement: it would verify what was refused, and tell the wrong counsel.
    if op.get_bind().exec_driver_sql(REFUSED_LAST).first() is not None:
        raise RuntimeError(
            "Appearances were judged to be for somebody else, or left open, and an older release would not "
            "know; restore a backup."
        )
    op.drop_table("appearance_judgement")
    _said_anew(JUDGEMENTS.format(more="", last=""))
    with op.batch_alter_table("appearance") as appearance:
        appearance.drop_column("sealed_claim")
        appearance.drop_column("evidence_mark")
