"""A notice may tell that a hold has ended."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = "kind IN ('exposure_notice', 'counsel_notice'{more})"
EXPOSED = "kind NOT IN ('exposure_notice', 'counsel_notice'{more}) OR exposure_id IS NOT NULL"


def _said_anew(more: str) -> None:
    for name, condition in (("kind", KINDS), ("exposure", EXPOSED)):
        with op.batch_alter_table("notice") as notice:
            notice.drop_constraint(op.f(f"ck_notice_{name}"), type_="check")
        with op.batch_alter_table("notice") as notice:
            notice.create_check_constraint(op.f(f"ck_notice_{name}"), sa.text(condition.format(more=more)))


def upgrade() -> None:
    _said_anew(", 'hold_released'")


def downgrade() -> None:
    """Where somebody was told already, the narrower condition refuses, and nothing is changed."""
    _said_anew("")
