"""Guarantee 4, past every action: the database ends no hold but on a review that meets every condition."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.gates import Hold, HoldEnding
from holds.store.representation import Appearance
from holds.store.reviews import Objection, ObjectionAnswer, ReviewVerification, ServiceDispute
from tests.holds.store.ground import (
    bear_release,
    days,
    ending,
    epoch,
    put,
    put_appearance,
    put_proposal,
    put_review,
    put_service,
    put_verification,
    refused,
    serve,
)
from tests.holds.store.record import Held, Record, new_incident, put_on_record


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


def test_with_every_condition_met_the_hold_ends_once(taken_back: Session, record: Record, held: Held) -> None:
    row = bear_release(taken_back, record, held)
    put(taken_back, HoldEnding, **row)
    again = {**row, "epoch": row["epoch"] + 1}
    assert refused(taken_back, HoldEnding, **again) in {None, "record.exists"}


@pytest.mark.parametrize(
    "change",
    [
        {"forum": "dhs"},
        {"forum": "uscis_reinterview"},
        {"outcome": "granted"},
        {"outcome": "remanded"},
        {"outcome": "motion_filed"},
        {"on_the_merits": False},
        {"final": False},
        {"considered_page": None},
        {"decided_at": 1, "served_at": 2, "appeal_deadline": 3},
        {"served_at": 1},
        {"served_at": None},
        {"appeal_deadline": 1},
    ],
    ids=str,
)
def test_a_review_that_lacks_a_condition_releases_nothing(
    taken_back: Session, record: Record, held: Held, change: dict[str, Any]
) -> None:
    """Numbers stand for days from now."""
    review = {
        name: days(taken_back, value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in change.items()
    }
    row = bear_release(taken_back, record, held, **review)
    assert refused(taken_back, HoldEnding, **row) == "review.does_not_release"


def test_an_unverified_review_releases_nothing(taken_back: Session, record: Record, held: Held) -> None:
    put_service(taken_back, record, held)
    review_id = put_review(taken_back, record, held)
    proposal_id = put_proposal(taken_back, record, held, review_id)
    serve(taken_back, record, proposal_id)
    row = ending(taken_back, record, held, review_id, proposal_id)
    assert refused(taken_back, HoldEnding, **row) == "review.does_not_release"
    put_verification(taken_back, record, review_id)
    put(taken_back, HoldEnding, **row)


def test_a_superseded_review_releases_nothing(taken_back: Session, record: Record, held: Held) -> None:
    row = bear_release(taken_back, record, held)
    put_review(taken_back, record, held, outcome="vacated", supersedes_id=row["review_id"])
    row["epoch"] = epoch(taken_back, held.person_id) + 1
    assert refused(taken_back, HoldEnding, **row) == "review.superseded"


@pytest.mark.parametrize("ago", [60.0001, 61, 900])
def test_an_order_older_than_the_leak_releases_nothing(
    taken_back: Session, record: Record, held: Held, ago: float
) -> None:
    row = bear_release(taken_back, record, held, decided_at=days(taken_back, -ago))
    assert refused(taken_back, HoldEnding, **row) == "review.older_than_the_leak"


@pytest.mark.parametrize(
    "slip",
    [
        {"served_at": -20},
        {"served_at": -40, "outcome": "refused", "proven": False},
        {"served_at": -40, "outcome": "refused_wrong_language", "proven": False},
        {"served_at": -40, "understood_second": False, "proven": False},
        None,
    ],
    ids=["after the decision", "refused", "wrong language", "not understood", "never"],
)
def test_a_decision_before_proven_service_releases_nothing(
    taken_back: Session, record: Record, held: Held, slip: dict[str, Any] | None
) -> None:
    if slip is not None:
        put_service(taken_back, record, held, **{**slip, "served_at": days(taken_back, slip["served_at"])})
    review_id = put_review(taken_back, record, held)
    put_verification(taken_back, record, review_id)
    proposal_id = put_proposal(taken_back, record, held, review_id)
    serve(taken_back, record, proposal_id)
    row = ending(taken_back, record, held, review_id, proposal_id)
    assert refused(taken_back, HoldEnding, **row) == "review.decided_before_service"


def test_a_slip_cannot_claim_more_than_it_shows(taken_back: Session, record: Record, held: Held) -> None:
    for untrue in (
        {"outcome": "refused"},
        {"right_person": False},
        {"own_language": False},
        {"proven": False},
    ):
        with pytest.raises(IntegrityError, match="ck_service_proven"), taken_back.begin_nested():
            put_service(taken_back, record, held, **untrue)


def test_a_disputed_service_counts_no_more(taken_back: Session, record: Record, held: Held) -> None:
    service_id = put_service(taken_back, record, held, served_at=days(taken_back, -41))
    review_id = put_review(taken_back, record, held)
    put_verification(taken_back, record, review_id)
    proposal_id = put_proposal(taken_back, record, held, review_id)
    serve(taken_back, record, proposal_id)
    dispute = {"service_id": service_id, "person_id": held.person_id, "disputed_by": "person"}
    put(taken_back, ServiceDispute, **dispute, recorded_by=record.staff["casey"].id)
    row = ending(taken_back, record, held, review_id, proposal_id)
    assert refused(taken_back, HoldEnding, **row) == "review.decided_before_service"
    put_service(taken_back, record, held)
    put(taken_back, HoldEnding, **row)


def test_a_second_exposure_must_be_served_too(taken_back: Session, record: Record, held: Held) -> None:
    """Of two exposures one notice was proven; the review releases neither hold."""
    row = bear_release(taken_back, record, held)
    put_service(taken_back, record, held, served_at=days(taken_back, -39))
    second = new_incident(taken_back, record)
    hold_id, exposure_id, acting = new_id(), new_id(), record.staff["operator"]
    put(
        taken_back,
        Hold,
        id=hold_id,
        person_id=held.person_id,
        epoch=row["epoch"],
        basis="incident",
        incident_id=second.id,
        organisation_id=acting.organisation_id,
        placed_by=acting.id,
    )
    exposure = {"person_id": held.person_id, "incident_id": second.id, "hold_id": hold_id, "fields": []}
    table = Hold.metadata.tables["exposure"]
    taken_back.execute(table.insert(), [{"id": exposure_id, **exposure}])
    row["epoch"] = epoch(taken_back, held.person_id) + 1
    assert refused(taken_back, HoldEnding, **row) == "review.decided_before_service"
    put_service(taken_back, record, held, exposure_id=exposure_id)
    put(taken_back, HoldEnding, **row)


def _proposed(session: Session, record: Record, held: Held, **served: float) -> dict[str, Any]:
    put_service(session, record, held)
    review_id = put_review(session, record, held)
    put_verification(session, record, review_id)
    proposal_id = put_proposal(session, record, held, review_id)
    for on, ago in served.items():
        serve(session, record, proposal_id, on, ago)
    return ending(session, record, held, review_id, proposal_id)


def test_the_proposal_must_reach_the_person(taken_back: Session, record: Record, held: Held) -> None:
    row = _proposed(taken_back, record, held, counsel=9)
    assert refused(taken_back, HoldEnding, **row) == "release.not_served_on_person"


def test_the_proposal_must_reach_counsel_in_force(taken_back: Session, record: Record, held: Held) -> None:
    row = _proposed(taken_back, record, held, person=9)
    put_appearance(taken_back, record, held, verified=False)
    put_appearance(taken_back, record, held)
    assert refused(taken_back, HoldEnding, **row) == "release.not_served_on_counsel"
    taken_back.execute(
        update(Appearance)
        .where(Appearance.person_id == held.person_id)
        .values(withdrawn_on=days(taken_back, -1).date())
    )
    put(taken_back, HoldEnding, **row)


@pytest.mark.parametrize("served", [{"person": 6.99}, {"person": 9, "counsel": 6.99}])
def test_seven_days_pass_from_the_later_service(
    taken_back: Session, record: Record, held: Held, served: dict[str, float]
) -> None:
    row = _proposed(taken_back, record, held, **served)
    assert refused(taken_back, HoldEnding, **row) == "release.seven_days_open"


def test_a_service_from_before_the_proposal_is_none(taken_back: Session, record: Record, held: Held) -> None:
    row = _proposed(taken_back, record, held, person=10.01)
    assert refused(taken_back, HoldEnding, **row) == "release.served_before_proposed"


def test_an_objection_holds_until_it_is_overruled(taken_back: Session, record: Record, held: Held) -> None:
    row = bear_release(taken_back, record, held)
    for sustained in (False, True):
        objection_id, staff_id = new_id(), record.staff["casey"].id
        words = {"objector": "person", "received_at": days(taken_back, 0), "recorded_by": staff_id}
        put(taken_back, Objection, id=objection_id, hold_id=held.hold_id, person_id=held.person_id, **words)
        row["epoch"] = epoch(taken_back, held.person_id) + 1
        assert refused(taken_back, HoldEnding, **row) == "release.objection_open"
        answered_by = record.staff["sol"].id
        answer = {"objection_id": objection_id, "sustained": sustained, "answered_by": answered_by}
        put(taken_back, ObjectionAnswer, **answer)
        if sustained:
            assert refused(taken_back, HoldEnding, **row) == "release.objection_open"
        else:
            with taken_back.begin_nested() as undone:
                put(taken_back, HoldEnding, **row)
                undone.rollback()


@pytest.mark.parametrize("who", ["casey", "inside", "operator"])
def test_ending_takes_a_second_person_from_outside(
    taken_back: Session, record: Record, held: Held, who: str
) -> None:
    """Neither the proposer, nor someone of the removing office, nor the host's operator."""
    row = bear_release(taken_back, record, held)
    needed = "ending.supervisor_needed"
    assert refused(taken_back, HoldEnding, **{**row, "ended_by": record.staff[who].id}) == needed
    lied = {**row, "ended_by": record.staff[who].id, "outside": False}
    assert refused(taken_back, HoldEnding, **lied) == needed
    unproposed = {**row, "proposed_by": record.staff["sol"].id}
    assert refused(taken_back, HoldEnding, **unproposed) is None


