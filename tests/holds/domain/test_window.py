"""The promised thirty days: full days where the person is, counted from proven service."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from holds.domain.window import promised_until

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("zone", "served", "until"),
    [
        ("UTC", "2026-01-01T10:00+00:00", "2026-02-01T00:00+00:00"),
        ("UTC", "2028-02-01T00:00+00:00", "2028-03-03T00:00+00:00"),
        (NEW_YORK, "2026-01-01T02:00+00:00", "2026-01-31T05:00+00:00"),
        (NEW_YORK, "2026-02-20T15:00+00:00", "2026-03-23T04:00+00:00"),
    ],
)
def test_thirty_full_days_end_at_midnight_where_the_person_is(zone: str, served: str, until: str) -> None:
    assert promised_until(dt.datetime.fromisoformat(served), ZoneInfo(zone)) == dt.datetime.fromisoformat(
        until
    )


def test_never_less_than_thirty_times_24_hours() -> None:
    """Where clocks go forward on the way, midnight alone would come an hour early."""
    just_before_midnight = dt.datetime(2026, 2, 10, 4, 30, tzinfo=dt.UTC)
    until = promised_until(just_before_midnight, ZoneInfo(NEW_YORK))
    assert until >= just_before_midnight + dt.timedelta(days=30)
