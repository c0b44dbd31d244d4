"""Times on the command line: ISO 8601, with a zone or in a named one."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click


def zone_of(name: str) -> ZoneInfo:
    """An IANA zone, or a usage error."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.UsageError(f"{name} is no IANA time zone; write one such as America/Chicago.") from None


def moment(text: str | None, zone: str, option: str) -> dt.datetime | None:
    """An aware time; one without an offset is meant in `zone`, a bare date means its midnight there."""
    if text is None:
        return None
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} {text}: write a time as 2022-11-28T14:30 or 2022-11-28.") from None
    return value if value.tzinfo else value.replace(tzinfo=zone_of(zone))


def required_moment(text: str, zone: str, option: str) -> dt.datetime:
    """As `moment`, for an option that must be there."""
    value = moment(text, zone, option)
    if value is None:
        raise click.UsageError(f"{option} is missing.")
    return value
