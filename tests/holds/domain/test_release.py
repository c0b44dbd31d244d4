"""What releases a hold: every single refusal of the pure decision, and the seven full days."""

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.release import (
    ExposureService,
    ProposalFacts,
    Refusal,
    Release,
    ReviewFacts,
    decide_ground,
    decide_release,
    objections_until,
)
from holds.domain.review import Forum, Outcome

NEW_YORK = ZoneInfo("America/New_York")


def day(number: int, hour: int = 12) -> dt.datetime:
    """So many days after the leak of this story (2022-11-28, noon UTC)."""
    return dt.datetime(2022, 11, 28, hour, tzinfo=dt.UTC) + dt.timedelta(days=number)


NOW = day(100)
REVIEW = ReviewFacts(
    forum=Forum.IMMIGRATION_JUDGE,
    outcome=Outcome.DENIED,
    on_the_merits=True,
    final=True,
    decided_at=day(40),
    served_at=day(41),
    appeal_lies=True,
    appeal_deadline=day(70),
    considered_page="p. 7",
    verified=True,
    superseded=False,
)
FIRST = ExposureService(incident="web page", occurred_at=day(0), proven_at=day(10))


def _abroad(occurred_at: dt.datetime, proven_at: dt.datetime | None) -> ExposureService:
    return ExposureService(incident="foreign government", occurred_at=occurred_at, proven_at=proven_at)


PROPOSAL = ProposalFacts(
    served_on_person_at=day(80),
    served_on_counsel_at=day(81),
    represented=True,
    zone=NEW_YORK,
    open_objections=0,
)


