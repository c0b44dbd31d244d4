"""What a person's page shows: frozen lines, codes and sentences. Nothing here opens a seal."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Literal

from holds.domain.hold import LETS_ALL_PASS, HoldState
from holds.queries.sentence import Sentence

Lane = Literal["exposure", "custody", "notice", "court", "hold", "gate"]
LANES: tuple[Lane, ...] = ("exposure", "hold", "custody", "notice", "court", "gate")
Tone = Literal["plain", "held", "good", "warning", "danger"]
"""`held`: the gate does what it is for. `danger` is what must never become usual."""


@dataclass(frozen=True, kw_only=True)
class FoundPerson:
    """A search result, always masked."""

    person_id: uuid.UUID
    reference: str
    name: str
    a_numbers: tuple[str, ...]
    blocked: bool


@dataclass(frozen=True, kw_only=True)
class IdentityView:
    """Who it is. Masked: initials, last three digits, and nothing of what `hidden` stands for."""

    shown: bool
    name: str = field(repr=False)
    other_names: tuple[str, ...] = field(default=(), repr=False)
    a_numbers: tuple[str, ...] = field(default=(), repr=False)
    birth_dates: tuple[str, ...] = field(default=(), repr=False)
    nationality: str | None = field(default=None, repr=False)
    fear_screening: str | None = field(default=None, repr=False)
    posture: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class ExposureLine:
    """One exposure; `proven_at` is when its notice was first proven to be served, undisputed."""

    exposure_id: uuid.UUID
    incident: str
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    fields: tuple[str, ...]
    proven_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class CustodyLine:
    """A stretch of custody. `place` is the facility where it is certain, else as the list wrote it."""

    status: str
    place: str | None
    certain: bool
    housing_unit: str | None
    since: dt.date | None
    until: dt.date | None
    noted_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    """One hold, and what happens next with it."""

    hold_id: uuid.UUID
    reference: str
    basis: str
    grounds: str
    state: HoldState
    placed_at: dt.datetime
    placed_by: str
    ended_at: dt.datetime | None
    ended_by: str | None
    next: Sentence = field(default_factory=lambda: Sentence(""))

    @property
    def active(self) -> bool:
        """Whether it blocks any departure: it has not ended, or by a closing that does not let all pass."""
        return self.state not in LETS_ALL_PASS


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    """A court review. `refused_for` are the codes of why it cannot release its hold as things stand."""

    reference: str
    hold_id: uuid.UUID
    forum: str
    court: str
    outcome: str
    decided_at: dt.datetime
    recorded_at: dt.datetime
    recorded_by: str
    verified_at: dt.datetime | None
    verified_by: str | None
    considered_page: str | None
    superseded: bool
    refused_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """An act of service. `missing` are the codes of what keeps it from being proven."""

    incident: str
    outcome: str
    served_at: dt.datetime
    proven: bool
    missing: tuple[str, ...]
    disputed_at: dt.datetime | None
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class ObjectionLine:
    """An objection to a release; `sustained` is None until it is answered."""

    reference: str
    hold_id: uuid.UUID
    objector: str
    received_at: dt.datetime
    answered_at: dt.datetime | None
    sustained: bool | None


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """A proposed release. `open_until`: the end of the seven full days, once somebody was served."""

    hold_id: uuid.UUID
    review: str
    proposed_by: str
    proposed_at: dt.datetime
    served_on_person_at: dt.datetime | None
    served_on_counsel_at: dt.datetime | None
    open_until: dt.datetime | None
    refused_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppearanceLine:
    """Counsel's appearance. The name is there only on a page that shows."""

    form: str
    scope: str
    primary: bool
    filed_on: dt.date
    withdrawn_on: dt.date | None
    judgement: str
    verified_at: dt.datetime | None
    counsel: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """Something about this person that waits for a human."""

    kind: str
    raised_at: dt.datetime
    due_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class LookLine:
    """Who looked at this record, when, and whether the name was shown."""

    at: dt.datetime
    by: str
    shown: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. `day_only`: the record knows the day, not the hour."""

    at: dt.datetime
    lane: Lane
    title: Sentence
    sentence: Sentence
    tone: Tone = "plain"
    day_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Span:
    """Something that lasted, for the picture. `end` None: it lasts."""

    lane: Lane
    start: dt.datetime
    end: dt.datetime | None
    label: Sentence
    tone: Tone


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """All that one look at a person gives."""

    person_id: uuid.UUID
    reference: str
    as_of: dt.datetime
    identity: IdentityView
    with_number: bool
    languages: tuple[tuple[str, str], ...]
    exposures: tuple[ExposureLine, ...]
    custody: tuple[CustodyLine, ...]
    holds: tuple[HoldLine, ...]
    services: tuple[ServiceLine, ...]
    reviews: tuple[ReviewLine, ...]
    proposals: tuple[ProposalLine, ...]
    objections: tuple[ObjectionLine, ...]
    appearances: tuple[AppearanceLine, ...]
    waiting: tuple[TaskLine, ...]
    looks: tuple[LookLine, ...]
    timeline: tuple[Event, ...]
    spans: tuple[Span, ...]
    what_next: Sentence

    @property
    def blocked(self) -> bool:
        return any(hold.active for hold in self.holds)

    @property
    def now_in(self) -> CustodyLine | None:
        """The open stretch of custody; of two, which a mended list can leave behind, the later."""
        return next((line for line in reversed(self.custody) if line.until is None), None)

    @property
    def days_held(self) -> int | None:
        """Days in custody so far, at the open stretch, where its first day is known."""
        line = self.now_in
        if line is None or line.status != "detained" or line.since is None:
            return None
        return (self.as_of.date() - line.since).days
