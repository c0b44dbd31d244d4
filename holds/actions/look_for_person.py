"""Looking for a person. A search that finds nobody is told too: whoever tries numbers leaves a trace."""

import uuid

from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from holds.store.ledger import tell


def look_for_person(session: Session, *, acting: Acting, found: int) -> uuid.UUID:
    """Write that the actor searched and how many answered; never what they typed. Returns the row's id."""
    require(acting, Verb.LOOK_AT_PERSON)
    return tell(session, acting, "person.sought", new_id(), codes={"found": found})
