"""Wider rows: clients as actors, every basis and outcome, holds put back, merged gates."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ACTORS = "kind IN ('operator', 'system', 'staff'{more})"
OUTCOMES = (
    "outcome IN ('denied', 'dismissed', 'granted', 'remanded', 'vacated', {more}"
    "'appeal_pending', 'motion_filed', 'bond', 'scheduling', 'venue')"
)
BASES = (
    "basis IN ('incident', 'promise_window', 'automatic_stay', 'ij_stay', 'bia_stay', 'dhs_stay', 'tro', "
    "'circuit_stay', 'habeas'{more})"
)
MORE_ACTORS = ", 'client'"
MORE_OUTCOMES = "'reversed', 'terminated', 'extradition_ordered', "
MORE_BASES = ", 'claimed_citizenship', 'lost_hold', 'split_record', 'reinstated'"


def _said_anew(table: str, name: str, condition: str) -> None:
    """A CHECK with another condition. On the way down, rows that the narrower one refuses stop the migration."""
    with op.batch_alter_table(table) as altered:
        altered.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table(table) as altered:
        altered.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(condition))


def upgrade() -> None:
    with op.batch_alter_table("actor") as actor:
        actor.add_column(sa.Column("office", sa.String(), nullable=True))
    _said_anew("actor", "kind", ACTORS.format(more=MORE_ACTORS))
    with op.batch_alter_table("document") as document:
        document.create_unique_constraint(op.f("uq_document_id_person_id"), ["id", "person_id"])
    _said_anew("court_review", "outcome", OUTCOMES.format(more=MORE_OUTCOMES))
    with op.batch_alter_table("gate") as gate:
        gate.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
        gate.create_index(op.f("ix_gate_merged_into"), ["merged_into"])
        gate.create_foreign_key(op.f("fk_gate_merged_into"), "gate", ["merged_into"], ["person_id"])
        gate.create_check_constraint(op.f("ck_gate_not_into_itself"), sa.text("merged_into <> person_id"))
    _said_anew("hold", "basis", BASES.format(more=MORE_BASES))
    with op.batch_alter_table("hold") as hold:
        hold.add_column(sa.Column("reinstates_id", sa.Uuid(), nullable=True))
        hold.create_unique_constraint(op.f("uq_hold_id_placed_by"), ["id", "placed_by"])
        hold.create_unique_constraint(op.f("uq_hold_reinstates_id"), ["reinstates_id"])
        hold.create_foreign_key(
            op.f("fk_hold_reinstates_id_person_id"),
            "hold",
            ["reinstates_id", "person_id"],
            ["id", "person_id"],
        )
        hold.create_check_constraint(
            op.f("ck_hold_reinstates"), sa.text("(basis = 'reinstated') = (reinstates_id IS NOT NULL)")
        )


def downgrade() -> None:
    with op.batch_alter_table("hold") as hold:
        hold.drop_constraint(op.f("ck_hold_reinstates"), type_="check")
        hold.drop_constraint(op.f("fk_hold_reinstates_id_person_id"), type_="foreignkey")
        hold.drop_constraint(op.f("uq_hold_reinstates_id"), type_="unique")
        hold.drop_constraint(op.f("uq_hold_id_placed_by"), type_="unique")
        hold.drop_column("reinstates_id")
    _said_anew("hold", "basis", BASES.format(more=""))
    with op.batch_alter_table("gate") as gate:
        gate.drop_constraint(op.f("ck_gate_not_into_itself"), type_="check")
        gate.drop_constraint(op.f("fk_gate_merged_into"), type_="foreignkey")
        gate.drop_index("ix_gate_merged_into")
        gate.drop_column("merged_into")
    _said_anew("court_review", "outcome", OUTCOMES.format(more=""))
    with op.batch_alter_table("document") as document:
        document.drop_constraint(op.f("uq_document_id_person_id"), type_="unique")
    _said_anew("actor", "kind", ACTORS.format(more=""))
    with op.batch_alter_table("actor") as actor:
        actor.drop_column("office")
