"""What the benchmarks print: a line a figure, with its bar."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure. `value` is at most `bar`, or at least where `least`; without a bar it only informs."""

    name: str
    value: float
    unit: str
    detail: str
    bar: float | None = None
    least: bool = False

    @property
    def passed(self) -> bool:
        if self.bar is None:
            return True
        return self.value >= self.bar if self.least else self.value <= self.bar

    def line(self) -> str:
        shown = "" if self.bar is None else f"{'≥' if self.least else '≤'} {self.bar:g}{self.unit}"
        verdict = "" if self.bar is None else "PASS" if self.passed else "FAIL"
        return f"{verdict:<5}{self.name:<68}{self.value:>8.2f}{self.unit:<3}{shown:>9}   {self.detail}"


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of so many runs took."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1e3)
    return found


@dataclass(frozen=True)
class Pair:
    """Two ways, measured in turn: medians in milliseconds, and the median of the rounds' ratios."""

    ours: float
    raw: float
    ratio: float
    best: float

    @property
    def detail(self) -> str:
        return f"ours {self.ours:.2f} ms, raw {self.raw:.2f} ms; best round {self.best:.2f}"


def side_by_side(ours: Callable[[], object], raw: Callable[[], object], *, rounds: int, times: int) -> Pair:
    """Measure in turn, one by one, A B A B …, after a warm-up; the machine's moods meet both alike."""
    for work in (raw, ours):
        milliseconds(work, max(6, times // 4))
    medians = []
    for _ in range(rounds):
        both = [(milliseconds(ours, 1)[0], milliseconds(raw, 1)[0]) for _ in range(times)]
        medians.append((statistics.median(a for a, _ in both), statistics.median(b for _, b in both)))
    ratios = [one / other for one, other in medians]
    return Pair(
        statistics.median(one for one, _ in medians),
        statistics.median(other for _, other in medians),
        statistics.median(ratios),
        min(ratios),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
