"""One holder at a time, fences that only grow, and no commit without the lease."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import select

from holds.store.database import Lease
from holds.store.demo_time import move_clock
from holds.store.leases import LeaseLostError, fenced, release, take
from holds.store.staff import Organisation

ANN, BEN = uuid.UUID(int=1), uuid.UUID(int=2)


def taken(office: Any, holder: uuid.UUID, seconds: int = 60) -> int | None:
    fence: int | None = office.database.run(lambda session: take(session, "job", holder, seconds))
    return fence


def later(office: Any, seconds: int) -> None:
    office.database.run(lambda session: move_clock(session, dt.timedelta(seconds=seconds)))


def test_one_holds_it_until_it_runs_out(office: Any) -> None:
    assert taken(office, ANN) == 1
    assert taken(office, BEN) is None
    assert taken(office, ANN) == 1
    later(office, 61)
    assert taken(office, BEN) == 2
    assert taken(office, ANN) is None


def test_given_back_it_is_free_at_once_and_the_fence_still_grows(office: Any) -> None:
    assert taken(office, ANN) == 1
    office.database.run(lambda session: release(session, "job", 1))
    assert taken(office, BEN) == 2
    office.database.run(lambda session: release(session, "job", 1))
    assert taken(office, ANN) is None


def test_who_slept_through_the_lease_commits_nothing(office: Any) -> None:
    assert taken(office, ANN) == 1
    held = fenced(office.database, "job", 1)
    later(office, 61)
    assert taken(office, BEN) == 2
    with pytest.raises(LeaseLostError), held.transaction() as session:
        session.add(Organisation(name="written too late"))
    with office.database.reading() as session:
        assert "written too late" not in session.scalars(select(Organisation.name)).all()


def test_of_many_at_once_one_gets_it(office: Any) -> None:
    found: list[int | None] = []
    ready = threading.Barrier(6)

    def race(number: int) -> None:
        ready.wait()
        found.append(taken(office, uuid.UUID(int=number)))

    threads = [threading.Thread(target=race, args=[number]) for number in range(10, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found, key=str) == [1, None, None, None, None, None]
    with office.database.reading() as session:
        assert session.scalars(select(Lease.fence)).one() == 1
