"""Judging whether two are one person: what is in doubt, what was judged, and what follows from it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PROMISE = dt.timedelta(minutes=15)
"""Within this time somebody on call judges a near match, by the database's clock."""
OVERDUE: tuple[tuple[str, dt.timedelta], ...] = (
    ("supervisor", dt.timedelta(0)),
    ("everyone", dt.timedelta(minutes=15)),
)
"""Who is called about a near match nobody judged in time, and how long after that it is."""


def overdue_rungs(due_at: dt.datetime, now: dt.datetime) -> tuple[str, ...]:
    """The rungs reached by now, the first first; none before it is due."""
    return tuple(rung for rung, after in OVERDUE if due_at + after <= now)


class DoubtKind(StrEnum):
    """`near_match`: somebody asked for under another number. The others are about two records."""

    NEAR_MATCH = "near_match"
    IDENTITY_CONFLICT = "identity_conflict"
    SAME_PERSON = "same_person"
    WRONG_MERGE = "wrong_merge"


class Verdict(StrEnum):
    """Whether it is the same person. `unsure` is a judgement too: everything stays as it is, blocked."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class Effect(StrEnum):
    """What a confirmed judgement does. None of them ends a hold."""

    ADD_NUMBER = "add_number"
    LIFT_NEAR_MATCH = "lift_near_match"
    MERGE = "merge"
    SPLIT = "split"
    NOTHING = "nothing"


EFFECTS: dict[tuple[DoubtKind, Verdict], Effect] = {
    (DoubtKind.NEAR_MATCH, Verdict.POSITIVE): Effect.ADD_NUMBER,
    (DoubtKind.NEAR_MATCH, Verdict.NEGATIVE): Effect.LIFT_NEAR_MATCH,
    (DoubtKind.IDENTITY_CONFLICT, Verdict.POSITIVE): Effect.MERGE,
    # Two people under one number: they stay two records, and the number stays blocked.
    (DoubtKind.IDENTITY_CONFLICT, Verdict.NEGATIVE): Effect.NOTHING,
    (DoubtKind.SAME_PERSON, Verdict.POSITIVE): Effect.MERGE,
    (DoubtKind.SAME_PERSON, Verdict.NEGATIVE): Effect.NOTHING,
    (DoubtKind.WRONG_MERGE, Verdict.POSITIVE): Effect.NOTHING,
    (DoubtKind.WRONG_MERGE, Verdict.NEGATIVE): Effect.SPLIT,
}


def effect_of(kind: DoubtKind, verdict: Verdict) -> Effect:
    """What follows once a second person has confirmed; an unsure verdict has no effect to confirm."""
    return EFFECTS.get((kind, verdict), Effect.NOTHING)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One judgement in the history of a doubt."""

    verdict: Verdict
    confirmed: bool


def different_person(history: Sequence[Judged]) -> bool:
    """Whether two people have said that it is somebody else, and nobody has doubted it since.

    `history` is oldest first. A later verdict of one person is enough to block again.
    """
    return bool(history) and history[-1].confirmed and history[-1].verdict is Verdict.NEGATIVE


def settled(history: Sequence[Judged]) -> bool:
    """Whether the doubt waits for nobody: the last word is a judgement that two people share."""
    return bool(history) and history[-1].confirmed
