"""How much memory a process and its children had at most, in kilobytes, as the system counts it.

Not `ru_maxrss`: of a process that another one started it is at least what the other had at that moment.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY = 0.02


def peak_of(process: int | str = "self") -> int:
    """The peak of one process since it was started; 0 where it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


class Children:
    """The highest peak of any child so far, looked at fifty times a second."""

    def __init__(self) -> None:
        self.peak = 0

    def look(self) -> None:
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    self.peak = max(self.peak, self._own_peak(child))

    @staticmethod
    def _own_peak(child: str) -> int:
        """Until it has its own program, a child is a copy of this very process, and shares its memory."""
        with suppress(OSError):
            if Path(f"/proc/{child}/cmdline").read_bytes() != Path("/proc/self/cmdline").read_bytes():
                return peak_of(child)
        return 0


@contextmanager
def watched() -> Iterator[Children]:
    """Watch the children of this process."""
    children, over = Children(), threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            children.look()

    watcher = threading.Thread(target=look, name=f"memory-{os.getpid()}", daemon=True)
    watcher.start()
    try:
        yield children
    finally:
        over.set()
        watcher.join()
