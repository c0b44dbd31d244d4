"""The timeline as a picture: what happened when, a lane a subject, on an axis that shortens long waits.

Geometry only, in the units of the viewBox; `timeline.svg.html` makes the marks. Every mark carries the number
of its line in the list beside it, which says the same in words.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from holds.queries.person_view import LANES, Event, Lane, Span
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l

LABELS = 96
AXIS = 58
ROW = 46
STEP = 25
NEW_DAY = 88
LONGEST_WAIT = 260
RIGHT = 36
FULL_WIDTH = 1160
"""What a desktop shows without scrolling; a longer story grows beyond it."""
LETTER = 6.6
MOST = 60
"""So many of the latest events are drawn; the list has all of them."""

LANE_NAMES: dict[Lane, Sentence] = {
    "exposure": _l("Disclosure"),
    "hold": _l("Hold"),
    "custody": _l("Custody"),
    "notice": _l("Notice"),
    "court": _l("Court review"),
    "gate": _l("Gate"),
}


@dataclass(frozen=True)
class Mark:
    """An event in place; `number` is that of its line in the list."""

    x: float
    y: float
    number: int
    event: Event


@dataclass(frozen=True)
class Stretch:
    """A span in place. `label` is None where it would not fit; `lasts` draws an arrow's end."""

    x: float
    y: float
    width: float
    tone: str
    label: Sentence | None
    lasts: bool


@dataclass(frozen=True)
class LaneRow:
    """A lane's name and the line between it and the next."""

    name: Sentence
    y: float
    bottom: float


@dataclass(frozen=True)
class DayTick:
    """Where a day begins on the axis, and how long nothing happened before it."""

    x: float
    day: dt.date
    wait: Sentence | None
    wait_x: float


@dataclass(frozen=True)
class TimelinePicture:
    """All of it. `left_out`: how many earlier events are in the list alone."""

    width: float
    height: float
    lanes: tuple[LaneRow, ...]
    days: tuple[DayTick, ...]
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    now_x: float
    left_out: int


@dataclass(frozen=True)
class _Board:
    """Where things go: a row for each lane and each hold, a place for each instant."""

    rows: dict[tuple[Lane, int], int]
    first_place: dict[dt.datetime, float]
    holds: tuple[Span, ...]
    since: dt.datetime
    now: dt.datetime

    def middle(self, lane: Lane, hold: int = 0) -> float:
        return AXIS + ROW * (self.rows[lane, hold] + 0.5)

    def mark_y(self, event: Event) -> float:
        """An event of a hold stands on that hold's row."""
        if event.lane != "hold":
            return self.middle(event.lane)
        of_span = (i for i, span in enumerate(self.holds) if event.at in (span.start, span.end))
        return self.middle("hold", next(of_span, 0))

    def stretch(self, span: Span) -> Stretch:
        start = self.first_place[span.start] if span.start >= self.since else float(LABELS)
        end = self.first_place[min(span.end, self.now) if span.end else self.now]
        row = next((i for i, hold in enumerate(self.holds) if hold is span), 0)
        width = max(end - start, 2.0)
        fits = len(str(span.label)) * LETTER < width - STEP
        y = self.middle(span.lane, row)
        label = span.label if fits else None
        return Stretch(start, y, round(width, 1), span.tone, label, lasts=span.end is None)


def draw_timeline(events: Sequence[Event], spans: Sequence[Span], now: dt.datetime) -> TimelinePicture:
    """Place events and spans. `events` are in order; spans begin and end where their events stand."""
    left_out = max(len(events) - MOST, 0)
    drawn = list(enumerate(events, start=1))[left_out:]
    since = drawn[0][1].at if left_out else min([*(e.at for e in events), *(s.start for s in spans), now])
    spans = [span for span in spans if span.end is None or span.end > since]
    moments = _moments([event.at for _, event in drawn], spans, since, now)
    places = _places(moments)
    board = _Board(
        _rows([event for _, event in drawn], spans),
        _first_place(moments, places),
        tuple(span for span in spans if span.lane == "hold"),
        since,
        now,
    )
    own_places = _event_places([event.at for _, event in drawn], moments, places)
    return TimelinePicture(
        width=places[-1] + RIGHT,
        height=AXIS + ROW * len(board.rows),
        lanes=_lane_rows(board.rows),
        days=_days(moments, places),
        marks=tuple(
            Mark(x, board.mark_y(event), number, event)
            for x, (number, event) in zip(own_places, drawn, strict=True)
        ),
        stretches=tuple(board.stretch(span) for span in spans),
        now_x=places[-1],
        left_out=left_out,
    )


