"""A clearance: leave to board one person, for minutes, and for the gate as it was seen (guarantee 5)."""

import datetime as dt
from dataclasses import dataclass

LIFE = dt.timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class ClearanceTerms:
    """What a clearance is bound to: the epoch of the gate that it made, an end by the database's clock."""

    epoch: int
    expires_at: dt.datetime


def clearance_terms(*, seen_epoch: int, now: dt.datetime) -> ClearanceTerms:
    """The terms of a clearance that is issued now, by whoever saw the gate at `seen_epoch` under its lock."""
    return ClearanceTerms(epoch=seen_epoch + 1, expires_at=now + LIFE)


def still_stands(terms: ClearanceTerms, *, epoch: int, now: dt.datetime) -> bool:
    """Whether it still clears anybody: nothing has moved the gate since, and its end has not come."""
    return terms.epoch == epoch and now < terms.expires_at


def decide_clearance(*, closed: tuple[str, ...], held: bool) -> tuple[str, ...]:
    """Why nobody is cleared or boarded, as codes; empty where nothing stands in the way.

    A closed database knows of no hold for certain, so its own reasons are all that is said.
    """
    return closed or (("hold.active",) if held else ())