def test_with_every_condition_met_the_hold_ends() -> None:
    assert decide_ground(REVIEW, (FIRST,), NOW) == Release()
    assert decide_release(REVIEW, (FIRST,), PROPOSAL, NOW) == Release()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"forum": Forum.DHS}, "review.not_a_court"),
        ({"forum": Forum.USCIS_REINTERVIEW}, "review.not_a_court"),
        *(
            ({"outcome": outcome}, "review.not_a_denial_or_dismissal")
            for outcome in set(Outcome) - {Outcome.DENIED, Outcome.DISMISSED}
        ),
        ({"on_the_merits": False}, "review.not_on_the_merits"),
        ({"superseded": True}, "review.superseded"),
        ({"decided_at": day(5)}, "review.decided_before_service"),
        ({"decided_at": day(10)}, "review.decided_before_service"),
        ({"considered_page": None}, "review.exposure_not_considered"),
        ({"considered_page": ""}, "review.exposure_not_considered"),
        ({"final": False}, "review.not_final"),
        ({"served_at": None}, "review.not_served"),
        ({"served_at": day(101)}, "review.not_served"),
        ({"verified": False}, "review.not_verified"),
        ({"appeal_deadline": day(100)}, "review.appeal_period_open"),
        ({"appeal_deadline": None}, "review.appeal_period_open"),
    ],
)
def test_one_condition_missing_is_refused_with_that_reason_alone(change: dict[str, Any], reason: str) -> None:
    review = dataclasses.replace(REVIEW, **change)
    for refusal in (
        decide_ground(review, (FIRST,), NOW),
        decide_release(review, (FIRST,), PROPOSAL, NOW),
    ):
        assert isinstance(refusal, Refusal)
        assert refusal.reasons == (reason,)


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"served_at": day(39)}, ("review.served_before_decided",)),
        ({"entered_at": day(39)}, ("review.entered_before_decided",)),
        ({"appeal_deadline": day(40)}, ("review.appeal_over_before_decided",)),
        (
            {"decided_at": day(101), "served_at": day(101), "appeal_deadline": day(102)},
            ("review.decided_in_the_future", "review.not_served", "review.appeal_period_open"),
        ),
    ],
)
def test_times_that_cannot_be_release_nothing(change: dict[str, Any], reasons: tuple[str, ...]) -> None:
    refusal = decide_ground(dataclasses.replace(REVIEW, **change), (FIRST,), NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons == reasons


def test_an_order_entered_and_served_as_it_was_decided_counts_from_that_very_moment() -> None:
    now = day(41)
    at_once = dataclasses.replace(
        REVIEW, decided_at=now, entered_at=now, served_at=now, appeal_lies=False, appeal_deadline=None
    )
    assert decide_ground(at_once, (FIRST,), now) == Release()
    a_moment = dt.timedelta(microseconds=1)
    for not_yet in (
        dataclasses.replace(at_once, decided_at=now + a_moment),
        dataclasses.replace(at_once, served_at=now + a_moment),
    ):
        assert decide_ground(not_yet, (FIRST,), now) != Release()


def test_an_appeal_period_that_is_open_beside_another_want_names_no_day() -> None:
    """Waiting alone would not help, so no day is named as if it did."""
    review = dataclasses.replace(REVIEW, appeal_deadline=day(120), final=False)
    reasons = ("review.not_final", "review.appeal_period_open")
    assert decide_ground(review, (FIRST,), NOW) == Refusal(reasons, opens_at=None)
    unserved = dataclasses.replace(REVIEW, verified=False)
    assert decide_ground(unserved, (FIRST,), NOW) == Refusal(("review.not_verified",), opens_at=None)


def test_an_order_from_before_the_leak_never_releases() -> None:
    for decided_at in (day(-400), day(-1), day(0)):
        refusal = decide_ground(dataclasses.replace(REVIEW, decided_at=decided_at), (FIRST,), NOW)
        assert isinstance(refusal, Refusal)
        assert refusal.reasons == ("review.older_than_the_leak", "review.decided_before_service")


@pytest.mark.parametrize(
    ("second", "reasons"),
    [
        (_abroad(day(20), None), ("notice.not_served_for_every_exposure",)),
        (_abroad(day(20), day(50)), ("review.decided_before_service",)),
        (
            _abroad(day(60), None),
            ("review.older_than_the_leak", "notice.not_served_for_every_exposure"),
        ),
    ],
)
def test_a_second_exposure_needs_its_own_notice_before_the_decision(
    second: ExposureService, reasons: tuple[str, ...]
) -> None:
    refusal = decide_ground(REVIEW, (FIRST, second), NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons == reasons


def test_a_notice_never_proven_refuses_and_so_does_a_record_without_exposures() -> None:
    unserved = dataclasses.replace(FIRST, proven_at=None)
    for exposures in ((unserved,), ()):
        refusal = decide_ground(REVIEW, exposures, NOW)
        assert isinstance(refusal, Refusal)
        assert "notice.not_served_for_every_exposure" in refusal.reasons


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"served_on_person_at": None}, "release.not_served_on_person"),
        ({"served_on_counsel_at": None}, "release.not_served_on_counsel"),
        ({"open_objections": 1}, "release.objection_open"),
        ({"served_on_person_at": day(97)}, "release.seven_days_open"),
        ({"served_on_counsel_at": day(97)}, "release.seven_days_open"),
    ],
)
def test_a_proposal_must_be_served_on_all_and_seven_days_old(change: dict[str, Any], reason: str) -> None:
    refusal = decide_release(REVIEW, (FIRST,), dataclasses.replace(PROPOSAL, **change), NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons == (reason,)


def test_without_a_proposal_nothing_is_released() -> None:
    assert decide_release(REVIEW, (FIRST,), None, NOW) == Refusal(("release.not_proposed",))


def test_a_pro_se_person_needs_no_counsel_served() -> None:
    pro_se = dataclasses.replace(PROPOSAL, represented=False, served_on_counsel_at=None)
    assert decide_release(REVIEW, (FIRST,), pro_se, NOW) == Release()


def test_where_waiting_alone_helps_the_refusal_says_until_when_and_then_it_is_granted() -> None:
    late = dataclasses.replace(PROPOSAL, served_on_counsel_at=day(97))
    refusal = decide_release(REVIEW, (FIRST,), late, NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.opens_at == objections_until(day(97), NEW_YORK)
    a_moment = dt.timedelta(microseconds=1)
    assert decide_release(REVIEW, (FIRST,), late, refusal.opens_at - a_moment) != Release()
    assert decide_release(REVIEW, (FIRST,), late, refusal.opens_at) == Release()
    appeal = decide_ground(dataclasses.replace(REVIEW, appeal_deadline=day(120)), (FIRST,), NOW)
    assert appeal == Refusal(("review.appeal_period_open",), opens_at=day(120))
    objected = dataclasses.replace(late, open_objections=1)
    both = decide_release(REVIEW, (FIRST,), objected, NOW)
    assert isinstance(both, Refusal)
    assert both.opens_at is None


@pytest.mark.parametrize(
    ("zone", "served", "until"),
    [
        # The day of service does not count: Monday noon, open through the next Monday.
        ("America/New_York", "2022-11-28T12:00-05:00", "2022-12-06T00:00-05:00"),
        # Late in the evening there is already tomorrow in UTC; what counts is the day where the person is.
        ("America/New_York", "2022-11-28T23:30-05:00", "2022-12-06T00:00-05:00"),
        ("Pacific/Honolulu", "2022-11-28T23:30-10:00", "2022-12-06T00:00-10:00"),
        # Clocks go back within the week (2022-11-06): the week is an hour longer.
        ("America/New_York", "2022-11-01T12:00-04:00", "2022-11-09T00:00-05:00"),
        # Clocks go forward within the week (2023-03-12): still seven whole days, an hour shorter.
        ("America/New_York", "2023-03-08T12:00-05:00", "2023-03-16T00:00-04:00"),
        # Served a minute before midnight in such a week: seven times 24 hours, past that midnight.
        ("America/New_York", "2023-03-08T23:59-05:00", "2023-03-16T00:59-04:00"),
        # Served at the first moment of the day on which clocks go forward.
        ("America/New_York", "2023-03-12T00:00-05:00", "2023-03-20T00:00-04:00"),
    ],
)
def test_seven_full_days_end_at_midnight_where_the_person_is(zone: str, served: str, until: str) -> None:
    assert objections_until(dt.datetime.fromisoformat(served), ZoneInfo(zone)) == dt.datetime.fromisoformat(
        until
    )


ZONES = ("America/New_York", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "UTC")


@given(
    served=st.datetimes(
        min_value=dt.datetime(2022, 1, 1),  # noqa: DTZ001 - the zone comes from the strategy below
        max_value=dt.datetime(2030, 1, 1),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    ),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_the_person_always_has_seven_whole_local_days_and_never_less_than_168_hours(
    served: dt.datetime, zone: ZoneInfo
) -> None:
    until = objections_until(served, zone)
    assert until - served >= dt.timedelta(days=7)
    eighth = served.astimezone(zone).date() + dt.timedelta(days=8)
    after_midnight = until - dt.datetime.combine(eighth, dt.time(), zone).astimezone(dt.UTC)
    assert dt.timedelta() <= after_midnight <= dt.timedelta(hours=1)