def _moments(
    times: Sequence[dt.datetime], spans: Sequence[Span], since: dt.datetime, now: dt.datetime
) -> list[dt.datetime]:
    """Every instant that gets a place of its own: one an event, ends of spans, and now."""
    known = set(times)
    edges = {edge for span in spans for edge in (span.start, span.end) if edge and since <= edge < now}
    return [*sorted([*times, *(edges - known)]), now]


def _places(moments: Sequence[dt.datetime]) -> list[float]:
    """x of each moment: a step within a day, more for a new day, and for a wait by its logarithm.

    Waits take what room is left, so that a short story fills the picture and a long one stays compact.
    """
    steps = [STEP if a.date() == b.date() else NEW_DAY for a, b in pairwise(moments)]
    waits = [math.log2(1 + (b - a) / dt.timedelta(days=1)) if a < b else 0.0 for a, b in pairwise(moments)]
    room = FULL_WIDTH - LABELS - 2 * STEP - RIGHT - sum(steps)
    unit = max(room, 0) / sum(waits) if any(waits) else 0.0
    places = [float(LABELS + STEP)]
    for step, wait_of in zip(steps, waits, strict=True):
        places.append(round(places[-1] + step + min(wait_of * unit, LONGEST_WAIT), 1))
    return places


def _first_place(moments: Sequence[dt.datetime], places: Sequence[float]) -> dict[dt.datetime, float]:
    found: dict[dt.datetime, float] = {}
    for moment, x in zip(moments, places, strict=True):
        found.setdefault(moment, x)
    return found


def _event_places(
    times: Sequence[dt.datetime], moments: Sequence[dt.datetime], places: Sequence[float]
) -> list[float]:
    """Events in order take the places of their instants in order; no two share one."""
    free: dict[dt.datetime, list[float]] = {}
    for moment, x in zip(moments, places, strict=True):
        free.setdefault(moment, []).append(x)
    return [free[time].pop(0) for time in times]


def _rows(events: Sequence[Event], spans: Sequence[Span]) -> dict[tuple[Lane, int], int]:
    """The row of each lane that has something to show; several holds have a row each."""
    used = {event.lane for event in events} | {span.lane for span in spans}
    holds = max(sum(span.lane == "hold" for span in spans), 1)
    rows: dict[tuple[Lane, int], int] = {}
    for lane in LANES:
        for index in range(holds if lane == "hold" else 1):
            if lane in used:
                rows[lane, index] = len(rows)
    return rows


def _lane_rows(rows: dict[tuple[Lane, int], int]) -> tuple[LaneRow, ...]:
    found = []
    for lane in LANES:
        own = [row for (name, _), row in rows.items() if name == lane]
        if own:
            found.append(
                LaneRow(LANE_NAMES[lane], AXIS + ROW * (min(own) + 0.5), AXIS + ROW * (max(own) + 1))
            )
    return tuple(found)


def _days(moments: Sequence[dt.datetime], places: Sequence[float]) -> tuple[DayTick, ...]:
    ticks: list[DayTick] = []
    for index, (moment, x) in enumerate(zip(moments, places, strict=True)):
        if ticks and ticks[-1].day == moment.date():
            continue
        before = moments[index - 1] if index else None
        days = (moment.date() - before.date()).days if before else 0
        wait_x = (places[index - 1] + x) / 2 if index else x
        ticks.append(DayTick(x, moment.date(), wait(days), wait_x))
    return tuple(ticks)


def wait(days: int) -> Sentence | None:
    """A wait in words short enough for the axis; None where it is no wait."""
    if days < 2:
        return None
    if days < 62:
        return _l("%(days)s days", days=days)
    years, months = divmod(round(days / 30.4375), 12)
    if not years:
        return _l("%(months)s months", months=months)
    if not months:
        return _l("%(years)s y", years=years)
    return _l("%(years)s y %(months)s m", years=years, months=months)
