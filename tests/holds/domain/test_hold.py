"""The legal state of a hold, told by what is on record, and the written table of what follows what."""

import itertools

import pytest

from holds.domain.closing import LETS_PASS, STILL_BLOCKING, VIOLABLE, EndingKind
from holds.domain.departure import DepartureKind
from holds.domain.hold import (
    CITING_BASES,
    ENDS,
    LETS_ALL_PASS,
    RULES,
    STAY_BASES,
    TRANSITIONS,
    Basis,
    HoldState,
    hold_state,
    may_follow,
)


@pytest.mark.parametrize(
    ("ended", "violated", "proposed", "review_recorded", "state"),
    [
        (None, False, False, False, HoldState.ASSERTED),
        (None, False, False, True, HoldState.REVIEW_PENDING),
        (None, False, True, True, HoldState.RELEASE_PROPOSED),
        (None, False, True, False, HoldState.RELEASE_PROPOSED),
        (None, True, True, True, HoldState.VIOLATED),
        (EndingKind.RELEASED, True, True, True, HoldState.RELEASED),
        (EndingKind.CLOSED_DECEASED, False, False, False, HoldState.CLOSED_DECEASED),
    ],
)
def test_the_state_is_the_furthest_step_on_record(
    *, ended: EndingKind | None, violated: bool, proposed: bool, review_recorded: bool, state: HoldState
) -> None:
    told = hold_state(ended=ended, proposed=proposed, review_recorded=review_recorded, violated=violated)
    assert told is state


def test_nobody_is_taken_for_removed_of_whom_it_was_not_said() -> None:
    told = hold_state(ended=None, proposed=False, review_recorded=False)
    assert told is HoldState.ASSERTED


def test_nothing_but_an_ending_on_record_ends_a_hold() -> None:
    for proposed, reviewed, violated in itertools.product((False, True), repeat=3):
        state = hold_state(ended=None, proposed=proposed, review_recorded=reviewed, violated=violated)
        assert state not in ENDS


TABLE = """
                            review release violated released rejected closings
asserted                    yes    -       yes      -        yes      yes
review_pending              -      yes     yes      -        yes      yes
release_proposed            -      -       yes      yes      -        yes
violated                    -      -       -        yes      -        yes
released                    -      -       -        -        -        -
stay_rejected               -      -       -        -        -        -
closed_protected            -      -       -        -        -        -
closed_terminated           -      -       -        -        -        -
closed_deceased             -      -       -        -        -        -
closed_departed_by_choice   -      -       -        -        -        -
closed_removed              -      -       -        -        -        -
closed_extradited           -      -       -        -        -        -
entered_in_error            -      -       -        -        -        -
"""
"""The table written out a second time; `closings` stands for all seven."""


def test_the_transition_table_is_as_written() -> None:
    rows = {line.split()[0]: line.split()[1:] for line in TABLE.strip("\n").splitlines()[1:]}
    assert set(rows) == {state.value for state in HoldState}
    columns = [HoldState.REVIEW_PENDING, HoldState.RELEASE_PROPOSED, HoldState.VIOLATED]
    columns += [HoldState.RELEASED, HoldState.STAY_REJECTED]
    closings = ENDS - {HoldState.RELEASED, HoldState.STAY_REJECTED}
    assert len(closings) == 7
    for name, cells in rows.items():
        wanted = {then for then, cell in zip(columns, cells, strict=False) if cell == "yes"}
        assert TRANSITIONS[HoldState(name)] == wanted | (closings if cells[-1] == "yes" else set())


def test_whatever_is_added_to_the_record_the_table_allows() -> None:
    """From every state without an end, one more fact on record is a step of the table, or none."""
    facts = ("proposed", "review_recorded", "violated")
    for known in itertools.product((False, True), repeat=3):
        before = dict(zip(facts, known, strict=True))
        if before["proposed"] and not before["review_recorded"]:
            continue
        for fact in facts:
            after = before | {fact: True}
            if after["proposed"] and not after["review_recorded"]:
                continue
            one, two = hold_state(ended=None, **before), hold_state(ended=None, **after)
            assert one == two or may_follow(one, two)


def test_every_basis_but_two_names_its_order_or_rule() -> None:
    assert set(Basis) - CITING_BASES == {Basis.INCIDENT, Basis.REINSTATED}


def test_three_rules_stay_a_removal_without_an_order_and_each_is_cited_as_it_stands() -> None:
    """A motion to reopen for changed conditions is none of them: it does not itself stay removal."""
    assert RULES == {
        "bia_appeal": "8 CFR 1003.6(a): timely appeal to the BIA, while it is pending",
        "bia_appeal_period": "8 CFR 1003.6(a): the thirty days to appeal to the BIA, unless waived",
        "in_absentia_motion": (
            "INA 240(b)(5)(C): motion to reopen an order made in absentia, while it is pending"
        ),
    }


def test_a_provisional_stay_stands_on_a_stay_or_a_writ_and_on_nothing_else() -> None:
    written = "automatic_stay ij_stay bia_stay dhs_stay tro circuit_stay habeas"
    assert {basis.value for basis in STAY_BASES} == set(written.split())


def test_what_each_end_lets_pass() -> None:
    """Only three ends open the gate for every departure; a choice to leave opens it for leaving alone."""
    assert set(LETS_PASS) == set(EndingKind)
    assert {HoldState.RELEASED, HoldState.STAY_REJECTED, HoldState.ENTERED_IN_ERROR} == LETS_ALL_PASS
    assert {k.value for k in STILL_BLOCKING} == {
        "closed_protected",
        "closed_terminated",
        "closed_deceased",
        "closed_removed",
    }
    assert LETS_PASS[EndingKind.CLOSED_EXTRADITED] == {DepartureKind.EXTRADITION}
    assert DepartureKind.REMOVAL not in LETS_PASS[EndingKind.CLOSED_DEPARTED_BY_CHOICE]


def test_a_removal_in_spite_of_an_end_that_lets_not_everybody_pass_is_a_violation() -> None:
    """Who is on record as removed already cannot be removed in spite of it: that one is no violation."""
    closed = "closed_protected closed_terminated closed_deceased closed_departed_by_choice closed_extradited"
    assert {kind.value for kind in VIOLABLE} == set(closed.split())
