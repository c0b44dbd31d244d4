"""A claim is one worker's, until its lease runs out; whoever lost it begins nothing."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from notify.actions.envelope import wording_of
from notify.actions.plan_notices import plan_everything
from notify.actions.reconcile import reconcile
from notify.domain.delivery import Carriage
from notify.store.deliveries import Attempt, Delivery
from notify.store.notices import Notice
from notify.store.outbox import Claim, NewAttempt, begin_attempts, claim_due


@pytest.fixture
def due(record: Any) -> Any:
    """Two letters that are due."""
    inside = record.facility()
    for _ in range(2):
        record.person(facility=inside)
    plan_everything(record.database, acting=record.operator, wording_of=wording_of)
    with record.database.transaction() as session:
        session.execute(update(Delivery).values(state="approved"))
    return record


def claimed(record: Any, limit: int = 10) -> Claim:
    found: Claim = record.database.run(
        lambda session: claim_due(session, Carriage.LETTER, limit=limit, seconds=60)
    )
    return found


def begun(record: Any, claim: Claim) -> int:
    attempts = [
        NewAttempt(
            delivery_id=one.id,
            number=one.attempts + 1,
            carrier="letter",
            language="es",
            sealed_address=b"",
        )
        for one in claim.deliveries
    ]
    return len(
        record.database.run(lambda session: begin_attempts(session, claim.id, record.operator.id, attempts))
    )


def test_two_claims_share_nothing(due: Any) -> None:
    first, second, third = claimed(due, 1), claimed(due), claimed(due)
    assert len(first.deliveries) == len(second.deliveries) == 1
    assert first.deliveries[0].id != second.deliveries[0].id
    assert third.deliveries == ()
    assert begun(due, first) == begun(due, second) == 1


def test_a_claim_under_way_is_passed_over_and_not_waited_for(due: Any) -> None:
    if due.database.engine.dialect.name == "sqlite":
        assert len(claimed(due, 1).deliveries) == 1
        return  # SQLite has one writer at a time: the second claim comes after the first
    with due.database.transaction() as session:
        mine = claim_due(session, Carriage.LETTER, limit=1, seconds=60)
        other = claimed(due)
    assert {one.id for one in mine.deliveries}.isdisjoint(one.id for one in other.deliveries)
    assert len(other.deliveries) == 1


def test_who_lost_the_claim_begins_nothing(due: Any) -> None:
    slow = claimed(due)
    due.later(seconds=61)
    assert begun(due, slow) == 0
    assert due.database.run(lambda session: reconcile(session, acting=due.operator)) == {"queued": 2}
    quick = claimed(due)
    assert begun(due, slow) == 0
    assert begun(due, quick) == 2


def test_notices_and_attempts_are_append_only(due: Any) -> None:
    begun(due, claimed(due))
    for table in (Notice, Attempt):
        with (
            pytest.raises(DBAPIError, match=r"append_only|permission denied"),
            due.database.transaction() as session,
        ):
            session.delete(session.scalars(select(table)).first())
    with (
        pytest.raises(DBAPIError, match=r"append_only|permission denied"),
        due.database.transaction() as session,
    ):
        session.execute(update(Notice).values(round=2))
