"""How long an answer may take. Whoever asks at the gate waits for seconds, whatever became of the database.

A server's own time-outs are no help where the server, or the network before it, says nothing at all: so the
waiting itself ends here, at the connection, and the connection with it. What had been sent may have been
done; the idempotency key finds that out, and until then no answer is `blocked`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

RV = TypeVar("RV")
_UNTIL: ContextVar[float | None] = ContextVar("holdfast.until", default=None)
CHECK_EVERY = 0.1
STEPS = 20_000
"""Instructions of SQLite between two looks at the time."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked of a database inside, in this thread, fails after so many seconds."""
    before = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(before)


def too_late() -> bool:
    """Whether the time is over. An answer that comes late was true of a moment long gone."""
    until = _UNTIL.get()
    return until is not None and time.monotonic() >= until


def seconds_left() -> float | None:
    """How long what is asked for may still take, perhaps less than nothing; None where no time was given."""
    until = _UNTIL.get()
    return None if until is None else until - time.monotonic()


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when the time is over, and raises `psycopg.OperationalError`.

    `used_at`: when it was last used without a failure, by the monotonic clock.
    """

    used_at = 0.0

    def wait(self, gen: PQGen[RV], interval: float = CHECK_EVERY, timeout: float | None = None) -> RV:
        """Every exchange with the server but connecting comes through here."""
        until = _UNTIL.get()
        try:
            left = timeout if until is None else max(0.0, until - time.monotonic())
            done = super().wait(gen, interval, left)
            self.used_at = time.monotonic()
            return done
        except psycopg.Error:
            if until is None or time.monotonic() < until:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("no answer within the time that was given") from None
