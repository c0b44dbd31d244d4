"""Leaving by choice, and what puts a hold back: a revoked choice, an order superseded. Past every action."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from holds.domain.closing import EndingKind
from holds.domain.departure import DepartureKind
from holds.store.base import new_id
from holds.store.closings import ChoiceRevocation, ChoiceStatement, Closing
from holds.store.demo_time import move_clock
from holds.store.gates import Clearance, Hold, HoldEnding
from tests.holds.store.ends import (
    STATEMENT,
    bear_end,
    end_of,
    put_closing,
    put_statement,
)
from tests.holds.store.ground import days, epoch, put, put_review, refused
from tests.holds.store.record import Held, Record, new_incident, put_on_record


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


def clearance(session: Session, record: Record, held: Held, departure: DepartureKind) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "departure_kind": departure.value,
        "destination": "CU",
        "issued_to": record.staff["field"].id,
        "expires_at": days(session, 0.005),
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"ago": 5}, None),
        ({"ago": 3.99}, {"ago": 1}),
        ({"ago": 5, "officer_present": True, "sound": False}, {"ago": 1}),
        ({"ago": 5}, {"ago": 1, "support": None, "sound": False}),
        ({"ago": 5}, {"ago": 1, "own_language": False, "sound": False}),
        ({"ago": 5}, {"ago": 1, "chooses_to_leave": False, "sound": False}),
        ({"ago": 2}, {"ago": -2}),
    ],
    ids=str,
)
def test_a_choice_needs_two_sound_statements_72_hours_apart(
    taken_back: Session, record: Record, held: Held, first: dict[str, Any], second: dict[str, Any] | None
) -> None:
    move_clock(taken_back, dt.timedelta(days=6))
    for statement in (first, second):
        if statement is not None:
            put_statement(taken_back, record, held, **statement)
    closing = put_closing(taken_back, record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    row = end_of(taken_back, record, closing)
    assert refused(taken_back, HoldEnding, **row) == "choice.two_statements_needed"


@pytest.mark.parametrize(("first", "counts"), [(6.5, False), (5.5, True)])
def test_what_was_said_before_the_hold_is_no_choice(
    taken_back: Session, record: Record, held: Held, first: float, counts: bool
) -> None:
    """The hold is six days old: nobody had told the person before what it keeps for them."""
    move_clock(taken_back, dt.timedelta(days=6))
    for ago in (first, 1):
        put_statement(taken_back, record, held, ago=ago)
    row = end_of(
        taken_back, record, put_closing(taken_back, record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    )
    if counts:
        put(taken_back, HoldEnding, **row)
    else:
        assert refused(taken_back, HoldEnding, **row) == "choice.two_statements_needed"


def test_a_statement_is_called_sound_only_where_it_is(
    taken_back: Session, record: Record, held: Held
) -> None:
    row = {**STATEMENT, "stated_at": days(taken_back, -1), "person_id": held.person_id}
    for lie in ({"officer_present": True}, {"in_private": False}, {"support": "guard"}, {"sound": False}):
        recorded_by = record.staff["casey"].id
        assert refused(taken_back, ChoiceStatement, **{**row, **lie}, recorded_by=recorded_by) is None


def test_a_revoked_choice_ends_nothing_and_puts_back_what_it_ended(
    taken_back: Session, record: Record, held: Held
) -> None:
    row, casey = (
        bear_end(taken_back, record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE),
        record.staff["casey"],
    )
    revoked = {"person_id": held.person_id, "revoked_at": days(taken_back, 0), "recorded_by": casey.id}
    with taken_back.begin_nested() as before:
        put(taken_back, ChoiceRevocation, **revoked)
        later = {**row, "epoch": row["epoch"] + 1}
        assert refused(taken_back, HoldEnding, **later) == "choice.two_statements_needed"
        before.rollback()
    put(taken_back, HoldEnding, **row)
    assert refused(taken_back, ChoiceRevocation, **revoked) == "hold.not_reinstated"
    put(taken_back, Hold, **put_back(taken_back, record, held))
    put(taken_back, ChoiceRevocation, **revoked)
    cleared = clearance(taken_back, record, held, DepartureKind.VOLUNTARY_DEPARTURE)
    assert refused(taken_back, Clearance, **cleared) == "hold.active"


def put_back(session: Session, record: Record, held: Held, **changes: Any) -> dict[str, Any]:
    casey = record.staff["casey"]
    return {
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "basis": "reinstated",
        "sealed_cites": b"revoked",
        "reinstates_id": held.hold_id,
        "organisation_id": casey.organisation_id,
        "placed_by": casey.id,
        **changes,
    }


def test_an_order_under_an_ended_hold_is_superseded_only_with_the_hold_back(
    taken_back: Session, record: Record, held: Held
) -> None:
    row = bear_end(taken_back, record, held, EndingKind.CLOSED_EXTRADITED)
    assert refused(taken_back, Hold, **put_back(taken_back, record, held)) == "hold.not_ended"
    put(taken_back, HoldEnding, **row)
    closing = taken_back.get_one(Closing, row["closing_id"])
    said = {"outcome": "vacated", "supersedes_id": closing.review_id}
    with pytest.raises(Exception, match=r"hold\.not_reinstated"), taken_back.begin_nested():
        put_review(taken_back, record, held, **said)
    assert refused(taken_back, Hold, **put_back(taken_back, record, held, basis="habeas")) is None
    put(taken_back, Hold, **put_back(taken_back, record, held))
    put_review(taken_back, record, held, **said)
