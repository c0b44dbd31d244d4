"""Reading a chunk of records so that one that cannot be read takes no other along."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

T = TypeVar("T")
Read = Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, T]]


def readable(
    session: Session, ids: Sequence[uuid.UUID], read: Read[T]
) -> tuple[dict[uuid.UUID, T], frozenset[uuid.UUID]]:
    """(what was read by id, the ids that could not be read). A chunk that fails is halved, and so on.

    A broken seal, a lost key, facts nobody can parse: each fails alone, behind a savepoint of its own. What
    the database itself refuses is no fault of a record, and is raised.
    """
    try:
        with session.begin_nested():
            return dict(read(ids)), frozenset()
    except SQLAlchemyError:
        raise
    except Exception:
        if len(ids) == 1:
            return {}, frozenset(ids)
    half = len(ids) // 2
    first, broken = readable(session, ids[:half], read)
    second, more = readable(session, ids[half:], read)
    return first | second, broken | more
