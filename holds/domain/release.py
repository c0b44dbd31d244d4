"""What releases a hold (docs/terms.md): one pure decision, by which the database refuses once more."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from holds.domain.review import COURT_FORUMS, ENDING_OUTCOMES, Forum, Outcome

OBJECTION_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """A recorded court review of one hold. Times are aware; no appeal, no `appeal_deadline`."""

    forum: Forum
    outcome: Outcome
    on_the_merits: bool
    final: bool
    decided_at: dt.datetime
    served_at: dt.datetime | None
    appeal_lies: bool
    appeal_deadline: dt.datetime | None
    considered_page: str | None
    verified: bool
    superseded: bool
    entered_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExposureService:
    """When the notice of one exposure was first proven to be served, undisputed; None if never."""

    incident: str
    occurred_at: dt.datetime
    proven_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """Whom the proposed release reached, and when. `represented`: a verified appearance is in force."""

    served_on_person_at: dt.datetime | None
    served_on_counsel_at: dt.datetime | None
    represented: bool
    zone: ZoneInfo
    open_objections: int


@dataclass(frozen=True)
class Refusal:
    """Why not, as codes in the order in which they would be mended; `opens_at` if waiting alone helps."""

    reasons: tuple[str, ...]
    opens_at: dt.datetime | None = None


@dataclass(frozen=True)
class Release:
    """The hold may end, that hold alone."""


def impossible_times(
    decided_at: dt.datetime,
    served_at: dt.datetime | None,
    entered_at: dt.datetime | None,
    appeal_deadline: dt.datetime | None,
) -> tuple[str, ...]:
    """Codes of times that no true order has: served or entered before it was decided, or over at once."""
    possible = {
        "review.served_before_decided": served_at is None or served_at >= decided_at,
        "review.entered_before_decided": entered_at is None or entered_at >= decided_at,
        "review.appeal_over_before_decided": appeal_deadline is None or appeal_deadline > decided_at,
    }
    return tuple(code for code, met in possible.items() if not met)


def decide_ground(
    review: ReviewFacts, exposures: tuple[ExposureService, ...], now: dt.datetime
) -> Release | Refusal:
    """Whether a review can bear a release at all, before it is proposed."""
    latest_leak = max((e.occurred_at for e in exposures), default=now)
    unserved = [e for e in exposures if e.proven_at is None]
    last_service = max((e.proven_at for e in exposures if e.proven_at is not None), default=None)
    checks = {
        "review.not_a_court": review.forum in COURT_FORUMS,
        "review.not_a_denial_or_dismissal": review.outcome in ENDING_OUTCOMES,
        "review.not_on_the_merits": review.on_the_merits,
        "review.superseded": not review.superseded,
        "review.older_than_the_leak": review.decided_at > latest_leak,
        "notice.not_served_for_every_exposure": bool(exposures) and not unserved,
        "review.decided_before_service": last_service is None or review.decided_at > last_service,
        "review.exposure_not_considered": bool(review.considered_page),
        "review.decided_in_the_future": review.decided_at <= now,
        "review.not_final": review.final,
        "review.not_served": review.served_at is not None and review.served_at <= now,
        "review.not_verified": review.verified,
        "review.appeal_period_open": not review.appeal_lies
        or (review.appeal_deadline is not None and review.appeal_deadline < now),
    }
    reasons = tuple(code for code, met in checks.items() if not met)
    reasons += impossible_times(
        review.decided_at, review.served_at, review.entered_at, review.appeal_deadline
    )
    if not reasons:
        return Release()
    waits_for_appeal = reasons == ("review.appeal_period_open",)
    return Refusal(reasons, opens_at=review.appeal_deadline if waits_for_appeal else None)


def objections_until(served_at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The end of the seventh full day after service, at midnight where the person is.

    The day of service does not count (as in FRCP 6(a)(1)); never less than seven times 24 hours.
    """
    day_of_service = served_at.astimezone(zone).date()
    midnight = dt.datetime.combine(day_of_service + dt.timedelta(days=OBJECTION_DAYS + 1), dt.time(), zone)
    return max(midnight.astimezone(dt.UTC), served_at + dt.timedelta(days=OBJECTION_DAYS))


def decide_release(
    review: ReviewFacts,
    exposures: tuple[ExposureService, ...],
    proposal: ProposalFacts | None,
    now: dt.datetime,
) -> Release | Refusal:
    """Whether the hold ends now: ground stands, proposal served, seven days passed, no objection open.

    A sustained objection counts as open for good, against this proposal and every later one of the same
    hold: what was right about it does not end with a new announcement.
    """
    ground = decide_ground(review, exposures, now)
    if isinstance(ground, Refusal):
        return ground
    if proposal is None:
        return Refusal(("release.not_proposed",))
    reasons = []
    if proposal.served_on_person_at is None:
        reasons.append("release.not_served_on_person")
    if proposal.represented and proposal.served_on_counsel_at is None:
        reasons.append("release.not_served_on_counsel")
    if proposal.open_objections:
        reasons.append("release.objection_open")
    served = [t for t in (proposal.served_on_person_at, proposal.served_on_counsel_at) if t is not None]
    opens_at = max((objections_until(t, proposal.zone) for t in served), default=None)
    if opens_at is not None and now < opens_at:
        reasons.append("release.seven_days_open")
    if not reasons:
        return Release()
    waits = reasons == ["release.seven_days_open"]
    return Refusal(tuple(reasons), opens_at=opens_at if waits else None)
