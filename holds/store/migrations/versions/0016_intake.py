"""How far an import has come, saved mappings, who was last seen in custody; housing units sealed.

A migration has no key ring, so it cannot seal the housing units that stood in clear: they are dropped, either
way. The next daily custody file names them again.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("source_list") as source_list:
        source_list.add_column(sa.Column("reached", sa.Integer(), nullable=True))
        source_list.add_column(sa.Column("mapping", sa.JSON(), nullable=True))
        source_list.add_column(sa.Column("sealed_source", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("custody") as custody:
        custody.drop_column("housing_unit")
        custody.add_column(sa.Column("sealed_housing_unit", sa.LargeBinary(), nullable=True))
    op.create_table(
        "custody_sighting",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_list_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_custody_sighting_person_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_custody_sighting_source_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_list_id"], ["source_list.id"], name=op.f("fk_custody_sighting_earlier_list_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_custody_sighting")),
    )
    op.create_index(op.f("ix_custody_sighting_source_list_id"), "custody_sighting", ["source_list_id"])
    op.create_table(
        "saved_mapping",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_saved_mapping_organisation_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["actor.id"], name=op.f("fk_saved_mapping_saved_by")),
        sa.PrimaryKeyConstraint("organisation_id", "kind", "name", name=op.f("pk_saved_mapping")),
    )


def downgrade() -> None:
    op.drop_table("saved_mapping")
    op.drop_table("custody_sighting")
    with op.batch_alter_table("custody") as custody:
        custody.drop_column("sealed_housing_unit")
        custody.add_column(sa.Column("housing_unit", sa.String(), nullable=True))
    with op.batch_alter_table("source_list") as source_list:
        source_list.drop_column("sealed_source")
        source_list.drop_column("mapping")
        source_list.drop_column("reached")
