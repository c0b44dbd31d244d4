"""Deleting what is kept of clients' calls for a time only: it has done its work, and tells of people.

The ledger's rows of the same calls stay: this takes nothing from what happened.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import CursorResult, Delete, delete, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.api_clients import AskedNumber, KeptAnswer
from holds.store.base import holdfast_now
from holds.store.confirmation_codes import ConfirmationCode
from holds.store.ledger import tell

NUMBERS_KEPT = dt.timedelta(days=1)
"""A budget is of one day of UTC; the day after it is kept for whoever looks into an alarm of probing."""
ANSWERS_KEPT = dt.timedelta(days=7)
"""Who repeats a call after a week calls anew: no system waits so long for its answer."""


@dataclass(frozen=True)
class Pruned:
    """How many rows went."""

    numbers: int
    answers: int
    codes: int


def prune_clients(session: Session, *, acting: Acting) -> Pruned:
    """Delete digests of asked numbers, kept answers and one-time codes whose time is over."""
    require(acting, Verb.RAISE_TASKS)
    now = session.scalars(select(holdfast_now())).one()
    pruned = Pruned(
        _gone(session, delete(AskedNumber).where(AskedNumber.day < (now - NUMBERS_KEPT).date())),
        _gone(session, delete(KeptAnswer).where(KeptAnswer.kept_at < now - ANSWERS_KEPT)),
        _gone(session, delete(ConfirmationCode).where(ConfirmationCode.expires_at <= now)),
    )
    if pruned.numbers or pruned.answers:
        codes = {"asked_numbers": pruned.numbers, "kept_answers": pruned.answers}
        tell(session, acting, "clients.pruned", acting.organisation_id, codes=codes)
    return pruned


def _gone(session: Session, statement: Delete) -> int:
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
