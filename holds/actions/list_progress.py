"""How far an import has come, on record with each batch: what was cut off counts nothing twice."""

import gc
import itertools
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.store.exposures import SourceList

T = TypeVar("T")
RETRYING = "retrying"
"""In `counts` of a finished list that was opened again for rows which had named nobody."""


@dataclass(frozen=True)
class Progress:
    """`reached` is the last row of the last batch that is in; `open` unless another run closed the list."""

    open: bool
    reached: int
    counts: Counter[str]


def progress_of(session: Session, list_id: uuid.UUID) -> Progress:
    """What is on record now; to be asked behind the import lock."""
    state, reached, counts = session.execute(
        select(SourceList.state, SourceList.reached, SourceList.counts).where(SourceList.id == list_id)
    ).one()
    return Progress(state == "importing", reached or 0, Counter(numbers(counts)))


def note_progress(session: Session, list_id: uuid.UUID, *, reached: int, counts: Mapping[str, int]) -> None:
    """In the transaction of the batch itself."""
    session.execute(
        update(SourceList).where(SourceList.id == list_id).values(reached=reached, counts=dict(counts))
    )


def numbers(counts: Mapping[str, Any]) -> dict[str, int]:
    """The counts among what is kept with a list."""
    return {name: value for name, value in counts.items() if isinstance(value, int) and name != RETRYING}


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Consecutive lists of at most `size` rows."""
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


@contextmanager
def set_aside() -> Iterator[None]:
    """What the list holds in memory is no garbage: looking through it for some is a fifth of an import."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
