"""A removal hold: its basis, its legal state, and the written table of how one state follows another."""

from collections.abc import Mapping
from enum import StrEnum

from holds.domain.closing import LETS_PASS, EndingKind
from holds.domain.departure import DepartureKind


class Basis(StrEnum):
    """Why removal is blocked. One hold has one basis; a person is blocked while any hold is active."""

    INCIDENT = "incident"
    PROMISE_WINDOW = "promise_window"
    AUTOMATIC_STAY = "automatic_stay"
    IJ_STAY = "ij_stay"
    BIA_STAY = "bia_stay"
    DHS_STAY = "dhs_stay"
    TRO = "tro"
    CIRCUIT_STAY = "circuit_stay"
    HABEAS = "habeas"
    CLAIMED_CITIZENSHIP = "claimed_citizenship"
    LOST_HOLD = "lost_hold"
    """A database that was put back did not know it any more; names the ledger row that had left the host."""
    SPLIT_RECORD = "split_record"
    """A merge was undone: who was blocked by the other's hold stays blocked. Names the judgement."""
    REINSTATED = "reinstated"
    """What an earlier hold's end rested on was vacated, superseded or revoked; names that hold."""


CITING_BASES = frozenset(Basis) - {Basis.INCIDENT, Basis.REINSTATED}
"""Bases that must name their order or rule; an incident hold names its incident, a reinstated its hold."""

STAY_BASES = frozenset(
    {
        Basis.AUTOMATIC_STAY,
        Basis.IJ_STAY,
        Basis.BIA_STAY,
        Basis.DHS_STAY,
        Basis.TRO,
        Basis.CIRCUIT_STAY,
        Basis.HABEAS,
    }
)
"""Bases on which a provisional stay may be placed."""

RULES: Mapping[str, str] = {
    "bia_appeal": "8 CFR 1003.6(a): timely appeal to the BIA, while it is pending",
    "bia_appeal_period": "8 CFR 1003.6(a): the thirty days to appeal to the BIA, unless waived",
    "in_absentia_motion": "INA 240(b)(5)(C): motion to reopen an order made in absentia, while it is pending",
}
"""The rules by which removal is stayed without any written order. No other filed motion stays it."""


class HoldState(StrEnum):
    """The first four block, and so do four of the closings (`holds.domain.closing`)."""

    ASSERTED = "asserted"
    REVIEW_PENDING = "review_pending"
    RELEASE_PROPOSED = "release_proposed"
    VIOLATED = "violated"
    RELEASED = "released"
    STAY_REJECTED = "stay_rejected"
    CLOSED_PROTECTED = "closed_protected"
    CLOSED_TERMINATED = "closed_terminated"
    CLOSED_DECEASED = "closed_deceased"
    CLOSED_DEPARTED_BY_CHOICE = "closed_departed_by_choice"
    CLOSED_REMOVED = "closed_removed"
    CLOSED_EXTRADITED = "closed_extradited"
    ENTERED_IN_ERROR = "entered_in_error"


ENDS = frozenset(HoldState(kind.value) for kind in EndingKind)
"""Nothing follows these: what an end rested on being undone places another hold (`reinstated`)."""

LETS_ALL_PASS = frozenset(
    HoldState(kind.value) for kind, passes in LETS_PASS.items() if passes == frozenset(DepartureKind)
)
"""States in which a hold blocks nothing at all."""

_CLOSINGS = ENDS - {HoldState.RELEASED, HoldState.STAY_REJECTED}

TRANSITIONS: Mapping[HoldState, frozenset[HoldState]] = {
    # A hold is asserted when it is placed. A review cannot be skipped on the way to a release.
    HoldState.ASSERTED: _CLOSINGS | {HoldState.REVIEW_PENDING, HoldState.VIOLATED, HoldState.STAY_REJECTED},
    # A provisional stay may be rejected although somebody recorded a review of it.
    HoldState.REVIEW_PENDING: _CLOSINGS
    | {HoldState.RELEASE_PROPOSED, HoldState.VIOLATED, HoldState.STAY_REJECTED},
    HoldState.RELEASE_PROPOSED: _CLOSINGS | {HoldState.RELEASED, HoldState.VIOLATED},
    # The removal does not end the hold: who comes back is still held. Odd, but only a court or a closing
    # ends it then too; and a violated stay is never rejected after the fact.
    HoldState.VIOLATED: _CLOSINGS | {HoldState.RELEASED},
    **{end: frozenset() for end in ENDS},
}


def hold_state(
    *, ended: EndingKind | None, proposed: bool, review_recorded: bool, violated: bool = False
) -> HoldState:
    """The legal state, told by what is on record: an end before all, then a violation."""
    if ended is not None:
        return HoldState(ended.value)
    if violated:
        return HoldState.VIOLATED
    if proposed:
        return HoldState.RELEASE_PROPOSED
    return HoldState.REVIEW_PENDING if review_recorded else HoldState.ASSERTED


def may_follow(state: HoldState, then: HoldState) -> bool:
    """Whether the table lets one state follow the other."""
    return then in TRANSITIONS[state]
