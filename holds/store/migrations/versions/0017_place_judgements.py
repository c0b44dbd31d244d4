"""What people judged a location to be, and what each list said of a facility.

What a facility had before counts as said by the list that brought it.
"""

import uuid
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


SAID = ("address", "city", "state", "zip", "aor", "operator")


def upgrade() -> None:
    _judgements()
    _statements()


def _statements() -> None:
    op.create_table(
        "facility_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in SAID),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_facility_statement_facility_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_facility_statement_source_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_statement")),
    )
    op.create_index(op.f("ix_facility_statement_facility_id"), "facility_statement", ["facility_id"])
    said = ", ".join(f"f.{name}" for name in (*SAID, "closed_on"))
    statements = sa.table(
        "facility_statement",
        *(sa.column(name) for name in (*SAID, "closed_on")),
        *(sa.column(name, sa.Uuid()) for name in ("id", "facility_id", "source_list_id")),
        sa.column("said_at", sa.DateTime(timezone=True)),
    )
    kept = sa.text(
        f"SELECT f.id AS facility_id, f.source_list_id, {said}, s.started_at AS said_at "  # noqa: S608 - our own names
        "FROM facility f JOIN source_list s ON s.id = f.source_list_id"
    ).columns(
        facility_id=sa.Uuid(),
        source_list_id=sa.Uuid(),
        said_at=sa.DateTime(timezone=True),
        closed_on=sa.Date(),
    )
    rows = [{**row, "id": uuid.uuid4()} for row in op.get_bind().execute(kept).mappings()]
    if rows:
        op.bulk_insert(statements, rows)


def _judgements() -> None:
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
    """Who was judged to be where stays so in place_match; what was learned, and what was said before, is lost."""
    op.drop_table("facility_statement")
    op.drop_table("place_judgement")
