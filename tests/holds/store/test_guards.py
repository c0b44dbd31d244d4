"""Guarantees 1 and 5, by rows inserted past every action: the database itself refuses, on both databases."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.store.base import Base, new_id
from holds.store.engine import refusal_code
from holds.store.gates import Clearance, Gate, Hold, Removal
from holds.store.people import Person
from holds.store.reviews import CourtReview, Objection, ServiceDispute
from tests.holds.store.ground import (
    clearance,
    compared,
    days,
    epoch,
    put,
    put_review,
    put_service,
    refused,
    release,
)
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


@pytest.fixture
def free(taken_back: Session, record: Record, held: Held) -> Held:
    """Someone whose only hold was released."""
    release(taken_back, record, held)
    return held


def removal(record: Record, cleared: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "person_id": cleared["person_id"],
        "epoch": cleared["epoch"] + 1,
        "clearance_id": cleared["id"],
        "recorded_by": record.staff["field"].id,
        **changes,
    }


def another_hold(session: Session, record: Record, held: Held, **changes: Any) -> dict[str, Any]:
    acting = record.staff["casey"]
    return {
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "basis": "habeas",
        "sealed_cites": b"sealed",
        "organisation_id": acting.organisation_id,
        "placed_by": acting.id,
        **changes,
    }


def test_a_person_whose_every_hold_ended_can_be_cleared_and_boarded_once(
    taken_back: Session, record: Record, free: Held
) -> None:
    """Without this, the refusals below would prove nothing."""
    cleared = clearance(taken_back, record, free)
    put(taken_back, Clearance, **cleared)
    compared(taken_back, cleared["id"])
    put(taken_back, Removal, **removal(record, cleared))
    assert refused(taken_back, Removal, **removal(record, cleared, epoch=cleared["epoch"] + 2)) in {
        "clearance.void",
        "record.exists",
    }


def test_no_clearance_while_a_hold_is_active(taken_back: Session, record: Record, held: Held) -> None:
    assert refused(taken_back, Clearance, **clearance(taken_back, record, held)) == "hold.active"


def test_another_hold_keeps_blocking_when_the_first_has_ended(
    taken_back: Session, record: Record, free: Held
) -> None:
    put(taken_back, Hold, **another_hold(taken_back, record, free))
    assert refused(taken_back, Clearance, **clearance(taken_back, record, free)) == "hold.active"


def test_a_new_hold_voids_the_clearance_and_blocks_the_boarding(
    taken_back: Session, record: Record, free: Held
) -> None:
    cleared = clearance(taken_back, record, free)
    put(taken_back, Clearance, **cleared)
    put(taken_back, Hold, **another_hold(taken_back, record, free))
    assert refused(taken_back, Removal, **removal(record, cleared)) == "gate.stale_epoch"
    now_known = removal(record, cleared, epoch=epoch(taken_back, free.person_id) + 1)
    assert refused(taken_back, Removal, **now_known) == "hold.active"


@pytest.mark.parametrize("what", ["objection", "dispute", "review", "clearance"])
def test_whatever_bears_on_the_gate_voids_a_clearance(
    taken_back: Session, record: Record, free: Held, what: str
) -> None:
    service_id = put_service(taken_back, record, free)
    cleared = clearance(taken_back, record, free)
    put(taken_back, Clearance, **cleared)
    casey, before = record.staff["casey"].id, epoch(taken_back, free.person_id)
    if what == "objection":
        words = {"objector": "person", "received_at": days(taken_back, 0), "recorded_by": casey}
        put(taken_back, Objection, hold_id=free.hold_id, person_id=free.person_id, **words)
    elif what == "dispute":
        dispute = {"service_id": service_id, "person_id": free.person_id, "disputed_by": "counsel"}
        put(taken_back, ServiceDispute, recorded_by=casey, **dispute)
    elif what == "review":
        put_review(taken_back, record, free)
    else:
        put(taken_back, Clearance, **clearance(taken_back, record, free))
    assert epoch(taken_back, free.person_id) == before + 1
    late = removal(record, cleared, epoch=before + 2)
    assert refused(taken_back, Removal, **late) == "clearance.void"


def test_a_clearance_of_somebody_else_boards_nobody(taken_back: Session, record: Record, free: Held) -> None:
    other = put_on_record(taken_back, record, new_incident(taken_back, record))
    release(taken_back, record, other)
    cleared = clearance(taken_back, record, other)
    put(taken_back, Clearance, **cleared)
    own = removal(record, cleared, person_id=free.person_id, epoch=epoch(taken_back, free.person_id) + 1)
    assert refused(taken_back, Removal, **own) == "clearance.void"


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (-1, "clearance.expired"),
        (0, "clearance.expired"),
        (15.5, "clearance.too_long"),
        (60, "clearance.too_long"),
    ],
)
def test_a_clearance_lives_at_most_fifteen_minutes(
    taken_back: Session, record: Record, free: Held, minutes: float, code: str
) -> None:
    expires_at = database_now(taken_back) + dt.timedelta(minutes=minutes)
    assert (
        refused(taken_back, Clearance, **clearance(taken_back, record, free, expires_at=expires_at)) == code
    )


def test_an_expired_clearance_boards_nobody(taken_back: Session, record: Record, free: Held) -> None:
    cleared = clearance(taken_back, record, free)
    put(taken_back, Clearance, **cleared)
    taken_back.execute(text("INSERT INTO demo_clock (id, ahead_seconds) VALUES (1, 660)"))
    assert refused(taken_back, Removal, **removal(record, cleared)) == "clearance.expired"


@pytest.mark.parametrize("off", [-1, 1, 2])
def test_a_writer_who_saw_another_gate_is_refused(
    taken_back: Session, record: Record, free: Held, off: int
) -> None:
    """Holds, clearances and removals each state the epoch they expect; a wrong one writes nothing."""
    right = epoch(taken_back, free.person_id) + 1
    for table, row in (
        (Hold, another_hold(taken_back, record, free, epoch=right + off)),
        (Clearance, clearance(taken_back, record, free, epoch=right + off)),
    ):
        assert refused(taken_back, table, **row) == "gate.stale_epoch"
    cleared = clearance(taken_back, record, free)
    put(taken_back, Clearance, **cleared)
    wrong = removal(record, cleared, epoch=right + 1 + off)
    assert refused(taken_back, Removal, **wrong) == "gate.stale_epoch"
    assert epoch(taken_back, free.person_id) == right


def test_nobody_passes_a_gate_that_does_not_exist(taken_back: Session, record: Record, held: Held) -> None:
    stranger: dict[str, Any] = {"person_id": new_id(), "epoch": 1}
    hold = another_hold(taken_back, record, held, **stranger)
    cleared = clearance(taken_back, record, held, **stranger)
    casey = record.staff["casey"].id
    objection = {"objector": "person", "received_at": days(taken_back, 0), "recorded_by": casey}
    rows: tuple[tuple[type[Base], dict[str, Any]], ...] = (
        (Hold, hold),
        (Clearance, cleared),
        (Removal, removal(record, cleared)),
        (Objection, {"hold_id": held.hold_id, "person_id": stranger["person_id"], **objection}),
    )
    for table, row in rows:
        assert refused(taken_back, table, **row) == "gate.unknown_person"


def test_the_epoch_only_goes_forward_by_one_and_keeps_its_person(taken_back: Session, held: Held) -> None:
    for change in ("epoch = epoch - 1", "epoch = epoch + 2", "epoch = epoch", "epoch = 0"):
        assert _update_refused(taken_back, held.person_id, change) == "gate.epoch_forward"
    assert refused(taken_back, Gate, person_id=new_id(), epoch=7) == "gate.epoch_forward"
    assert epoch(taken_back, held.person_id) == 1


def _update_refused(session: Session, person_id: uuid.UUID, change: str) -> str | None:
    value = person_id.hex if session.get_bind().dialect.name == "sqlite" else person_id
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        session.execute(
            text(f"UPDATE gate SET {change} WHERE person_id = :person"),  # noqa: S608 - from this file
            {"person": value},
        )
    return refusal_code(caught.value)


def test_nobody_is_on_record_without_gate_and_hold(taken_back: Session, record: Record, held: Held) -> None:
    """Guarantee 3: a person without a gate, without a hold, or with another's hold is refused."""
    person: dict[str, Any] = {
        "id": new_id(),
        "organisation_id": record.staff["casey"].organisation_id,
        "with_number": False,
        "sealed_facts": b"sealed",
    }
    assert refused(taken_back, Person, **person, first_hold_id=held.hold_id) is None
    put(taken_back, Gate, person_id=person["id"])
    assert refused(taken_back, Person, **person, first_hold_id=None) is None
    assert refused(taken_back, Person, **person, first_hold_id=new_id()) is None
    assert refused(taken_back, Person, **person, first_hold_id=held.hold_id) is None
    mine = another_hold(taken_back, record, held, id=new_id(), person_id=person["id"], epoch=1)
    put(taken_back, Hold, **mine)
    put(taken_back, Person, **person, first_hold_id=mine["id"])


def test_a_review_of_another_persons_hold_is_refused(taken_back: Session, record: Record, held: Held) -> None:
    other = put_on_record(taken_back, record, new_incident(taken_back, record))
    with pytest.raises(IntegrityError), taken_back.begin_nested():
        put_review(taken_back, record, held, hold_id=other.hold_id)
    assert taken_back.get(CourtReview, other.hold_id) is None


def test_columns_that_stand_in_clear_have_no_room_for_words(
    taken_back: Session, record: Record, free: Held
) -> None:
    for destination in ("Havana, to sister Rosa", "C"):
        row = clearance(taken_back, record, free, destination=destination)
        with pytest.raises(IntegrityError, match="ck_clearance_destination"), taken_back.begin_nested():
            put(taken_back, Clearance, **row)
    put(taken_back, Clearance, **clearance(taken_back, record, free, destination="ADAMSMS2"))
    with pytest.raises(IntegrityError, match="ck_court_review_considered_page"), taken_back.begin_nested():
        put_review(taken_back, record, free, considered_page="4, where Ana is named")
    put_review(taken_back, record, free, considered_page="1,2,3,4,5,6,7,8,9,10")
