"""The legal state of a hold, told by what is on record; only `released` lets a removal through."""

import itertools

import pytest

from holds.domain.hold import CITING_BASES, Basis, HoldState, hold_state


@pytest.mark.parametrize(
    ("ended", "proposed", "review_recorded", "state"),
    [
        (False, False, False, HoldState.ASSERTED),
        (False, False, True, HoldState.REVIEW_PENDING),
        (False, True, True, HoldState.RELEASE_PROPOSED),
        (False, True, False, HoldState.RELEASE_PROPOSED),
        (True, True, True, HoldState.RELEASED),
    ],
)
def test_the_state_is_the_furthest_step_on_record(
    *, ended: bool, proposed: bool, review_recorded: bool, state: HoldState
) -> None:
    assert hold_state(ended=ended, proposed=proposed, review_recorded=review_recorded) is state


def test_nothing_but_an_ending_on_record_makes_a_hold_released() -> None:
    for proposed, review_recorded in itertools.product((False, True), repeat=2):
        state = hold_state(ended=False, proposed=proposed, review_recorded=review_recorded)
        assert state is not HoldState.RELEASED


def test_every_basis_but_the_incident_names_its_order_or_rule() -> None:
    assert set(Basis) - CITING_BASES == {Basis.INCIDENT}
