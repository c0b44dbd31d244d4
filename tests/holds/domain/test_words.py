"""The words that are stored, sent and checked by the schema, to the letter: who changes one must mean it."""

from enum import StrEnum

import pytest

from holds.domain.closing import EndingKind
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind, Stage
from holds.domain.hold import Basis, HoldState
from holds.domain.judgement import DoubtKind, Effect, Verdict
from holds.domain.manifest import Instruction
from holds.domain.review import Forum, Outcome
from holds.domain.transmission import AddresseeKind, Rung


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (Decision, "blocked no_active_hold not_on_record"),
        (
            DepartureKind,
            "removal expedited reinstated voluntary_departure withdrawal return land_hand_over extradition",
        ),
        (Stage, "manifest staging boarding"),
        (
            Forum,
            "immigration_judge bia credible_fear_review uscis_reinterview district_court circuit_court dhs",
        ),
        (
            Outcome,
            "denied dismissed granted remanded vacated reversed terminated "
            "extradition_ordered appeal_pending motion_filed bond scheduling venue",
        ),
        (
            Basis,
            "incident promise_window automatic_stay ij_stay bia_stay dhs_stay tro "
            "circuit_stay habeas claimed_citizenship lost_hold split_record reinstated",
        ),
        (
            HoldState,
            "asserted review_pending release_proposed violated released stay_rejected "
            "closed_protected closed_terminated closed_deceased closed_departed_by_choice "
            "closed_removed closed_extradited entered_in_error",
        ),
        (
            EndingKind,
            "released stay_rejected closed_protected closed_terminated closed_deceased "
            "closed_departed_by_choice closed_removed closed_extradited entered_in_error",
        ),
        (DoubtKind, "near_match identity_conflict same_person wrong_merge"),
        (Verdict, "positive negative unsure"),
        (Effect, "add_number lift_near_match merge split nothing"),
        (Instruction, "proceed do_not_board deplane recall"),
        (AddresseeKind, "field_office facility"),
        (Rung, "addressee_again duty_desk supervisor everyone"),
    ],
)
def test_the_words_are_as_written(words: type[StrEnum], written: str) -> None:
    assert [word.value for word in words] == written.split()
