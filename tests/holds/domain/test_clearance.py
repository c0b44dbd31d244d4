"""A clearance: what it is bound to, when it is void, and why nobody gets one."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from holds.domain.clearance import (
    LIFE,
    ClearanceTerms,
    clearance_terms,
    decide_clearance,
    still_stands,
)

NOW = dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC)
A_MOMENT = dt.timedelta(microseconds=1)


def test_it_is_bound_to_the_gate_as_it_made_it_and_ends_after_fifteen_minutes() -> None:
    assert clearance_terms(seen_epoch=4, now=NOW) == ClearanceTerms(
        epoch=5, expires_at=dt.datetime(2023, 6, 1, 12, 15, tzinfo=dt.UTC)
    )


def test_it_stands_to_the_last_moment_before_its_end() -> None:
    terms = clearance_terms(seen_epoch=4, now=NOW)
    assert still_stands(terms, epoch=5, now=NOW)
    assert still_stands(terms, epoch=5, now=NOW + LIFE - A_MOMENT)
    assert not still_stands(terms, epoch=5, now=NOW + LIFE)
    assert not still_stands(terms, epoch=5, now=NOW + LIFE + A_MOMENT)


@given(seen=st.integers(0, 50), epoch=st.integers(0, 50), minutes=st.integers(0, 30))
def test_whatever_moves_the_gate_voids_it(seen: int, epoch: int, minutes: int) -> None:
    terms = clearance_terms(seen_epoch=seen, now=NOW)
    stands = still_stands(terms, epoch=epoch, now=NOW + dt.timedelta(minutes=minutes))
    assert stands is (epoch == seen + 1 and minutes < 15)


def test_a_hold_or_a_closed_database_clears_nobody() -> None:
    assert decide_clearance(closed=(), held=False) == ()
    assert decide_clearance(closed=(), held=True) == ("hold.active",)
    for held in (False, True):
        assert decide_clearance(closed=("database.replica",), held=held) == ("database.replica",)
