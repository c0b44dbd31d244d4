"""Alarms about boardings, contacts of a manifest sealed, marks and labels bounded, and who watches."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = "kind IN ('manifest', {more}'hold_sent', 'hold_overdue', 'counsel', 'page')"
MORE_KINDS = "'boarding', "


def _kinds(condition: str) -> None:
    with op.batch_alter_table("alarm") as alarm:
        alarm.drop_constraint(op.f("ck_alarm_kind"), type_="check")
    with op.batch_alter_table("alarm") as alarm:
        alarm.create_check_constraint(op.f("ck_alarm_kind"), sa.text(condition))


def upgrade() -> None:
    """Contacts in clear cannot be sealed here, where there are no keys: they are refused, not lost."""
    clear = sa.text("SELECT count(*) FROM manifest WHERE CAST(contacts AS TEXT) <> '[]'")
    if op.get_bind().execute(clear).scalar_one():
        raise RuntimeError(
            "Manifests name their contacts in clear, and these cannot be sealed without the keys: take the "
            "manifests out with the owner's role, migrate, and register those that have not ended anew."
        )
    with op.batch_alter_table("manifest") as manifest:
        manifest.drop_column("contacts")
        manifest.add_column(sa.Column("contact_ways", sa.JSON(), nullable=False, server_default="[]"))
        manifest.add_column(sa.Column("sealed_contacts", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("manifest") as manifest:
        manifest.alter_column("contact_ways", server_default=None)
        manifest.create_check_constraint(op.f("ck_manifest_label"), sa.text("length(label) BETWEEN 1 AND 32"))
    with op.batch_alter_table("manifest_line") as line:
        line.create_check_constraint(
            op.f("ck_manifest_line_mark"), sa.text("mark IS NULL OR length(mark) BETWEEN 1 AND 8")
        )
    _kinds(KINDS.format(more=MORE_KINDS))
    op.create_index("ix_removal_boarded_at", "removal", ["boarded_at"], unique=False)
    op.create_table(
        "boarding_alarm",
        sa.Column("removal_id", sa.Uuid(), nullable=False),
        sa.Column("instruction", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "instruction IN ('deplane', 'recall')", name=op.f("ck_boarding_alarm_instruction")
        ),
        sa.ForeignKeyConstraint(["removal_id"], ["removal.id"], name=op.f("fk_boarding_alarm_removal_id")),
        sa.PrimaryKeyConstraint("removal_id", "instruction", name=op.f("pk_boarding_alarm")),
    )
    op.create_table(
        "watch_beat",
        sa.Column("watcher", sa.Uuid(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("watcher", name=op.f("pk_watch_beat")),
    )


def downgrade() -> None:
    """Sealed contacts have no place in the older schema; its manifests then alarm whoever is on call."""
    op.drop_table("watch_beat")
    op.drop_table("boarding_alarm")
    op.drop_index("ix_removal_boarded_at", table_name="removal")
    _kinds(KINDS.format(more=""))
    with op.batch_alter_table("manifest_line") as line:
        line.drop_constraint(op.f("ck_manifest_line_mark"), type_="check")
    with op.batch_alter_table("manifest") as manifest:
        manifest.drop_constraint(op.f("ck_manifest_label"), type_="check")
        manifest.drop_column("contact_ways")
        manifest.drop_column("sealed_contacts")
        manifest.add_column(sa.Column("contacts", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("manifest") as manifest:
        manifest.alter_column("contacts", server_default=None)
