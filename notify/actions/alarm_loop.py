"""The loop that looks for alarms beside a worker's other work, in a thread of its own.

A worker that typesets thousands of letters for minutes must not keep an alarm waiting behind them.
"""

import threading
from dataclasses import dataclass, field
from typing import Self

import structlog

from notify.actions.raise_alarms import EVERY_SECONDS, AlarmWatch

LOG = structlog.get_logger("notify.alarms")


@dataclass
class AlarmLoop:
    """`with AlarmLoop(watch):` looks every second until the block ends. Whatever fails is tried again."""

    watch: AlarmWatch
    every: float = EVERY_SECONDS
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, name="alarms", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                raised = self.watch.look()
            except Exception as error:
                # Only the type: a database error may carry what somebody's row holds.
                LOG.error("alarms.failed", error=type(error).__name__)  # noqa: TRY400
            else:
                if raised.anything:
                    LOG.info("alarms.raised", alarms=raised.decided.alarms, sent=dict(raised.sent))
            self.stopped.wait(self.every)
