"""The waiting side of `reading_process.py`: starts it, takes its rows, and says why it ended where it did."""

import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holds.intake.confinement import LONGEST_WAIT, SECONDS
from holds.intake.problem import IntakeError
from holds.intake.source import Source, open_source, too_large, unreadable

# Isolated from the environment and the working directory, and pointed at this very code.
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from holds.intake.reading_process import main; main()"
)
_ROOT = str(Path(__file__).parents[2])
# One arena: each thread's own would take 64 MB of the address space that is allowed.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
_OUT_OF_MEMORY = 77
_PIECE = 1 << 18
_LONGEST_MESSAGE = 1 << 28

Message = Any


def read_messages(path: Path) -> Generator[Message]:
    """What the reading process says of a file: see there. Raises IntakeError with the codes file.*.

    Closing the iterator ends the process. A workbook has eight seconds from start to end, and more in
    proportion to what it unpacks to; text has eight seconds a batch, since whoever takes them may be slow.
    """
    source = open_source(path)
    try:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", _START, _ROOT, source.kind, str(source.size)],
            stdin=source.descriptor,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    finally:
        os.close(source.descriptor)
    try:
        yield from _messages(process, source)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _messages(process: subprocess.Popen[bytes], source: Source) -> Iterator[Message]:
    if process.stdout is None:
        raise unreadable()
    with suppress(OSError, AttributeError):
        # Room for eight batches, so that neither side waits for the other (ordinary is half a batch).
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)
    pipe = _Pipe(process.stdout.fileno(), time.monotonic() + SECONDS + 1)
    for line in pipe.lines():
        message = json.loads(line)
        if isinstance(message, dict):
            if "refused" in message:
                code, sentence = map(str, message["refused"])
                raise IntakeError(code, sentence)
            if "end" in message:
                return
            if "wait" in message:
                pipe.deadline += min(float(message["wait"]), LONGEST_WAIT)
                continue
        yield message
        if source.kind == "text":
            pipe.deadline = time.monotonic() + SECONDS + 1
    raise _ended(process)


@dataclass
class _Pipe:
    descriptor: int
    deadline: float

    def lines(self) -> Iterator[bytes]:
        """Lines without their end, to the last. Raises IntakeError file.too_slow, file.too_large."""
        poll = select.poll()
        poll.register(self.descriptor, select.POLLIN)
        held: list[bytes] = []
        size = 0
        while True:
            patience = self.deadline - time.monotonic()
            if patience <= 0 or not poll.poll(patience * 1000):
                raise too_slow()
            piece = os.read(self.descriptor, _PIECE)
            if not piece:
                return
            first, *more = piece.split(b"\n")
            held.append(first)
            size += len(first)
            if size > _LONGEST_MESSAGE:
                raise too_large()
            if more:
                yield b"".join(held)
                yield from more[:-1]
                held, size = [more[-1]], len(more[-1])


def too_slow() -> IntakeError:
    """A file that takes longer to read than any list of its size."""
    return IntakeError("file.too_slow", "Reading the file takes too long. Save the list as CSV UTF-8.")


def _ended(process: subprocess.Popen[bytes]) -> IntakeError:
    """Why the process ended without a word: memory that was denied, time that was up, or a crash."""
    status = process.wait(timeout=SECONDS)
    if status in (_OUT_OF_MEMORY, -signal.SIGABRT):
        return too_large()
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return too_slow()
    return IntakeError(
        "file.crashed", "The reader broke off at this file; nothing was taken in. Save the list as CSV UTF-8."
    )
