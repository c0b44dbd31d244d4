"""The end of a clearance, told within a crew over shared memory: a query for it would be a race more."""

import time
from collections.abc import MutableSequence

STEP = 0.0002
"""Seconds between two looks."""


class Ends:
    """`shared`: the number of the race that the end is of, and the end in seconds since the epoch."""

    def __init__(self, shared: MutableSequence[float]) -> None:
        self._shared = shared
        self._race = 0

    def next_race(self) -> None:
        """Every racer of the crew counts the same races."""
        self._race += 1

    def tell(self, end: float) -> None:
        """The end first: whoever reads the number finds it there."""
        self._shared[1] = end
        self._shared[0] = self._race

    def wait(self, patience: float) -> float | None:
        """The end, once somebody told it; None where nobody did in so many seconds."""
        until = time.monotonic() + patience
        while self._shared[0] != self._race:
            if time.monotonic() > until:
                return None
            time.sleep(STEP)
        return self._shared[1]
