"""Triggers made anew, as every migration makes them: an epoch is compared before merges are followed.

Nothing of a table changes.
"""

from collections.abc import Sequence

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """The triggers are of no revision: they are dropped before, and made from the guards at the head."""


def downgrade() -> None:
    """Below the head there are no triggers."""
