"""Dates as lists write them: ISO, U.S. (month first), European (day first), with month names, and serials.

A birth date is never in the future and never before 1900. Where day and month cannot be told apart both dates
are kept, because a person must be found under either; a column may say which it is (`column_convention`).
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

MISSING = "date.missing"
MALFORMED = "date.malformed"
AMBIGUOUS = "date.ambiguous"
IMPLAUSIBLE = "date.implausible"

Convention = Literal["month_first", "day_first"]
DateValue = str | float | date | None

_EARLIEST = date(1900, 1, 1)
_LATEST = date(2199, 12, 31)
_EPOCH_1900 = date(1899, 12, 30)  # right for every serial after 28 February 1900, Excel's invented leap day
_EPOCH_1904 = date(1904, 1, 1)  # a workbook may say so (ECMA-376, 18.2.28 date1904); old ones of the Mac do

_ABSENT = {"", "na", "none", "null", "nil", "unknown", "unk", "00000000", "tbd", "pending"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril",
            "may mayo", "jun june junio", "jul july julio", "aug august ago agosto",
            "sep sept september septiembre setiembre set", "oct october octubre", "nov november noviembre",
            "dec december dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(
    r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]\.?M\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_DAY_MONTH_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:de\s+)?([a-z]+)\.?[\s\-/.,]*(?:de\s+)?(\d{4}|\d{2})"
)
_MONTH_NAME_DAY = re.compile(r"([a-z]+)\.?[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]+(\d{4}|\d{2})")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


class DateReading(NamedTuple):
    """The date a cell holds. Two dates when it is ambiguous, none with any other problem.

    `problem` is None, or MISSING, MALFORMED, AMBIGUOUS or IMPLAUSIBLE (out of the range asked for).
    """

    dates: tuple[date, ...]
    problem: str | None


def read_birth_date(
    value: DateValue, *, today: date, convention: Convention | None = None, epoch_1904: bool | None = False
) -> DateReading:
    """Read a birth date: from 1900 to `today`; a two-digit year is the latest that is not in the future."""
    if isinstance(value, str) and (plain := _iso(value)) and _EARLIEST <= plain <= today:
        return DateReading((plain,), None)
    return read_date(value, today=today, convention=convention, epoch_1904=epoch_1904, latest=today)


def read_date(
    value: DateValue,
    *,
    today: date,
    convention: Convention | None = None,
    epoch_1904: bool | None = False,
    earliest: date = _EARLIEST,
    latest: date = _LATEST,
) -> DateReading:
    """Read a date from text, a typed cell or a spreadsheet's serial number. Never raises.

    `epoch_1904`: whether serials count from 1904, as the file says; where no file says it (None: text), a
    serial is one of two days, and both are kept.
    A two-digit year is the latest that is not after `today`. Where only one reading of an ambiguous date lies
    between `earliest` and `latest`, it is that one.
    """
    if isinstance(value, str) and (plain := _iso(value)) and earliest <= plain <= latest:
        return DateReading((plain,), None)
    if isinstance(value, str) and "".join(filter(str.isalnum, value.casefold())) in _ABSENT:
        return DateReading((), MISSING)
    if value is None:
        return DateReading((), MISSING)
    if isinstance(value, str):
        candidates = _written(value, today, convention, epoch_1904)
    else:
        candidates = _typed(value, epoch_1904)
    if not candidates:
        return DateReading((), MALFORMED)
    plausible = tuple(sorted({candidate for candidate in candidates if earliest <= candidate <= latest}))
    if not plausible:
        return DateReading((), IMPLAUSIBLE)
    return DateReading(plausible, AMBIGUOUS if len(plausible) > 1 else None)


def day_and_month_swapped(dates: Iterable[date]) -> tuple[date, ...]:
    """The dates these would be with day and month in each other's place, where that is another date."""
    return tuple(
        [date(day.year, day.day, day.month) for day in dates if day.day <= 12 and day.day != day.month]
    )


def column_convention(values: Iterable[str]) -> Convention | None:
    """What a column's unmistakable slash or dash dates say about the others; None when they say nothing or
    both.
    """
    found: set[Convention] = set()
    for value in values:
        match = _NUMERIC.match(value.strip())
        if not match or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second >= 1:
            found.add("day_first")
        elif second > 12 >= first >= 1:
            found.add("month_first")
        if len(found) == 2:
            return None
    return found.pop() if found else None


def _iso(text: str) -> date | None:
    """The date of `YYYY-MM-DD`, as most are written: no more needs to be looked at."""
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _typed(value: float | date, epoch_1904: bool | None) -> list[date]:
    if isinstance(value, bool):
        return []
    if isinstance(value, datetime):
        return [value.date()]
    if isinstance(value, date):
        return [value]
    return _from_number(value, epoch_1904)


def _from_number(value: float, epoch_1904: bool | None) -> list[date]:
    if not 0 < value < 100_000_000:  # also refuses what is not a number at all
        return []
    whole = int(value)
    if value == whole and _COMPACT.fullmatch(str(whole)):
        return _valid(whole // 10_000, whole // 100 % 100, whole % 100)
    # A serial up to 2100 would be a day of 1900 to 1905, but is far more likely a bare year.
    if not 2_100 < whole < 110_000:
        return []
    epochs = (_EPOCH_1900, _EPOCH_1904) if epoch_1904 is None else ((_EPOCH_1900, _EPOCH_1904)[epoch_1904],)
    return [epoch + timedelta(days=whole) for epoch in epochs]


def _written(text: str, today: date, convention: Convention | None, epoch_1904: bool | None) -> list[date]:
    plain = _TIME.sub("", " ".join(text.casefold().split()))
    if match := _YEAR_FIRST.fullmatch(plain):
        return _valid(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, today, convention)
    if match := _DAY_MONTH_NAME.fullmatch(plain):
        return _in_century(match[3], _MONTHS.get(match[2], 0), int(match[1]), today)
    if match := _MONTH_NAME_DAY.fullmatch(plain):
        return _in_century(match[3], _MONTHS.get(match[1], 0), int(match[2]), today)
    if _COMPACT.fullmatch(plain) or _SERIAL.fullmatch(plain):
        return _from_number(float(plain), epoch_1904)
    return []


def _numeric(match: re.Match[str], today: date, convention: Convention | None) -> list[date]:
    first, second = int(match[1]), int(match[3])
    day_first = _in_century(match[4], second, first, today)
    month_first = _in_century(match[4], first, second, today)
    if match[2] == "." or (convention == "day_first" and day_first):
        return day_first  # dots are European
    if convention == "month_first" and month_first:
        return month_first
    return [*month_first, *day_first]


def _in_century(year_text: str, month: int, day: int, today: date) -> list[date]:
    year = int(year_text)
    if len(year_text) == 4:
        return _valid(year, month, day)
    century = today.year // 100 * 100
    this_century = [written for written in _valid(century + year, month, day) if written <= today]
    return this_century or _valid(century - 100 + year, month, day)


def _valid(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
