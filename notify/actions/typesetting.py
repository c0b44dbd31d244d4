"""Typesetting many letters on all cores. Processes, since the engine holds the interpreter lock."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import TracebackType

from notify.content.letters import LetterFacts, MissingGlyph, NeutralLetter, neutral_letter, typeset_letter
from notify.content.phrasebook import Untranslated

Letter = LetterFacts | NeutralLetter
ALONE = 8
"""So few letters are set sooner in this process than a pool has started."""
AT_ONCE = 10
NICE = 10
"""Letters wait days to be handed over. Whoever must be told this second comes first on the machine."""


@dataclass(frozen=True)
class Unset:
    """A letter that cannot be set. `code` says why and names nobody."""

    code: str


Setting = tuple[int, bytes | Unset]


def set_letters(numbered: Sequence[tuple[int, Letter]]) -> list[Setting]:
    """Set letters one by one: one that fails takes no other with it."""
    return [(number, _set(letter)) for number, letter in numbered]


def _set(letter: Letter) -> bytes | Unset:
    try:
        return neutral_letter(letter) if isinstance(letter, NeutralLetter) else typeset_letter(letter)
    except MissingGlyph:
        return Unset("letter.missing_glyph")
    except Untranslated:
        return Unset("letter.untranslated")
    except (ValueError, RuntimeError, TypeError, OSError) as error:
        return Unset(f"letter.{type(error).__name__}")


@dataclass
class Typesetter:
    """A pool that lives as long as a run of the outbox. Use it as a context manager."""

    processes: int = field(default_factory=lambda: os.cpu_count() or 1)
    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Typesetter":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, letters: Sequence[Letter]) -> "Job":
        """Start setting letters; results come from the job, in any order, with the letter's place."""
        numbered = list(enumerate(letters))
        if len(numbered) <= ALONE and self._pool is None:
            return Job(tuple(numbered), ())
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.processes, get_context("spawn"), os.nice, (NICE,))
        parts = [numbered[start : start + AT_ONCE] for start in range(0, len(numbered), AT_ONCE)]
        return Job((), tuple(self._pool.submit(set_letters, part) for part in parts))


@dataclass(frozen=True)
class Job:
    """Letters being set."""

    here: tuple[tuple[int, Letter], ...]
    elsewhere: tuple["Future[list[Setting]]", ...]

    def results(self) -> Iterator[Setting]:
        """Each letter's place with its PDF, or why it cannot be set."""
        for one in self.here:
            yield from set_letters([one])
        for done in as_completed(self.elsewhere):
            yield from done.result()
