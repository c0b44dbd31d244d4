"""From what the record tells of an event to the facts a notice of it takes, in days of the sender's zone."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from holds.domain.transmission import AddresseeKind
from holds.domain.window import PROMISED_DAYS
from notify.content.particulars import (
    Attempt,
    Corrected,
    CustodyChange,
    Further,
    HoldEnd,
    HoldSent,
    Mistake,
    Move,
    News,
    Particulars,
    Proposal,
    RemovalAttempt,
    Removed,
    SeenBy,
    Topic,
    Window,
)
from notify.domain.kinds import NoticeKind
from notify.store.subjects import Subject

_FAR = {"removal.checked": Attempt.ASKED, "hold.violated": Attempt.DEPARTED}
_ABOARD = {"deplane": Attempt.BOARDED, "recall": Attempt.DEPARTED}


Told = Mapping[str, Any]


def particulars_of(subject: Subject, zone: ZoneInfo, today: dt.date) -> Particulars | None:
    """What the kind takes beside the exposure; None where it takes nothing, or nothing is known of it."""
    if subject.kind is NoticeKind.HOLD_RELEASED:
        ended_at = subject.ended_at
        return None if ended_at is None else HoldEnd(_day(ended_at, zone), subject.still_held)
    if subject.kind is NoticeKind.WINDOW_NOTICE:
        return _window(_day(subject.told["served_at"], zone), today) if subject.told else None
    read = _READERS.get(subject.kind)
    return read(subject.told, zone) if read and subject.told else None


def addressee(told: Told) -> str:
    """The office or facility that a hold was sent to, as an envelope names it."""
    office = str(told["office"])
    return office if told["kind"] == AddresseeKind.FACILITY.value else f"ERO Field Office {office}"


def _window(served_on: dt.date, today: dt.date) -> Window:
    last_day = served_on + dt.timedelta(days=PROMISED_DAYS)
    return Window(served_on, last_day, max(0, (last_day - today).days))


def _proposal(told: Told, zone: ZoneInfo) -> Proposal:
    decided_on = told["decided_at"].astimezone(ZoneInfo(told["zone"])).date()
    return Proposal(_day(told["proposed_at"], zone), told["court"], decided_on)


def _how_far(told: Told) -> Attempt:
    if told["verb"] in _FAR:
        listed = told["codes"].get("stage") == "manifest"
        return Attempt.LISTED if listed else _FAR[told["verb"]]
    return _ABOARD[told["codes"]["instruction"]]


def _day(moment: dt.datetime, zone: ZoneInfo) -> dt.date:
    return moment.astimezone(zone).date()


def _change(told: Told, zone: ZoneInfo) -> CustodyChange | None:
    """None where the line was mended since, so that nobody knows any more what happened: a human looks."""
    if told["move"] not in set(Move):
        return None
    return CustodyChange(Move(told["move"]), told["since"] or _day(told["noted_at"], zone))


def _corrected(told: Told, zone: ZoneInfo) -> Corrected:
    mistakes = tuple(Mistake(code) for code in told["mistakes"])
    return Corrected(told["reference"], _day(told["at"], zone), mistakes)


_READERS: dict[NoticeKind, Callable[[Told, ZoneInfo], Particulars | None]] = {
    NoticeKind.CUSTODY_CHANGE: _change,
    NoticeKind.RETURN_ASSISTANCE: lambda told, _: Removed(told["since"]),
    NoticeKind.RELEASE_PROPOSED: _proposal,
    NoticeKind.CORRECTION: _corrected,
    NoticeKind.FURTHER_DISCLOSURE: lambda told, _: Further(
        told["earlier"], SeenBy(told["seen_by"] or SeenBy.UNKNOWN)
    ),
    NoticeKind.UPDATE: lambda told, zone: News(Topic(told["topic"]), _day(told["at"], zone)),
    NoticeKind.REMOVAL_ATTEMPT_ALERT: lambda told, zone: RemovalAttempt(
        _how_far(told), told["at"].astimezone(zone)
    ),
    NoticeKind.HOLD_NOTICE: lambda told, _: HoldSent(addressee(told), told["reference"]),
}