@pytest.mark.parametrize("who", ["casey", "inside", "operator"])
def test_verifying_takes_a_second_person_from_outside(
    taken_back: Session, record: Record, held: Held, who: str
) -> None:
    review_id = put_review(taken_back, record, held)
    casey = record.staff["casey"].id
    row = {"review_id": review_id, "recorded_by": casey, "verified_by": record.staff[who].id}
    assert refused(taken_back, ReviewVerification, **row) is None
    other = {"review_id": review_id, "recorded_by": record.staff["sol"].id, "verified_by": casey}
    assert refused(taken_back, ReviewVerification, **other) is None


@pytest.mark.parametrize("who", ["inside", "operator"])
def test_recording_a_review_takes_someone_from_outside(
    taken_back: Session, record: Record, held: Held, who: str
) -> None:
    for outside in (True, False):
        claimed: dict[str, Any] = {"recorded_by": record.staff[who].id, "outside": outside}
        with pytest.raises(IntegrityError), taken_back.begin_nested():
            put_review(taken_back, record, held, **claimed)


def test_a_review_of_another_hold_releases_nothing(taken_back: Session, record: Record, held: Held) -> None:
    row = bear_release(taken_back, record, held)
    other = put_on_record(taken_back, record, new_incident(taken_back, record))
    stolen = {**row, "hold_id": other.hold_id, "person_id": other.person_id, "epoch": 2}
    assert refused(taken_back, HoldEnding, **stolen) == "review.does_not_release"
