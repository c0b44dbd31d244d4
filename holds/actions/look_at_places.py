"""Looking at locations as lists wrote them: they may name people, so each look is in the ledger."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.ledger import Entry, write_ledger


def look_at_places(session: Session, *, acting: Acting, match_ids: Sequence[uuid.UUID]) -> None:
    """Write that the actor has read these locations; a ledger row each."""
    require(acting, Verb.JUDGE_PLACE)
    write_ledger(
        session,
        [
            Entry(
                verb="place.seen",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=match_id,
            )
            for match_id in match_ids
        ],
    )
