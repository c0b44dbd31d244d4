"""Counsel act through links of their own: they place stays, and read why one is rejected."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ACTORS = "kind IN ('operator', 'system', 'staff', 'client'{more})"
ALARMS = "kind IN ('manifest', 'boarding', 'hold_sent', 'hold_overdue', 'counsel', 'page'{more})"


def _said_anew(table: str, name: str, condition: str) -> None:
    """A CHECK with another condition. On the way down, rows that the narrower one refuses stop the migration."""
    with op.batch_alter_table(table) as altered:
        altered.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table(table) as altered:
        altered.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(condition))


def upgrade() -> None:
    _said_anew("actor", "kind", ACTORS.format(more=", 'counsel'"))
    with op.batch_alter_table("actor") as actor:
        actor.add_column(sa.Column("counsel_id", sa.Uuid(), nullable=True))
        actor.create_foreign_key(op.f("fk_actor_counsel_id"), "counsel", ["counsel_id"], ["id"])
        actor.create_unique_constraint(
            op.f("uq_actor_counsel_id_organisation_id"), ["counsel_id", "organisation_id"]
        )
        actor.create_check_constraint(
            op.f("ck_actor_counsel"), sa.text("(kind = 'counsel') = (counsel_id IS NOT NULL)")
        )
    _said_anew("alarm", "kind", ALARMS.format(more=", 'counsel_link', 'counsel_code'"))
    op.create_table(
        "counsel_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("counsel_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("appearance_id", sa.Uuid(), nullable=False),
        sa.Column("closing_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('place_stay', 'read_reasons')", name=op.f("ck_counsel_link_purpose")),
        sa.CheckConstraint(
            "(purpose = 'read_reasons') = (closing_id IS NOT NULL)", name=op.f("ck_counsel_link_closing")
        ),
        sa.ForeignKeyConstraint(["counsel_id"], ["counsel.id"], name=op.f("fk_counsel_link_counsel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_counsel_link_person_id")),
        sa.ForeignKeyConstraint(
            ["appearance_id"], ["appearance.id"], name=op.f("fk_counsel_link_appearance_id")
        ),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"], name=op.f("fk_counsel_link_closing_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["actor.id"], name=op.f("fk_counsel_link_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsel_link")),
        sa.UniqueConstraint("reference", name=op.f("uq_counsel_link_reference")),
    )
    op.create_index(op.f("ix_counsel_link_person_id"), "counsel_link", ["person_id"], unique=False)
    op.create_index(op.f("ix_counsel_link_closing_id"), "counsel_link", ["closing_id"], unique=False)
    op.create_table(
        "counsel_link_end",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('used', 'withdrawn')", name=op.f("ck_counsel_link_end_how")),
        sa.ForeignKeyConstraint(["link_id"], ["counsel_link.id"], name=op.f("fk_counsel_link_end_link_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["actor.id"], name=op.f("fk_counsel_link_end_ended_by")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_counsel_link_end")),
    )
    op.create_table(
        "counsel_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_counsel_code_tries")),
        sa.ForeignKeyConstraint(["link_id"], ["counsel_link.id"], name=op.f("fk_counsel_code_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsel_code")),
    )
    op.create_index(op.f("ix_counsel_code_link_id"), "counsel_code", ["link_id"], unique=False)
    with op.batch_alter_table("stay") as stay:
        stay.add_column(sa.Column("link_id", sa.Uuid(), nullable=True))
        stay.create_foreign_key(op.f("fk_stay_link_id"), "counsel_link", ["link_id"], ["id"])
        stay.create_unique_constraint(op.f("uq_stay_link_id"), ["link_id"])
        stay.create_check_constraint(op.f("ck_stay_link"), sa.text("link_id IS NULL OR asked_by = 'counsel'"))


def downgrade() -> None:
    """Who placed a hold as counsel has no place in the older schema: such an actor stops the way down."""
    _said_anew("actor", "kind", ACTORS.format(more=""))
    _said_anew("alarm", "kind", ALARMS.format(more=""))
    with op.batch_alter_table("stay") as stay:
        stay.drop_constraint(op.f("ck_stay_link"), type_="check")
        stay.drop_constraint(op.f("uq_stay_link_id"), type_="unique")
        stay.drop_constraint(op.f("fk_stay_link_id"), type_="foreignkey")
        stay.drop_column("link_id")
    op.drop_table("counsel_code")
    op.drop_table("counsel_link_end")
    op.drop_table("counsel_link")
    with op.batch_alter_table("actor") as actor:
        actor.drop_constraint(op.f("ck_actor_counsel"), type_="check")
        actor.drop_constraint(op.f("uq_actor_counsel_id_organisation_id"), type_="unique")
        actor.drop_constraint(op.f("fk_actor_counsel_id"), type_="foreignkey")
        actor.drop_column("counsel_id")
