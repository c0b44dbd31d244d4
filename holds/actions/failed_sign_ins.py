"""Sign-ins that failed: whoever tries credentials leaves a trace."""

import uuid
from typing import Literal

from sqlalchemy.orm import Session

from holds.actions.credentials import standing_actor
from holds.store.base import new_id
from holds.store.ledger import tell


def note_failed_sign_in(session: Session, *, where: Literal["web", "command_line"]) -> uuid.UUID:
    """Write that somebody failed to sign in, and where; returns the row's id.

    Never what was typed as login: people type their credential there, and the row would tell who exists.
    """
    system = standing_actor(session, "system")
    return tell(session, system, "sign_in.failed", new_id(), codes={"where": where})
