"""Times that raise a task when they are over, and end nothing: the promise window, a stay's last day."""

import datetime as dt
from zoneinfo import ZoneInfo

PROMISED_DAYS = 30
"""The alert is raised on day 30, while there is still time to act, and not when the day is over."""


def promised_until(served_at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The end of the thirtieth full day after proven service, at midnight where the person is.

    The day of service does not count; never less than thirty times 24 hours.
    """
    day = served_at.astimezone(zone).date() + dt.timedelta(days=PROMISED_DAYS + 1)
    midnight = dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
    return max(midnight, served_at + dt.timedelta(days=PROMISED_DAYS))
