"""Somebody who was freed says that the notice never reached them: then the decision bears no release."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.questions import Question
from holds.actions.record_service import dispute_service, dispute_services
from holds.domain.departure import DepartureKind
from holds.queries.people import person_page
from holds.store.gates import Hold
from holds.store.people import Task
from holds.store.reviews import Service
from tests.holds.store.life import (
    DAY,
    WEEK_OVER,
    propose,
    put_review,
    released,
    serve_notices,
    someone,
    try_release,
    wait,
)
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def decision(record: Record, held: Held) -> str:
    question = Question(a_number=held.number)
    return answer_check(record.database, acting=record.staff["field"], question=question).decision.value


def dispute_all(record: Record, held: Held) -> None:
    about: dict[str, Any] = {"person_id": held.person_id, "disputed_by": "person"}
    with record.database.transaction() as session:
        dispute_services(session, record.vault, acting=record.staff["casey"], **about)


def test_the_hold_is_back_at_once_and_says_what_to_do(record: Record) -> None:
    held, field = released(record), record.staff["field"]
    about: dict[str, Any] = {"person_id": held.person_id, "question": asked_of(held), "destination": "CU"}
    with record.database.transaction() as session:
        kind = DepartureKind.REMOVAL
        clearance_id = issue_clearance(session, record.database, acting=field, departure_kind=kind, **about)
    dispute_all(record, held)
    assert decision(record, held) == "blocked"
    with record.database.transaction() as session, pytest.raises(BlockedError, match=r"hold\.active"):
        record_boarding(session, record.database, acting=field, clearance_id=clearance_id)
    with record.database.reading() as session:
        back = session.scalars(select(Hold).where(Hold.reinstates_id == held.hold_id)).one()
        tasks = session.scalars(select(Task.kind).where(Task.person_id == held.person_id)).all()
        page = person_page(session, record.vault, acting=record.staff["casey"], person_id=held.person_id)
    assert (back.basis, sorted(tasks)) == ("reinstated", ["hold_reinstated", "serve_again"])
    assert str(page.what_next).startswith("Serve the notice about")


def test_the_hold_that_is_back_ends_only_upon_a_decision_after_the_new_service(record: Record) -> None:
    held = released(record)
    dispute_all(record, held)
    with record.database.reading() as session:
        back = session.scalars(select(Hold.id).where(Hold.reinstates_id == held.hold_id)).one()
    again = Held(held.person_id, back, held.exposure_id, held.incident_id, held.number)
    with record.database.transaction() as session:
        serve_notices(session, record, again, ago=DAY)
        early = put_review(session, record, again)  # decided ten days ago
    with pytest.raises(AssertionError, match="decided_before_service"), record.database.transaction() as s:
        propose(s, record, again, early)


def test_while_another_proof_of_the_notice_stands_nothing_is_put_back(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        for ago in (30 * DAY, 20 * DAY):
            serve_notices(session, record, held, ago=ago)
        propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    assert try_release(record, held) is None
    mine = select(Service.id).where(Service.person_id == held.person_id).order_by(Service.served_at)
    for number, stands in enumerate(("no_active_hold", "blocked")):
        with record.database.transaction() as session:
            service_id = session.scalars(mine).all()[number]
            said: dict[str, Any] = {"service_id": service_id, "disputed_by": "counsel"}
            dispute_service(session, record.vault, acting=record.staff["casey"], **said)
        assert decision(record, held) == stands
