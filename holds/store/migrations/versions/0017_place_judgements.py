"""What people judged a location to be, kept for the next list that writes it so."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFERENCES = {
    "place_match_id": "place_match",
    "facility_id": "facility",
    "candidate_id": "facility",
    "judged_by": "actor",
}


def upgrade() -> None:
    op.create_table(
        "place_judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_match_id", sa.Uuid(), nullable=False),
        sa.Column("place_key", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=True),
        sa.Column("candidate_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('facility', 'none', 'unsure')", name=op.f("ck_place_judgement_verdict")
        ),
        sa.CheckConstraint(
            "(verdict = 'facility') = (facility_id IS NOT NULL)", name=op.f("ck_place_judgement_facility")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_place_judgement_{name}"))
            for name, table in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_judgement")),
    )
    for name in ("place_match_id", "place_key"):
        op.create_index(op.f(f"ix_place_judgement_{name}"), "place_judgement", [name])


def downgrade() -> None:
    """Who was judged to be where stays so in place_match; what was learned is lost."""
    op.drop_table("place_judgement")
