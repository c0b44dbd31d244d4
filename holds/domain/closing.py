"""The ends of a hold other than its release: what each needs, and which departures each lets through."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from holds.domain.departure import DepartureKind
from holds.domain.release import Refusal, Release, ReviewFacts, objections_until
from holds.domain.review import COURT_FORUMS, FEDERAL_COURTS, Forum, Outcome

STATEMENTS_APART = dt.timedelta(hours=72)


class EndingKind(StrEnum):
    """How a hold can end. Every one takes two people and its own evidence."""

    RELEASED = "released"
    STAY_REJECTED = "stay_rejected"
    CLOSED_PROTECTED = "closed_protected"
    CLOSED_TERMINATED = "closed_terminated"
    CLOSED_DECEASED = "closed_deceased"
    CLOSED_DEPARTED_BY_CHOICE = "closed_departed_by_choice"
    CLOSED_REMOVED = "closed_removed"
    CLOSED_EXTRADITED = "closed_extradited"
    ENTERED_IN_ERROR = "entered_in_error"


CLOSINGS = frozenset(EndingKind) - {EndingKind.RELEASED}
"""Ends that are proposed as a `closing`; a release has a proposal of its own."""

LETS_PASS: Mapping[EndingKind, frozenset[DepartureKind]] = {
    EndingKind.RELEASED: frozenset(DepartureKind),
    EndingKind.STAY_REJECTED: frozenset(DepartureKind),
    EndingKind.ENTERED_IN_ERROR: frozenset(DepartureKind),
    EndingKind.CLOSED_DEPARTED_BY_CHOICE: frozenset(
        {DepartureKind.VOLUNTARY_DEPARTURE, DepartureKind.WITHDRAWAL}
    ),
    EndingKind.CLOSED_EXTRADITED: frozenset({DepartureKind.EXTRADITION}),
    EndingKind.CLOSED_PROTECTED: frozenset(),
    EndingKind.CLOSED_TERMINATED: frozenset(),
    EndingKind.CLOSED_DECEASED: frozenset(),
    # Who is on record as removed and is asked about again has come back, and nobody reviewed that case.
    EndingKind.CLOSED_REMOVED: frozenset(),
}
"""The departures that an ended hold blocks no more. A choice to leave is no leave to be removed."""


def lets_pass(ending: EndingKind | None, departure: DepartureKind | None) -> bool:
    """Whether a hold that ended like this (None: not at all) blocks that departure no more.

    Without a departure: whether it blocks none. A choice to leave is no leave to be removed.
    """
    if ending is None:
        return False
    asked = frozenset(DepartureKind) if departure is None else frozenset({departure})
    return asked <= LETS_PASS[ending]


STILL_BLOCKING = frozenset(kind for kind, passes in LETS_PASS.items() if not passes)
"""Ends after which the person is blocked at the gate all the same, with an alarm if they are ever checked."""

VIOLABLE = frozenset(kind for kind, passes in LETS_PASS.items() if passes != frozenset(DepartureKind)) - {
    EndingKind.CLOSED_REMOVED
}
"""Ends in spite of which a removal is a violation still: who was granted protection least of all may go."""

NEEDED_OUTCOME: Mapping[EndingKind, tuple[Outcome, frozenset[Forum]]] = {
    EndingKind.CLOSED_PROTECTED: (Outcome.GRANTED, COURT_FORUMS | {Forum.USCIS_REINTERVIEW}),
    EndingKind.CLOSED_TERMINATED: (Outcome.TERMINATED, COURT_FORUMS),
    EndingKind.CLOSED_EXTRADITED: (Outcome.EXTRADITION_ORDERED, FEDERAL_COURTS),
}
"""Ends that rest on a verified review of the hold: its outcome, and who may have decided."""

NEEDS_DOCUMENT = frozenset({EndingKind.CLOSED_DECEASED, EndingKind.CLOSED_REMOVED})
TOLD_AND_WAITED = frozenset({EndingKind.ENTERED_IN_ERROR})


@dataclass(frozen=True, kw_only=True)
class StatementSlip:
    """How a person's statement that they choose to leave was taken."""

    in_private: bool
    officer_present: bool
    language: str
    own_language: bool
    interpreter_id: str | None = None
    support: str | None = None
    """`counsel`, or `independent_provider`: who was with the person."""
    chooses_to_leave: bool


