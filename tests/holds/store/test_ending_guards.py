"""Guarantee 4, past every action: each other end of a hold is refused where one thing lacks."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.closing import LETS_PASS, NEEDED_OUTCOME, EndingKind
from holds.domain.departure import DepartureKind
from holds.store.base import new_id
from holds.store.closings import Closing, ClosingService
from holds.store.gates import Clearance, HoldEnding, Removal
from holds.store.held import active_bases
from holds.store.representation import Appearance
from holds.store.reviews import Objection
from holds.store.stays import HoldVerification, Stay
from tests.holds.store.ends import (
    bear_end,
    end_of,
    put_closing,
    put_document,
    put_stay,
    put_stayed_hold,
    tell,
)
from tests.holds.store.ground import (
    compared,
    days,
    epoch,
    put,
    put_appearance,
    put_review,
    put_verification,
    refused,
)
from tests.holds.store.record import Held, Record, new_incident, put_on_record

CLOSINGS = sorted(set(EndingKind) - {EndingKind.RELEASED})
ON_A_COURT = sorted(NEEDED_OUTCOME)


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


@pytest.mark.parametrize("kind", CLOSINGS)
def test_with_every_condition_met_each_kind_ends_once(
    taken_back: Session, record: Record, held: Held, kind: EndingKind
) -> None:
    row = bear_end(taken_back, record, held, kind)
    put(taken_back, HoldEnding, **row)
    assert refused(taken_back, HoldEnding, **{**row, "epoch": row["epoch"] + 1}) in {None, "record.exists"}


@pytest.mark.parametrize("kind", CLOSINGS)
def test_each_takes_two_people_outside_the_removing_office(
    taken_back: Session, record: Record, held: Held, kind: EndingKind
) -> None:
    row, casey = bear_end(taken_back, record, held, kind), record.staff["casey"].id
    for lie in (
        {"ended_by": casey},
        {"ended_by": record.staff["inside"].id},
        {"ended_by": record.staff["field"].id, "outside": False},
        {"ended_by": casey, "proposed_by": record.staff["sunny"].id},
    ):
        assert refused(taken_back, HoldEnding, **{**row, **lie}) == "ending.supervisor_needed"
    for lie in ({"proposed_by": record.staff["sol"].id}, {"proposed_by": row["ended_by"]}):
        assert refused(taken_back, HoldEnding, **{**row, **lie}) is None
    put(taken_back, HoldEnding, **row)


@pytest.mark.parametrize("kind", CLOSINGS)
def test_nobody_inside_proposes_and_an_open_objection_stops_it(
    taken_back: Session, record: Record, held: Held, kind: EndingKind
) -> None:
    row = bear_end(taken_back, record, held, kind)
    inside = {
        "id": new_id(),
        "hold_id": held.hold_id,
        "person_id": held.person_id,
        "kind": "entered_in_error",
    }
    words = {"sealed_reasons": b"x", "proposed_by": record.staff["inside"].id}
    assert refused(taken_back, Closing, **inside, **words) is None
    objection = {
        "objector": "person",
        "received_at": days(taken_back, 0),
        "recorded_by": words["proposed_by"],
    }
    put(taken_back, Objection, hold_id=row["hold_id"], person_id=held.person_id, **objection)
    row["epoch"] += 1
    assert refused(taken_back, HoldEnding, **row) == "release.objection_open"


@pytest.mark.parametrize("kind", CLOSINGS)
def test_the_evidence_of_one_kind_ends_nothing_in_another(
    taken_back: Session, record: Record, held: Held, kind: EndingKind
) -> None:
    row = bear_end(taken_back, record, held, kind)
    for other in sorted(set(EndingKind) - {kind}):
        refused(taken_back, HoldEnding, **{**row, "kind": other.value})
    put(taken_back, HoldEnding, **row)


@pytest.mark.parametrize("kind", ON_A_COURT)
@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "denied"},
        {"outcome": "bond"},
        {"forum": "dhs"},
        {"final": False},
        {"decided_at": 1, "served_at": 1, "appeal_lies": False, "appeal_deadline": None},
        {"appeal_deadline": 1},
        "unverified",
        "superseded",
    ],
    ids=str,
)
def test_a_court_must_have_said_just_that(
    taken_back: Session, record: Record, held: Held, kind: EndingKind, change: dict[str, Any] | str
) -> None:
    """Numbers stand for days from now."""
    said: dict[str, Any] = {"outcome": NEEDED_OUTCOME[kind][0].value, "forum": "district_court"}
    if isinstance(change, dict):
        said |= {n: days(taken_back, v) if type(v) is int else v for n, v in change.items()}
    review_id = put_review(taken_back, record, held, **said)
    if change != "unverified":
        put_verification(taken_back, record, review_id)
    closing = put_closing(taken_back, record, held, kind, review_id=review_id)
    if change == "superseded":
        put_review(taken_back, record, held, outcome="vacated", supersedes_id=review_id)
    row = end_of(taken_back, record, closing)
    assert refused(taken_back, HoldEnding, **row) == "closing.review_does_not_bear_it"


def test_what_a_kind_rests_on_is_in_the_schema(taken_back: Session, record: Record, held: Held) -> None:
    for kind in [*ON_A_COURT, EndingKind.CLOSED_DECEASED, EndingKind.CLOSED_REMOVED]:
        row: dict[str, Any] = {"hold_id": held.hold_id, "person_id": held.person_id, "kind": kind.value}
        row |= {"sealed_reasons": b"x", "proposed_by": record.staff["casey"].id}
        assert refused(taken_back, Closing, **row) is None
    other = put_on_record(taken_back, record, new_incident(taken_back, record))
    strange = {"kind": "closed_deceased", "document_id": put_document(taken_back, record, other)}
    row = {"hold_id": held.hold_id, "person_id": held.person_id, "sealed_reasons": b"x"}
    assert refused(taken_back, Closing, **row, **strange, proposed_by=record.staff["casey"].id) is None


@pytest.mark.parametrize("kind", CLOSINGS)
def test_what_each_end_lets_pass_at_clearance_and_boarding(
    taken_back: Session, record: Record, held: Held, kind: EndingKind
) -> None:
    """One kind of departure at a time: the trigger and the query agree with the table."""
    row = bear_end(taken_back, record, held, kind)
    put(taken_back, HoldEnding, **row)
    if kind is EndingKind.STAY_REJECTED:  # The person's first hold is ended too, by error told.
        closing = put_closing(taken_back, record, held, EndingKind.ENTERED_IN_ERROR)
        tell(taken_back, record, closing, "person")
        put(taken_back, HoldEnding, **end_of(taken_back, record, closing))
    for departure in DepartureKind:
        cleared = clearance(taken_back, record, held, departure)
        passes = departure in LETS_PASS[kind]
        bases = active_bases(taken_back, [held.person_id], departure)[held.person_id]
        assert (bases == ()) == passes
        if not passes:
            assert refused(taken_back, Clearance, **cleared) == "hold.active"
            continue
        put(taken_back, Clearance, **cleared)
        compared(taken_back, cleared["id"])
        boarding = {"clearance_id": cleared["id"], "recorded_by": record.staff["field"].id}
        put(taken_back, Removal, person_id=held.person_id, epoch=cleared["epoch"] + 1, **boarding)


@pytest.mark.parametrize("spoil", ["verified", "no stay", "not served"])
def test_only_a_provisional_stay_is_rejected_with_reasons_served(
    taken_back: Session, record: Record, held: Held, spoil: str
) -> None:
    stayed = held if spoil == "no stay" else put_stay(taken_back, record, held)
    closing = put_closing(taken_back, record, stayed, EndingKind.STAY_REJECTED)
    if spoil != "not served":
        tell(taken_back, record, closing, "placer")
    if spoil == "verified":
        placer = record.staff["field"].id
        row = {"hold_id": stayed.hold_id, "person_id": held.person_id, "placed_by": placer}
        assert refused(taken_back, HoldVerification, **row, verified_by=placer) is None
        put(taken_back, HoldVerification, **row, verified_by=record.staff["casey"].id)
    wanted = "stay.reasons_not_served" if spoil == "not served" else "stay.not_provisional"
    assert refused(taken_back, HoldEnding, **end_of(taken_back, record, closing)) == wanted


def test_a_stay_rests_on_an_order_or_a_rule_and_on_verified_counsel(
    taken_back: Session, record: Record, held: Held
) -> None:
    put_appearance(taken_back, record, held, verified=False)
    unverified = taken_back.scalars(select(Appearance.id).where(Appearance.person_id == held.person_id)).one()
    stayed = put_stayed_hold(taken_back, record, held)
    row = {"hold_id": stayed.hold_id, "person_id": held.person_id, "sealed_order": b"x"}
    assert refused(taken_back, Stay, **row, asked_by="duty_officer") is None
    assert refused(taken_back, Stay, **row, asked_by="duty_officer", rule="motion_filed") is None
    assert refused(taken_back, Stay, **row, asked_by="counsel", rule="bia_appeal") is None
    strange = {"asked_by": "counsel", "rule": "bia_appeal", "appearance_id": unverified}
    assert refused(taken_back, Stay, **row, **strange) == "stay.counsel_not_verified"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ({}, "closing.person_not_told"),
        ({"counsel": 9}, "closing.person_not_told"),
        ({"person": 9}, "closing.counsel_not_told"),
        ({"person": 9, "counsel": 6.99}, "release.seven_days_open"),
        ({"person": 6.99, "counsel": 9}, "release.seven_days_open"),
    ],
)
def test_an_error_is_told_to_person_and_counsel_and_waits(
    taken_back: Session, record: Record, held: Held, on: dict[str, float], code: str
) -> None:
    put_appearance(taken_back, record, held)
    closing = put_closing(taken_back, record, held, EndingKind.ENTERED_IN_ERROR)
    for whom, ago in on.items():
        tell(taken_back, record, closing, whom, ago)
    assert refused(taken_back, HoldEnding, **end_of(taken_back, record, closing)) == code
    early = {"closing_id": closing["id"], "served_on": "placer", "recorded_by": record.staff["casey"].id}
    for at in (-11, 1):
        told = refused(taken_back, ClosingService, **early, served_at=days(taken_back, at))
        assert told == "closing.told_outside_its_time"
