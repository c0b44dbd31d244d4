"""Times that cannot be, nobody exposed, counsel who goes tomorrow: the database's own word on a release."""

from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.store.base import new_id, new_reference
from holds.store.gates import Gate, Hold, HoldEnding
from holds.store.people import Person
from holds.store.representation import Appearance
from tests.holds.store.ground import (
    bear_release,
    days,
    ending,
    put,
    put_appearance,
    put_proposal,
    put_review,
    put_verification,
    refused,
    serve,
)
from tests.holds.store.record import Held, Record, new_incident, put_on_record


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"served_at": -30.01}, "served_after"),
        ({"entered_at": -30.01}, "entered_after"),
        ({"appeal_deadline": -30.01}, "appeal_after"),
    ],
)
def test_a_review_with_impossible_times_is_not_recorded(
    taken_back: Session, record: Record, change: dict[str, float], check: str
) -> None:
    """Decided 30 days ago."""
    held = put_on_record(taken_back, record, new_incident(taken_back, record))
    times: dict[str, Any] = {name: days(taken_back, value) for name, value in change.items()}
    with pytest.raises(IntegrityError, match=check), taken_back.begin_nested():
        put_review(taken_back, record, held, **times)


def test_nobody_without_an_exposure_is_released(taken_back: Session, record: Record) -> None:
    incident, acting = new_incident(taken_back, record), record.staff["operator"]
    person_id, hold_id = new_id(), new_id()
    put(taken_back, Gate, person_id=person_id, epoch=0)
    by = {"organisation_id": acting.organisation_id, "placed_by": acting.id}
    hold = {
        "id": hold_id,
        "person_id": person_id,
        "basis": "incident",
        "incident_id": incident.id,
        "epoch": 1,
    }
    taken_back.execute(insert(Hold), [hold | by])
    put(
        taken_back,
        Person,
        id=person_id,
        organisation_id=acting.organisation_id,
        reference=new_reference(),
        first_hold_id=hold_id,
        with_number=False,
        sealed_facts=b"sealed",
    )
    held = Held(person_id, hold_id, new_id(), incident.id, "")
    review_id = put_review(taken_back, record, held)
    put_verification(taken_back, record, review_id)
    proposal_id = put_proposal(taken_back, record, held, review_id)
    serve(taken_back, record, proposal_id)
    row = ending(taken_back, record, held, review_id, proposal_id)
    assert refused(taken_back, HoldEnding, **row) == "review.no_exposure"


def test_counsel_who_withdraws_later_is_still_to_be_served(taken_back: Session, record: Record) -> None:
    held = put_on_record(taken_back, record, new_incident(taken_back, record))
    row = bear_release(taken_back, record, held)
    put_appearance(taken_back, record, held)
    for ahead in (30, 1):
        _withdraw(taken_back, held, ahead)
        assert refused(taken_back, HoldEnding, **row) == "release.not_served_on_counsel"
    _withdraw(taken_back, held, 0)
    put(taken_back, HoldEnding, **row)


def _withdraw(session: Session, held: Held, ahead: int) -> None:
    day = days(session, ahead).date()
    session.execute(update(Appearance).where(Appearance.person_id == held.person_id).values(withdrawn_on=day))
