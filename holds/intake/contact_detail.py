"""Telephone numbers, e-mail addresses, hours and time zones, as forms write them."""

import re
from datetime import time
from functools import lru_cache
from zoneinfo import available_timezones

import phonenumbers

_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(?:\.[^\s@<>,;\".]+)+")
_HOUR = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|noon)?"
_HOURS = re.compile(rf"(?:from |between )?{_HOUR}\s*(?:-|–|—|to|until|and)\s*{_HOUR}", re.IGNORECASE)
_ZONES = {
    word: zone
    for zone, words in {
        "America/New_York": "eastern et est edt",
        "America/Chicago": "central ct cst cdt",
        "America/Denver": "mountain mt mdt",
        "America/Phoenix": "arizona",
        "America/Los_Angeles": "pacific pt pst pdt",
        "America/Anchorage": "alaska akst akdt",
        "Pacific/Honolulu": "hawaii hst",
    }.items()
    for word in words.split()
}


@lru_cache(maxsize=4096)
def read_phone(text: str, region: str = "US") -> str | None:
    """A number in E.164, read as dialled in `region` where it has no country code; None unless it is a valid
    one.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # An extension reaches a switchboard, not a person: neither text nor voice can be sent there.
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str | None:
    """One e-mail address, its domain in lower case; None for none or several."""
    address = text.strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        return None
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def read_hours(text: str) -> tuple[time, time] | None:
    """Hours of a day (from, to), local time: `18:00-21:00`, `6pm to 9 pm`. May pass midnight. None if not
    certain.
    """
    match = _HOURS.fullmatch(text.strip())
    if not match:
        return None
    start_half, end_half = match[3], match[6]
    if end_half and not start_half and int(match[1]) <= 12:
        start_half = end_half  # "6-9 pm"
    start, end = _hour(match[1], match[2], start_half), _hour(match[4], match[5], end_half)
    return (start, end) if start and end and start != end else None


def read_time_zone(text: str) -> str | None:
    """The IANA name of a zone given as such, or as a U.S. zone (`Eastern`, `PST`)."""
    if text in available_timezones():
        return text
    word = re.sub(r"\s*(?:standard|daylight)?\s*time$", "", text.casefold()).strip()
    return _ZONES.get(word)


def _hour(hours: str, minutes: str | None, half: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (0 if half[0].lower() == "a" else 12)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
