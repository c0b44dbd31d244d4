"""A removal hold: its basis and its legal state."""

from enum import StrEnum


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


CITING_BASES = frozenset(Basis) - {Basis.INCIDENT}
"""Bases that must name their order or rule; an incident hold names its incident instead."""


class HoldState(StrEnum):
    ASSERTED = "asserted"
    REVIEW_PENDING = "review_pending"
    RELEASE_PROPOSED = "release_proposed"
    RELEASED = "released"


def hold_state(*, ended: bool, proposed: bool, review_recorded: bool) -> HoldState:
    """The legal state, told by what is on record. Of this hold only `RELEASED` lets a removal through."""
    if ended:
        return HoldState.RELEASED
    if proposed:
        return HoldState.RELEASE_PROPOSED
    return HoldState.REVIEW_PENDING if review_recorded else HoldState.ASSERTED
