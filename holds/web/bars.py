"""Bar charts as SVG: the geometry here, the marks in `bars.svg.html`, the same figures in a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from holds.queries.sentence import Sentence

WIDTH = 440
ROW = 44
BAR = 16
LABEL_BASELINE = 14
SHORTEST = 3
"""A count that is not zero is always seen."""
FIGURE_ROOM = 72


@dataclass(frozen=True)
class Bar:
    """One figure; `tone` is one of plain, held, good, warning, danger."""

    label: Sentence
    value: int
    tone: str = "plain"


@dataclass(frozen=True)
class DrawnBar:
    """A bar in place, in the units of the viewBox."""

    label: Sentence
    value: int
    tone: str
    label_y: int
    y: int
    width: float


@dataclass(frozen=True)
class BarChart:
    """Drawn bars, one below another, on a common scale that begins at zero."""

    width: int
    height: int
    thickness: int
    bars: tuple[DrawnBar, ...]


def bar_chart(bars: Sequence[Bar]) -> BarChart:
    """Place the bars. Lengths are in proportion to the values, but for the shortest that can be seen."""
    longest = max((bar.value for bar in bars), default=0)
    room = WIDTH - FIGURE_ROOM
    drawn = []
    for index, bar in enumerate(bars):
        width = max(bar.value / longest * room, SHORTEST) if bar.value else 0.0
        baseline = index * ROW + LABEL_BASELINE
        drawn.append(DrawnBar(bar.label, bar.value, bar.tone, baseline, baseline + 6, round(width, 1)))
    return BarChart(WIDTH, max(len(bars) * ROW, 1), BAR, tuple(drawn))
