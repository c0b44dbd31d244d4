"""What a notice tells beyond the exposure itself: the facts that each kind takes.

Codes and dates, never free text: whatever a notice says must exist in every language. Days are those of the
reader's zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from notify.domain.kinds import NoticeKind


class Move(StrEnum):
    """What became of somebody's custody."""

    TRANSFERRED = "transferred"
    LET_OUT = "let_out"
    DETAINED_AGAIN = "detained_again"


class Attempt(StrEnum):
    """How far a removal had come when the hold stood against it."""

    ASKED = "asked"
    LISTED = "listed"
    BOARDED = "boarded"
    DEPARTED = "departed"


class Mistake(StrEnum):
    """What was wrong in a notice. The right fact stands in the notice that corrects it."""

    NAME_OR_NUMBER = "name_or_number"
    KINDS_OF_DATA = "kinds_of_data"
    DATE = "date"
    ADVICE = "advice"
    CONTACT = "contact"


class SeenBy(StrEnum):
    """Who got to see the information in a further disclosure."""

    OWN_GOVERNMENT = "own_government"
    OTHER_GOVERNMENT = "other_government"
    PUBLIC = "public"
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What an update tells."""

    NOTHING_CHANGED = "nothing_changed"
    ANOTHER_HOLD = "another_hold"
    DECISION_RECORDED = "decision_recorded"
    OBJECTION_RECEIVED = "objection_received"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    SEEN_AGAIN = "seen_again"


@dataclass(frozen=True)
class HoldSent:
    """For `hold_notice`: to which office or facility, and the reference by which it confirms."""

    addressee: str
    hold_reference: str


@dataclass(frozen=True)
class Window:
    """For `window_notice`: the day of proven service, day 30 counted from it, and the days until then (0 or
    more)."""

    served_on: date
    last_day: date
    days_left: int


@dataclass(frozen=True)
class CustodyChange:
    """For `custody_change`: the new place is the notice's own `facility_name`."""

    move: Move
    since: date


@dataclass(frozen=True)
class RemovalAttempt:
    """For `removal_attempt_alert`: aware, in the zone in which it is told."""

    what: Attempt
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """For `release_proposed`: the decision it rests on."""

    proposed_on: date
    court: str
    decided_on: date


@dataclass(frozen=True)
class HoldEnd:
    """For `hold_released`: whether any other hold still blocks removal."""

    ended_on: date
    still_held: bool


@dataclass(frozen=True)
class Corrected:
    """For `correction`: the notice that was wrong, and in what."""

    of_reference: str
    of_date: date
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Removed:
    """For `return_assistance`: the day of the removal, None when nobody knows."""

    removed_on: date | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Further:
    """For `further_disclosure`: the name of the incident before, and who saw the information this time."""

    earlier_incident: str
    seen_by: SeenBy


@dataclass(frozen=True)
class News:
    """For `update`."""

    topic: Topic
    on: date


Particulars = (
    HoldSent
    | Window
    | CustodyChange
    | RemovalAttempt
    | Proposal
    | HoldEnd
    | Corrected
    | Removed
    | Further
    | News
)

TAKES: dict[NoticeKind, type[Particulars] | None] = {
    NoticeKind.EXPOSURE_NOTICE: None,
    NoticeKind.COUNSEL_NOTICE: None,
    NoticeKind.RIGHTS_REMINDER: None,
    NoticeKind.HOLD_NOTICE: HoldSent,
    NoticeKind.WINDOW_NOTICE: Window,
    NoticeKind.CUSTODY_CHANGE: CustodyChange,
    NoticeKind.REMOVAL_ATTEMPT_ALERT: RemovalAttempt,
    NoticeKind.RELEASE_PROPOSED: Proposal,
    NoticeKind.HOLD_RELEASED: HoldEnd,
    NoticeKind.CORRECTION: Corrected,
    NoticeKind.RETURN_ASSISTANCE: Removed,
    NoticeKind.FURTHER_DISCLOSURE: Further,
    NoticeKind.UPDATE: News,
}
"""Which of them each kind takes; None: it is told from the exposure alone."""


class WrongParticulars(TypeError):  # noqa: N818 - reads as what happened
    """A notice was to be written without the facts of its kind, or with those of another."""
