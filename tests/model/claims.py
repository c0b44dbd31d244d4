"""What is claimed of the model, and the variants that must each break the claim named with them."""

from dataclasses import dataclass

from tests.model.spin import Writes

CLAIMS = (
    "no_clearance_over_a_hold",
    "nobody_boards_held",
    "a_new_hold_voids",
    "a_merge_voids",
    "no_boarding_after_the_end",
    "used_once",
    "two_people_end_a_hold",
    "an_objection_stops_the_end",
    "holds_end_one_by_one",
    "undoing_releases_nobody",
    "one_place_one_write",
    "no_gate_no_clearance",
)
ALL = "every_property"

SMALL = Writes(clerk=1, officer=2, merger=1)
WIDER = (Writes(clerk=2, officer=2, merger=1), Writes(clerk=1, officer=2, merger=2))


@dataclass(frozen=True)
class Variant:
    """A guard taken away by #define, the claim it breaks, and how many writes that takes."""

    name: str
    breaks: str
    writes: Writes


VARIANTS = (
    Variant("NO_BUMP", "no_clearance_over_a_hold", Writes(1, 1, 0)),
    Variant("CHECK_BEFORE_LOCK", "no_clearance_over_a_hold", Writes(1, 1, 0)),
    Variant("NO_EPOCH_COMPARE", "a_new_hold_voids", Writes(2, 2, 0)),
    Variant("NO_EPOCH_COMPARE", "one_place_one_write", Writes(1, 1, 0)),
    Variant("NOT_BOUND_TO_EPOCH", "a_new_hold_voids", Writes(2, 2, 0)),
    Variant("NOT_BOUND_TO_EPOCH", "a_merge_voids", Writes(1, 2, 1)),
    Variant("NOT_FOLLOWED", "no_clearance_over_a_hold", Writes(2, 1, 1)),
    Variant("MERGE_REPOINTS", "nobody_boards_held", Writes(1, 2, 1)),
    Variant("MERGE_KEEPS_EPOCH", "no_clearance_over_a_hold", Writes(1, 1, 1)),
    Variant("MERGE_DROPS_A_HOLD", "holds_end_one_by_one", Writes(1, 0, 1)),
    Variant("SPLIT_FREE", "undoing_releases_nobody", Writes(0, 0, 2)),
    Variant("CLOCK_BEFORE_LOCK", "no_boarding_after_the_end", Writes(0, 2, 0)),
    Variant("USED_TWICE", "used_once", Writes(0, 2, 0)),
    Variant("ENDED_BY_ONE", "two_people_end_a_hold", Writes(1, 0, 0)),
    Variant("OBJECTION_WITHOUT_BUMP", "an_objection_stops_the_end", Writes(1, 0, 1)),
    Variant("EXPIRY_ENDS", "holds_end_one_by_one", Writes(1, 0, 1)),
    Variant("UNKNOWN_PASSES", "no_gate_no_clearance", Writes(0, 1, 0)),
)
