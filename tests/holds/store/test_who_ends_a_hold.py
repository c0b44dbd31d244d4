"""Guarantee 4, past every action: of which hold, and by whom, an end is taken."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.domain.closing import EndingKind
from holds.store.base import new_id
from holds.store.gates import HoldEnding
from holds.store.reviews import Objection, ObjectionAnswer
from holds.store.staff import Actor
from holds.store.stays import Stay
from tests.holds.store.ends import bear_end, end_of, put_closing, tell
from tests.holds.store.ground import bear_release, days, put, refused
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


def answer_to_objection(session: Session, record: Record, held: Held, who: str) -> dict[str, Any]:
    """Counsel objects; returns the answer with which somebody overrules it."""
    about = {"hold_id": held.hold_id, "person_id": held.person_id, "recorded_by": record.staff["casey"].id}
    objection_id, said = new_id(), {"objector": "counsel", "received_at": days(session, 0)}
    put(session, Objection, id=objection_id, **about, **said)
    return {"objection_id": objection_id, "sustained": False, "answered_by": record.staff[who].id}


@pytest.mark.parametrize("who", ["casey", "inside", "field", "operator", "gone"])
def test_only_an_active_supervisor_from_outside_overrules_an_objection(
    taken_back: Session, record: Record, held: Held, who: str
) -> None:
    answer = answer_to_objection(taken_back, record, held, "sol" if who == "gone" else who)
    if who == "gone":
        taken_back.execute(update(Actor).where(Actor.id == answer["answered_by"]).values(active=False))
    assert refused(taken_back, ObjectionAnswer, **answer) == "objection.supervisor_needed"
    put(taken_back, ObjectionAnswer, **{**answer, "sustained": True})


@pytest.mark.parametrize("bear", ["release", "closing"])
def test_who_overruled_the_objection_does_not_end_the_hold(
    taken_back: Session, record: Record, held: Held, bear: str
) -> None:
    if bear == "release":
        row = bear_release(taken_back, record, held)
    else:
        row = bear_end(taken_back, record, held, EndingKind.CLOSED_DECEASED)
    put(taken_back, ObjectionAnswer, **answer_to_objection(taken_back, record, held, "sol"))
    row["epoch"] += 1
    sol = {**row, "ended_by": record.staff["sol"].id}
    assert refused(taken_back, HoldEnding, **sol) == "objection.third_person_needed"
    put(taken_back, HoldEnding, **row)


def test_who_overruled_the_objection_did_not_propose_the_end(
    taken_back: Session, record: Record, held: Held
) -> None:
    sol = {"proposed_by": record.staff["sol"].id}
    closing = put_closing(taken_back, record, held, EndingKind.CLOSED_DECEASED, **sol)
    put(taken_back, ObjectionAnswer, **answer_to_objection(taken_back, record, held, "sol"))
    row = end_of(taken_back, record, closing)
    assert refused(taken_back, HoldEnding, **row) == "objection.third_person_needed"


@pytest.mark.parametrize("change", [{"active": False}, {"role": "auditor"}, {"role": "caseworker"}], ids=str)
def test_who_ends_a_hold_is_an_active_supervisor_at_that_moment(
    taken_back: Session, record: Record, held: Held, change: dict[str, Any]
) -> None:
    row = bear_release(taken_back, record, held)
    with taken_back.begin_nested() as before:
        taken_back.execute(update(Actor).where(Actor.id == row["ended_by"]).values(**change))
        assert refused(taken_back, HoldEnding, **row) == "ending.supervisor_needed"
        before.rollback()
    put(taken_back, HoldEnding, **row)


def test_a_supervisor_ends_nothing_that_they_proposed(
    taken_back: Session, record: Record, held: Held
) -> None:
    """They may end holds and may propose it, and are one person all the same."""
    own = {"proposed_by": record.staff["sunny"].id}
    row = end_of(taken_back, record, put_closing(taken_back, record, held, EndingKind.CLOSED_DECEASED, **own))
    assert row["ended_by"] == row["proposed_by"]
    with pytest.raises(IntegrityError, match="two_people"), taken_back.begin_nested():
        put(taken_back, HoldEnding, **row)
    put(taken_back, HoldEnding, **{**row, "ended_by": record.staff["sol"].id})
