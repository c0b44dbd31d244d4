"""How much memory a process has, and has together with its children, in kilobytes, as the system counts it.

Not `ru_maxrss`: of a process that another one started it is at least what the other had at that moment.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY = 0.02
_SELF = Path("/proc/self")


def peak_of_this() -> int:
    """The peak of this process since it was started."""
    return _said(_SELF, "VmHWM:")


class Together:
    """The most that this process and its children have had at one moment, looked at fifty times a second."""

    def __init__(self) -> None:
        self.peak = 0

    def look(self) -> None:
        now = _said(_SELF, "VmRSS:")
        for task in (_SELF / "task").iterdir():
            with suppress(OSError):
                now += sum(map(_of_child, (task / "children").read_text().split()))
        self.peak = max(self.peak, now)


def _of_child(process: str) -> int:
    """Until it has its own program, a child is this very process over again, and shares its memory."""
    child = Path("/proc", process)
    with suppress(OSError):
        if (child / "cmdline").read_bytes() != (_SELF / "cmdline").read_bytes():
            return _said(child, "VmRSS:")
    return 0


def _said(process: Path, name: str) -> int:
    with suppress(OSError):
        for line in (process / "status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


@contextmanager
def watched() -> Iterator[Together]:
    """Watch this process and its children; at the end, the peak of this one by itself counts too."""
    together, over = Together(), threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            together.look()

    watcher = threading.Thread(target=look, name="memory", daemon=True)
    watcher.start()
    try:
        yield together
    finally:
        over.set()
        watcher.join()
        together.peak = max(together.peak, peak_of_this())