SOUND_SQL = (
    "chooses_to_leave AND in_private AND NOT officer_present "
    "AND (own_language OR interpreted) AND support IS NOT NULL"
)
"""The same as `is_sound`, for the CHECK of `choice_statement`."""


def is_sound(slip: StatementSlip) -> bool:
    """Whether the statement counts: in private, no officer, understood, and not alone."""
    return (
        slip.chooses_to_leave
        and slip.in_private
        and not slip.officer_present
        and (slip.own_language or slip.interpreter_id is not None)
        and slip.support is not None
    )


@dataclass(frozen=True, kw_only=True)
class ClosingFacts:
    """What is on record for a proposed closing; `placed_at`: when the hold was placed.

    `statements`: times of the sound ones not revoked since.
    """

    kind: EndingKind
    placed_at: dt.datetime
    may_follow: bool
    rejectable: bool
    review: ReviewFacts | None
    with_document: bool
    told: Mapping[str, dt.datetime]
    represented: bool
    zone: ZoneInfo
    open_objections: int
    statements: tuple[dt.datetime, ...]


def decide_closing(facts: ClosingFacts, now: dt.datetime) -> Release | Refusal:
    """Whether the hold ends as proposed. Reasons are in the order in which they would be mended."""
    reasons = [] if facts.may_follow else ["closing.not_from_this_state"]
    if facts.kind in NEEDED_OUTCOME and not _bears(facts.kind, facts.review, now):
        reasons.append("closing.review_does_not_bear_it")
    if facts.kind in NEEDS_DOCUMENT and not facts.with_document:
        reasons.append("closing.document_missing")
    if facts.kind == EndingKind.STAY_REJECTED:
        if not facts.rejectable:
            reasons.append("stay.not_provisional")
        if "placer" not in facts.told:
            reasons.append("stay.reasons_not_served")
    if facts.kind == EndingKind.CLOSED_DEPARTED_BY_CHOICE and not _chosen_twice(facts, now):
        reasons.append("choice.two_statements_needed")
    if facts.open_objections:
        reasons.append("release.objection_open")
    opens_at = None
    if facts.kind in TOLD_AND_WAITED:
        untold, opens_at = _untold(facts, now)
        reasons += untold
    if not reasons:
        return Release()
    return Refusal(tuple(reasons), opens_at=opens_at if reasons == ["release.seven_days_open"] else None)


def _untold(facts: ClosingFacts, now: dt.datetime) -> tuple[list[str], dt.datetime | None]:
    """Who has to be told yet, or whose seven full days are not over; and when these end."""
    told = {who: at for who, at in facts.told.items() if who in {"person", "counsel"}}
    reasons = [] if "person" in told else ["closing.person_not_told"]
    if facts.represented and "counsel" not in told:
        reasons.append("closing.counsel_not_told")
    opens_at = max((objections_until(at, facts.zone) for at in told.values()), default=None)
    if opens_at is not None and now < opens_at:
        reasons.append("release.seven_days_open")
    return reasons, opens_at


def _bears(kind: EndingKind, review: ReviewFacts | None, now: dt.datetime) -> bool:
    outcome, forums = NEEDED_OUTCOME[kind]
    return (
        review is not None
        and review.outcome == outcome
        and review.forum in forums
        and review.final
        and review.verified
        and not review.superseded
        and review.decided_at <= now
        and (not review.appeal_lies or (review.appeal_deadline is not None and review.appeal_deadline < now))
    )


def _chosen_twice(facts: ClosingFacts, now: dt.datetime) -> bool:
    """Who said before the hold that they choose to leave did not know yet what they may wait for."""
    past = [at for at in facts.statements if facts.placed_at <= at <= now]
    return bool(past) and max(past) - min(past) >= STATEMENTS_APART
