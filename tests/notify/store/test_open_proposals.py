"""Which proposals to release are still told: the newest of a hold, with no objection sustained."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from holds.store.base import new_id
from holds.store.gates import HoldEnding
from holds.store.reviews import Objection, ObjectionAnswer
from notify.store.occasions import open_proposals
from tests.holds.store.ground import bear_release, put, put_proposal
from tests.holds.store.record import (
    BACKENDS,
    Held,
    Record,
    database_now,
    new_incident,
    open_record,
    put_on_record,
)


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def session(record: Record) -> Iterator[Session]:
    with Session(record.database.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture
def held(session: Session, record: Record) -> Held:
    return put_on_record(session, record, new_incident(session, record))


def test_a_proposal_is_open_until_a_newer_one_or_the_end(
    session: Session, record: Record, held: Held
) -> None:
    ending = bear_release(session, record, held)
    first = ending["proposal_id"]
    assert open_proposals(session, {first, new_id()}) == {first}
    second = put_proposal(session, record, held, ending["review_id"])
    assert open_proposals(session, {first, second}) == {second}
    put(session, HoldEnding, **ending)
    assert open_proposals(session, {first, second}) == set()


@pytest.mark.parametrize("sustained", [True, False])
def test_an_objection_closes_it_only_when_it_is_sustained(
    session: Session, record: Record, held: Held, sustained: bool
) -> None:
    proposal_id, objection_id = bear_release(session, record, held)["proposal_id"], new_id()
    said = {
        "hold_id": held.hold_id,
        "person_id": held.person_id,
        "objector": "person",
        "recorded_by": record.staff["casey"].id,
    }
    put(session, Objection, id=objection_id, received_at=database_now(session), **said)
    assert open_proposals(session, {proposal_id}) == {proposal_id}
    answer = {"sustained": sustained, "answered_by": record.staff["sol"].id}
    put(session, ObjectionAnswer, objection_id=objection_id, **answer)
    assert open_proposals(session, {proposal_id}) == (set() if sustained else {proposal_id})
