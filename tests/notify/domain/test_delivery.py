"""States move along the table and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.delivery import ARRIVING, TRANSITIONS, OddMoveError, State, move


@given(st.sampled_from(State), st.sampled_from(State))
def test_only_written_edges(current: State, to: State) -> None:
    if to in TRANSITIONS[current]:
        assert move(current.value, to) is to
    else:
        with pytest.raises(OddMoveError, match=current.value):
            move(current.value, to)


def test_every_state_has_a_row() -> None:
    assert set(TRANSITIONS) == set(State)


def test_what_has_gone_out_never_goes_out_again() -> None:
    """From no state after a send does any path lead back to sending: no blind second copy."""
    for start in (*ARRIVING, State.UNKNOWN, State.RETURNED, State.FAILED):
        seen, open_ends = {start}, [start]
        while open_ends:
            found = TRANSITIONS[open_ends.pop()] - seen
            seen |= found
            open_ends += found
        assert not seen & {State.SENDING, State.QUEUED, State.APPROVED, State.PLANNED}


def test_service_is_never_taken_back() -> None:
    assert TRANSITIONS[State.SERVED] == {State.ACKNOWLEDGED}
    assert not TRANSITIONS[State.ACKNOWLEDGED]
