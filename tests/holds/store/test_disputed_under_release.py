"""A service that a release rested on is disputed: only with the hold put back. Past every action."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.gates import Hold, HoldEnding
from holds.store.reviews import ServiceDispute
from tests.holds.store.ground import (
    bear_release,
    days,
    ending,
    put,
    put_proposal,
    put_review,
    put_service,
    put_verification,
    refused,
    serve,
)
from tests.holds.store.merging import put_merge, root_epoch
from tests.holds.store.record import Held, Record, new_incident, put_on_record


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


def dispute(record: Record, held: Held, service_id: Any) -> dict[str, Any]:
    said = {"disputed_by": "person", "recorded_by": record.staff["casey"].id}
    return {"service_id": service_id, "person_id": held.person_id, **said}


def release_upon(session: Session, record: Record, held: Held) -> None:
    """Release the hold upon whatever services are there."""
    review_id = put_review(session, record, held)
    put_verification(session, record, review_id)
    proposal_id = put_proposal(session, record, held, review_id)
    serve(session, record, proposal_id)
    stated = {"epoch": root_epoch(session, held.person_id) + 1}
    put(session, HoldEnding, **ending(session, record, held, review_id, proposal_id, **stated))


def put_back(session: Session, record: Record, held: Held) -> None:
    casey = record.staff["casey"]
    row: dict[str, Any] = {"person_id": held.person_id, "epoch": root_epoch(session, held.person_id) + 1}
    row |= {"basis": "reinstated"}
    row |= {"reinstates_id": held.hold_id, "organisation_id": casey.organisation_id, "placed_by": casey.id}
    put(session, Hold, id=new_id(), sealed_cites=b"disputed", **row)


def test_the_only_service_before_the_decision_is_disputed_with_the_hold_back(
    taken_back: Session, record: Record, held: Held
) -> None:
    service_id = put_service(taken_back, record, held)
    release_upon(taken_back, record, held)
    put_service(taken_back, record, held, served_at=days(taken_back, -20))  # after the court had decided
    row = dispute(record, held, service_id)
    assert refused(taken_back, ServiceDispute, **row) == "hold.not_reinstated"
    put_back(taken_back, record, held)
    put(taken_back, ServiceDispute, **row)


@pytest.mark.parametrize(
    "changes",
    [
        {"served_at": -20},
        {"understood_second": False, "proven": False},
    ],
    ids=["served after the decision", "never proven"],
)
def test_what_the_release_did_not_rest_on_is_disputed_freely(
    taken_back: Session, record: Record, held: Held, changes: dict[str, Any]
) -> None:
    put_service(taken_back, record, held)
    if "served_at" in changes:
        changes = {"served_at": days(taken_back, changes["served_at"])}
    beside = put_service(taken_back, record, held, **changes)
    release_upon(taken_back, record, held)
    put(taken_back, ServiceDispute, **dispute(record, held, beside))


def test_while_another_proof_stands_the_release_stands_and_with_the_last_it_falls(
    taken_back: Session, record: Record, held: Held
) -> None:
    first, second = (put_service(taken_back, record, held) for _ in range(2))
    release_upon(taken_back, record, held)
    put(taken_back, ServiceDispute, **dispute(record, held, first))
    assert refused(taken_back, ServiceDispute, **dispute(record, held, second)) == "hold.not_reinstated"


def test_before_the_release_a_service_is_disputed_freely(
    taken_back: Session, record: Record, held: Held
) -> None:
    service_id = put_service(taken_back, record, held)
    put(taken_back, ServiceDispute, **dispute(record, held, service_id))
    row = bear_release(taken_back, record, held)  # upon a second service
    put(taken_back, HoldEnding, **row)


def test_of_one_person_under_two_records_each_release_rests_on_the_services_of_both(
    taken_back: Session, record: Record, held: Held
) -> None:
    """Where the notice of either exposure was not served, the court had not heard of it."""
    other = put_on_record(taken_back, record, new_incident(taken_back, record))
    put_merge(taken_back, record, held, other)
    put_service(taken_back, record, held)
    row = dispute(record, other, put_service(taken_back, record, other))
    for one in (held, other):
        release_upon(taken_back, record, one)
    for one in (held, other):
        assert refused(taken_back, ServiceDispute, **row) == "hold.not_reinstated"
        put_back(taken_back, record, one)
    put(taken_back, ServiceDispute, **row)
