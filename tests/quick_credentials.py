"""Credentials of the staff whom tests start with."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from holds.actions import add_staff

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@contextmanager
def quickly_hashed() -> Iterator[None]:
    """Whoever is made a member of staff here has a credential that is made and checked in no time.

    As in service each takes a good part of a second of both processors: for the staff of an office, that was
    half of the time of a run.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(add_staff, "HASHER", QUICK)
        yield
