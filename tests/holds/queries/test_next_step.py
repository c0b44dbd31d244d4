"""What happens next: one row a situation, and the step a caseworker would take."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest

from holds.domain.hold import HoldState
from holds.queries.next_step import next_step
from holds.queries.people import what_next
from holds.queries.person_view import ExposureLine, HoldLine, ObjectionLine, ProposalLine, ReviewLine

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOLD = uuid.uuid4()

hold = HoldLine(
    hold_id=HOLD, reference="H", basis="incident", grounds="leak", state=HoldState.ASSERTED,
    placed_at=NOW - 90 * DAY, placed_by="Operator", ended_at=None, ended_by=None,
)  # fmt: skip
unserved = ExposureLine(
    exposure_id=uuid.uuid4(), incident="leak", occurred_at=NOW - 1500 * DAY, recorded_at=NOW - 90 * DAY,
    fields=("name",), proven_at=None,
)  # fmt: skip
served = dataclasses.replace(unserved, proven_at=NOW - 10 * DAY)
long_served = dataclasses.replace(unserved, proven_at=NOW - 40 * DAY)
review = ReviewLine(
    reference="R", hold_id=HOLD, forum="immigration_judge", court="Court", outcome="denied",
    decided_at=NOW - 5 * DAY, recorded_at=NOW - 4 * DAY, recorded_by="Casey", verified_at=None,
    verified_by=None, considered_page="4", superseded=False, refused_for=("review.not_verified",),
)  # fmt: skip
sound = dataclasses.replace(review, refused_for=())
proposal = ProposalLine(
    hold_id=HOLD, review="R", proposed_by="Casey", proposed_at=NOW - 3 * DAY, served_on_person_at=None,
    served_on_counsel_at=None, open_until=None, refused_for=("release.not_served_on_person",),
)  # fmt: skip
running = dataclasses.replace(
    proposal,
    served_on_person_at=NOW - DAY,
    open_until=NOW + 6 * DAY,
    refused_for=("release.seven_days_open",),
)
over = dataclasses.replace(running, open_until=NOW - DAY, refused_for=())
objection = ObjectionLine(
    reference="OBJECTION2", hold_id=HOLD, objector="person", received_at=NOW, answered_at=None, sustained=None
)


def _given(**lines: Any) -> dict[str, Any]:
    return {"exposures": [served], "reviews": [], "proposals": [], "objections": []} | lines


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (_given(exposures=[served, unserved]), "Serve the notice about leak"),
        (_given(), "at least to go to court; an alert is raised then, and the hold stays"),
        (_given(exposures=[long_served]), "The 30 promised days ended on 19 Feb 2027"),
        (_given(reviews=[review]), "A second person outside the removing office must compare review R"),
        (
            _given(reviews=[dataclasses.replace(review, refused_for=("review.older_than_the_leak",))]),
            "cannot release this hold: The order is older than the leak",
        ),
        (_given(reviews=[dataclasses.replace(review, superseded=True)]), "at least to go to court"),
        (_given(reviews=[sound]), "Review R can bear a release"),
        (_given(reviews=[sound], proposals=[proposal]), "Serve the proposed release on the person"),
        (
            _given(proposals=[dataclasses.replace(
                running, refused_for=("release.not_served_on_counsel", "release.seven_days_open")
            )]),
            "on counsel as well",
        ),
        (_given(proposals=[running]), "can object until 7 Mar 2027, 12:00 UTC"),
        (_given(proposals=[running], objections=[objection]), "An objection is open"),
        (
            _given(proposals=[over], objections=[dataclasses.replace(objection, sustained=True)]),
            "An objection was sustained",
        ),
        (_given(proposals=[over]), "A second person, a supervisor outside the removing office, may release"),
        (_given(proposals=[running], objections=[objection]), "three people in all"),
        (
            _given(proposals=[over], objections=[dataclasses.replace(objection, sustained=False)]),
            "a third person may release this hold: a supervisor outside the removing office who neither",
        ),
    ],
)  # fmt: skip
def test_the_next_step(lines: dict[str, Any], said: str) -> None:
    assert said in str(next_step(hold, **lines, now=NOW))


def test_another_basis_waits_for_its_own_court_review() -> None:
    stay = dataclasses.replace(hold, basis="tro")
    assert "until a court review is on record" in str(next_step(stay, **_given(), now=NOW))


def test_only_an_ended_hold_is_said_to_block_nothing() -> None:
    over: dict[str, Any] = {"ended_at": NOW, "ended_by": "Sunny"}
    ended = dataclasses.replace(hold, state=HoldState.RELEASED, **over)
    assert "blocks nothing" in str(next_step(ended, **_given(), now=NOW))
    closed = dataclasses.replace(hold, state=HoldState.CLOSED_PROTECTED, **over)
    assert "stays blocked" in str(next_step(closed, **_given(), now=NOW))
    first = dataclasses.replace(hold, next=next_step(hold, **_given(), now=NOW))
    assert "Holds that block besides: 1." in str(what_next([first, hold, ended]))
    assert str(what_next([ended])).startswith("No hold is active.")
