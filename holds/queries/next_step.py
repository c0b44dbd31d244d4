"""What happens next with a hold, in one sentence. Pure: from the lines of the page and the time."""

import datetime as dt
from collections.abc import Sequence

from holds.domain.hold import Basis
from holds.queries.person_view import ExposureLine, HoldLine, ObjectionLine, ProposalLine, ReviewLine
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.queries.wording import reason

PROMISED_DAYS = 30
"""What the agency promised: at least 30 days from the day the person got the notice. No hold ends by it."""


def next_step(
    hold: HoldLine,
    *,
    exposures: Sequence[ExposureLine],
    reviews: Sequence[ReviewLine],
    proposals: Sequence[ProposalLine],
    objections: Sequence[ObjectionLine],
    now: dt.datetime,
) -> Sentence:
    """The one step that would move this hold on, and who takes it."""
    if not hold.active:
        return _l("This hold has ended. It blocks nothing any more.")
    if hold.ended_at is not None:
        return _l("This hold is closed, and the person stays blocked for whatever it does not allow.")
    proposal = next((p for p in reversed(proposals) if p.hold_id == hold.hold_id), None)
    if proposal is not None:
        return _after_proposal(proposal, [o for o in objections if o.hold_id == hold.hold_id], now)
    review = next((r for r in reversed(reviews) if r.hold_id == hold.hold_id and not r.superseded), None)
    unserved = [exposure for exposure in exposures if exposure.proven_at is None]
    if review is not None:
        return _after_review(review)
    if unserved:
        return _l(
            "Serve the notice about %(incident)s and prove the service. "
            "The person's time to go to court counts from that service, not from mailing.",
            incident=unserved[0].incident,
        )
    return _awaiting_court(hold, exposures, now)


def _after_proposal(
    proposal: ProposalLine, objections: Sequence[ObjectionLine], now: dt.datetime
) -> Sentence:
    if any(o.sustained for o in objections):
        return _l("An objection was sustained. The hold stays; a further court review would be needed.")
    if any(o.sustained is None for o in objections):
        return _l(
            "An objection is open. A supervisor must answer it; the hold stays until then. To overrule it "
            "takes one who neither proposed the release nor will carry it out: three people in all."
        )
    for missing, step in _NOT_SERVED.items():
        if missing in proposal.refused_for:
            return step
    if proposal.open_until is not None and now < proposal.open_until:
        return _l(
            "The person or counsel can object until %(until)s. The hold stays until then.",
            until=proposal.open_until,
        )
    if proposal.refused_for:
        return _l("The hold stays: %(reason)s", reason=reason(proposal.refused_for[0]))
    return _seven_days_over(objections)


def _seven_days_over(objections: Sequence[ObjectionLine]) -> Sentence:
    if any(o.sustained is False for o in objections):
        return _l(
            "The seven days are over. An objection was overruled, so a third person may release this hold: a "
            "supervisor outside the removing office who neither proposed it nor overruled."
        )
    return _l(
        "The seven days are over. A second person, a supervisor outside the removing office, may release "
        "this hold."
    )


_NOT_SERVED = {
    "release.not_served_on_person": _l(
        "Serve the proposed release on the person. Seven full days follow, to object."
    ),
    "release.not_served_on_counsel": _l(
        "Serve the proposed release on counsel as well. Seven full days follow, to object."
    ),
}


def _after_review(review: ReviewLine) -> Sentence:
    if review.refused_for == ("review.not_verified",):
        return _l(
            "A second person outside the removing office must compare review %(review)s with its document.",
            review=review.reference,
        )
    if review.refused_for:
        return _l(
            "The review on record (%(review)s) cannot release this hold: %(reason)s",
            review=review.reference,
            reason=reason(review.refused_for[0]),
        )
    return _l(
        "Review %(review)s can bear a release. Propose it; the person and counsel are then served.",
        review=review.reference,
    )


def _awaiting_court(hold: HoldLine, exposures: Sequence[ExposureLine], now: dt.datetime) -> Sentence:
    served = max((e.proven_at for e in exposures if e.proven_at is not None), default=None)
    if hold.basis != Basis.INCIDENT or served is None:
        return _l("The hold stays until a court review is on record, verified, and meets every condition.")
    until = served + dt.timedelta(days=PROMISED_DAYS)
    if now < until:
        return _l(
            "Notice was served on %(served)s. The person has until %(until)s at least to go to court; "
            "an alert is raised then, and the hold stays.",
            served=served.date(),
            until=until.date(),
        )
    return _l(
        "The %(days)s promised days ended on %(until)s and no court review is on record. "
        "The hold stays; call the person or counsel.",
        days=PROMISED_DAYS,
        until=until.date(),
    )
