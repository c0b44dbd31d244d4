"""Guarantee 4, past every action: of which hold, and by whom, an end is taken."""

import pytest
from sqlalchemy.orm import Session

from holds.domain.closing import EndingKind
from holds.store.gates import HoldEnding
from holds.store.stays import Stay
from tests.holds.store.ends import end_of, put_closing, tell
from tests.holds.store.ground import refused
from tests.holds.store.record import Held, Record, new_incident, put_on_record

STAY = {"rule": "bia_appeal", "asked_by": "duty_officer", "sealed_order": b"sealed"}


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


def test_the_hold_of_a_leak_is_no_stay_and_cannot_be_rejected_as_one(
    taken_back: Session, record: Record, held: Held
) -> None:
    row = {"hold_id": held.hold_id, "person_id": held.person_id, **STAY}
    assert refused(taken_back, Stay, **row) == "stay.not_a_stay"
    closing = put_closing(taken_back, record, held, EndingKind.STAY_REJECTED)
    tell(taken_back, record, closing, "placer")
    ended = end_of(taken_back, record, closing)
    assert refused(taken_back, HoldEnding, **ended) == "stay.not_provisional"
