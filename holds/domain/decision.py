"""The answer to "may this person be removed?", from what the record found. Doubt is always `blocked`."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

NOT_COMPARED = "identity.not_compared"
"""Nobody is found; but name and birth date were not given, and some people are held by these alone."""


class Decision(StrEnum):
    BLOCKED = "blocked"
    NO_ACTIVE_HOLD = "no_active_hold"
    NOT_ON_RECORD = "not_on_record"


WHAT_TO_DO = {
    Decision.BLOCKED: "Do not remove this person. Keep them off the manifest, and call.",
    Decision.NO_ACTIVE_HOLD: "No hold is active at this moment. Ask for a clearance before boarding.",
    Decision.NOT_ON_RECORD: "This person is not on record. This is no clearance: check again at each stage.",
}
"""Said to whoever asks, in whichever way."""


class Found(NamedTuple):
    """A person the look-up touched: by number, or as a near match by name and birth date or name alone."""

    by_number: bool
    active_bases: tuple[str, ...]
    identity_conflicts: bool


class Answer(NamedTuple):
    """`reasons` are codes that disclose nothing confidential; `at` is the database's time."""

    decision: Decision
    reasons: tuple[str, ...]
    at: dt.datetime | None = None
    reference: str | None = None


def decide_check(
    *,
    number_readable: bool,
    closed_reasons: tuple[str, ...],
    identity_compared: bool,
    found: tuple[Found, ...],
    birth_date_readable: bool = True,
    country_readable: bool = True,
) -> tuple[Decision, tuple[str, ...]]:
    """Decide from facts. Blocked on every doubt: a closed database, what cannot be read, several people.

    People whose number nobody knows are held by name and birth date alone, so `not_on_record` says when
    these were not given (`identity_compared` false).
    """
    reasons: list[str] = list(closed_reasons)
    if not number_readable:
        reasons.append("a_number.unreadable")
    if not birth_date_readable:
        reasons.append("birth_date.unreadable")
    if not country_readable:
        reasons.append("country.unreadable")
    if found:
        reasons += _of_the_found(found)
    if reasons:
        return Decision.BLOCKED, tuple(reasons)
    if any(f.by_number for f in found):
        return Decision.NO_ACTIVE_HOLD, ()
    return Decision.NOT_ON_RECORD, () if identity_compared else (NOT_COMPARED,)


def _of_the_found(found: tuple[Found, ...]) -> list[str]:
    """Why whoever was found may not be removed."""
    reasons = []
    by_number = [f for f in found if f.by_number]
    if any(f.active_bases for f in by_number):
        reasons.append("hold.active")
    if len(by_number) > 1:
        reasons.append("identity.several_people")
    if any(f.identity_conflicts for f in by_number):
        reasons.append("identity.conflict")
    if any(not f.by_number and f.active_bases for f in found):
        reasons.append("identity.near_match")
    return reasons
