"""The pictures: every mark in its place, none over another, and lengths that tell the truth."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from holds.queries.person_view import LANES, Event, Span
from holds.queries.sentence import Sentence
from holds.web.bars import SHORTEST, Bar, bar_chart
from holds.web.timeline_picture import MOST, draw_timeline, wait

START = dt.datetime(2022, 11, 28, tzinfo=dt.UTC)
NOW = START + dt.timedelta(days=1600)

times = st.integers(0, 1500 * 24).map(lambda hours: START + dt.timedelta(hours=hours))
events = st.lists(
    st.builds(
        lambda at, lane: Event(at=at, lane=lane, title=Sentence("t"), sentence=Sentence("s")),
        times,
        st.sampled_from(LANES),
    ),
    max_size=90,
).map(lambda found: sorted(found, key=lambda event: event.at))
spans = st.lists(
    st.builds(
        lambda lane, start, days: Span(
            lane=lane,
            start=start,
            end=None if days is None else start + dt.timedelta(days=days),
            label=Sentence("label"),
            tone="plain",
        ),
        st.sampled_from(("hold", "custody")),
        times,
        st.none() | st.integers(0, 90),
    ),
    max_size=6,
)


@given(events, spans)
def test_no_mark_covers_another_and_all_stand_in_order_inside(
    found: list[Event], lasting: list[Span]
) -> None:
    picture = draw_timeline(found, lasting, NOW)
    xs = [mark.x for mark in picture.marks]
    assert xs == sorted(xs)
    assert len({(mark.x, mark.y) for mark in picture.marks}) == len(picture.marks)
    assert all(0 < mark.x <= picture.now_x <= picture.width for mark in picture.marks)
    assert all(0 < mark.y < picture.height for mark in picture.marks)
    assert picture.left_out == max(len(found) - MOST, 0)
    assert [mark.number for mark in picture.marks] == list(range(picture.left_out + 1, len(found) + 1))


@given(events, spans)
def test_what_lasts_reaches_now_and_what_ended_does_not(found: list[Event], lasting: list[Span]) -> None:
    picture = draw_timeline(found, lasting, NOW)
    for stretch in picture.stretches:
        end = stretch.x + stretch.width
        assert abs(end - picture.now_x) < 0.2 if stretch.lasts else end <= picture.now_x


@given(events, spans)
def test_no_two_dates_overprint_each_other(found: list[Event], lasting: list[Span]) -> None:
    days = draw_timeline(found, lasting, NOW).days
    assert all(later.x - earlier.x >= 80 for earlier, later in pairwise(days))


def test_waits_are_told_in_the_unit_a_reader_would_use() -> None:
    said = {days: str(wait(days)) for days in (1, 2, 61, 90, 366, 1455, 1461)}
    assert said == {
        1: "None",
        2: "2 days",
        61: "61 days",
        90: "3 months",
        366: "1 y",
        1455: "4 y",
        1461: "4 y",
    }
    assert str(wait(500)) == "1 y 4 m"


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=12))
def test_bars_are_as_long_as_their_figures_and_none_that_counts_is_unseen(values: list[int]) -> None:
    chart = bar_chart([Bar(Sentence("b"), value) for value in values])
    for bar, value in zip(chart.bars, values, strict=True):
        longest = max(drawn.width for drawn in chart.bars)
        assert (bar.width >= SHORTEST) if value else (bar.width == 0)
        if bar.width > SHORTEST:
            assert abs(bar.width / longest - value / max(values)) < 0.01
