"""Notices of every kind, copies to counsel, and what became known of an incident later than its day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = {
    "kind": "kind IN ('exposure_notice', 'counsel_notice')",
    "counsel": "(kind = 'counsel_notice') = (counsel_id IS NOT NULL)",
    "exposure": "kind NOT IN ('exposure_notice', 'counsel_notice') OR exposure_id IS NOT NULL",
}
AFTER = {
    "kind": (
        "kind IN ('correction', 'counsel_notice', 'custody_change', 'exposure_notice', "
        "'further_disclosure', 'hold_notice', 'hold_released', 'release_proposed', "
        "'removal_attempt_alert', 'return_assistance', 'rights_reminder', 'update', 'window_notice')"
    ),
    "counsel": (
        "(counsel_id IS NOT NULL OR kind NOT IN ('counsel_notice', 'removal_attempt_alert')) AND "
        "(counsel_id IS NULL OR kind IN ('correction', 'counsel_notice', 'hold_released', "
        "'release_proposed', 'removal_attempt_alert'))"
    ),
    "exposure": "exposure_id IS NOT NULL",
}
SEEN_BY = "seen_by IN ('own_government', 'other_government', 'public')"
DISCOVERED = "discovered_at IS NULL OR discovered_at >= occurred_at"


def _said_anew(conditions: dict[str, str]) -> None:
    with op.batch_alter_table("notice") as notice:
        for name in conditions:
            notice.drop_constraint(op.f(f"ck_notice_{name}"), type_="check")
    with op.batch_alter_table("notice") as notice:
        for name, condition in conditions.items():
            notice.create_check_constraint(op.f(f"ck_notice_{name}"), sa.text(condition))


def upgrade() -> None:
    _said_anew(AFTER)
    with op.batch_alter_table("incident") as incident:
        incident.add_column(sa.Column("discovered_at", sa.DateTime(timezone=True), nullable=True))
        incident.add_column(sa.Column("seen_by", sa.String(), nullable=True))
    with op.batch_alter_table("incident") as incident:
        incident.create_check_constraint(op.f("ck_incident_seen_by"), sa.text(SEEN_BY))
        incident.create_check_constraint(op.f("ck_incident_discovered"), sa.text(DISCOVERED))


def downgrade() -> None:
    """Where somebody was told by another kind, the narrower condition refuses, and nothing is changed."""
    _said_anew(BEFORE)
    with op.batch_alter_table("incident") as incident:
        incident.drop_constraint(op.f("ck_incident_seen_by"), type_="check")
        incident.drop_constraint(op.f("ck_incident_discovered"), type_="check")
    with op.batch_alter_table("incident") as incident:
        incident.drop_column("seen_by")
        incident.drop_column("discovered_at")
