"""What a clearance was asked under is asked again at boarding; a violated record's facts are kept."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Clearances from before have no indexes and board nobody: they live a quarter of an hour at most."""
    op.create_table(
        "clearance_index",
        sa.Column("clearance_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('a_number', 'name_birth_date', 'name')", name=op.f("ck_clearance_index_kind")
        ),
        sa.ForeignKeyConstraint(
            ["clearance_id"], ["clearance.id"], name=op.f("fk_clearance_index_clearance_id")
        ),
        sa.PrimaryKeyConstraint("clearance_id", "kind", "value", name=op.f("pk_clearance_index")),
    )
    if not sa.inspect(op.get_bind()).has_table("overwritten_facts"):
        _keep_overwritten_facts()


def _keep_overwritten_facts() -> None:
    op.create_table(
        "overwritten_facts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_facts", sa.LargeBinary(), nullable=False),
        sa.Column("overwritten_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_overwritten_facts_person_id")),
        sa.PrimaryKeyConstraint("person_id", "number", name=op.f("pk_overwritten_facts")),
    )


def downgrade() -> None:
    """What a violation froze is not dropped: its table stays where it has a row, and the way up finds it."""
    op.drop_table("clearance_index")
    if not op.get_bind().execute(sa.text("SELECT count(*) FROM overwritten_facts")).scalar_one():
        op.drop_table("overwritten_facts")
