"""Refusals with a plain sentence: served twice, times that cannot be, counsel who is verified meanwhile."""

import datetime as dt
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for

import pytest
from sqlalchemy import select, update

from holds.actions.record_review import ReviewRefusedError, record_review
from holds.actions.record_service import ServiceRefusedError, dispute_service, dispute_services
from holds.actions.release_hold import ReleaseRefusedError, serve_proposal
from holds.actions.verify_appearance import verify_appearances
from holds.store.gate_lock import lock_gates
from holds.store.people import Task
from holds.store.representation import Appearance
from holds.store.reviews import Service
from tests.holds.store.ground import put_appearance
from tests.holds.store.life import (
    DAY,
    WEEK_OVER,
    order,
    propose,
    put_review,
    serve_notices,
    someone,
    try_release,
    wait,
)
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def test_a_proposal_is_served_on_the_same_one_once(record: Record) -> None:
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        proposal_id = propose(session, record, held, put_review(session, record, held))
    with record.database.transaction() as session:
        at = database_now(session)
        with pytest.raises(ReleaseRefusedError, match="on record already") as caught:
            serve_proposal(session, acting=casey, proposal_id=proposal_id, served_on="person", served_at=at)
    assert caught.value.refusal.reasons == ("release.served_already",)


@pytest.mark.parametrize(
    ("field", "days", "sentence"),
    [
        ("served_at", -11, "served before"),
        ("entered_at", -11, "entered before"),
        ("appeal_deadline", -10, "end before the decision"),
    ],
)
def test_a_review_with_times_that_cannot_be_is_refused(
    record: Record, field: str, days: int, sentence: str
) -> None:
    """Decided ten days ago."""
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        now = database_now(session)
        form = order(session, **{"decided_at": now - 10 * DAY, field: now + days * DAY})
        with pytest.raises(ReviewRefusedError, match=sentence):
            record_review(session, record.vault, acting=casey, hold_id=held.hold_id, form=form)


def test_a_review_replaces_none_of_another_person(record: Record) -> None:
    one, other = someone(record), someone(record)
    with record.database.transaction() as session:
        review_id = put_review(session, record, one)
        with pytest.raises(ReviewRefusedError, match="not one of this person"):
            put_review(session, record, other, supersedes_id=review_id)


def test_counsel_who_withdraws_tomorrow_is_served_today(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put_appearance(session, record, held)
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    with record.database.transaction() as session:
        tomorrow = (database_now(session) + DAY).date()
        mine = update(Appearance).where(Appearance.person_id == held.person_id)
        session.execute(mine.values(withdrawn_on=tomorrow))
    refusal = try_release(record, held)
    assert refusal is not None
    assert refusal.reasons == ("release.not_served_on_counsel",)
    wait(record, DAY)
    assert try_release(record, held) is None


def _verify(record: Record, appearance_id: uuid.UUID) -> int:
    with record.database.transaction() as session:
        return verify_appearances(session, acting=record.staff["casey"], appearance_ids=[appearance_id])


def test_verifying_counsel_waits_for_a_release_under_way(record: Record) -> None:
    """Else the release would commit without having seen them."""
    held = someone(record)
    with record.database.transaction() as session:
        put_appearance(session, record, held, verified=False)
        mine = select(Appearance.id).where(Appearance.person_id == held.person_id)
        appearance_id = session.scalars(mine).one()
    with ThreadPoolExecutor(1) as pool:
        with record.database.transaction() as session:
            lock_gates(session, [held.person_id])
            verified = pool.submit(_verify, record, appearance_id)
            assert not wait_for([verified], timeout=0.7).done
        assert verified.result(timeout=20) == 1


def _waiting(record: Record, held: Held) -> list[Task]:
    with record.database.reading() as session:
        mine = select(Task).where(Task.person_id == held.person_id, Task.closed_at.is_(None))
        return list(session.scalars(mine))


def test_a_disputed_service_asks_to_be_served_again_until_it_is(record: Record) -> None:
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        service_id = session.scalars(select(Service.id).where(Service.person_id == held.person_id)).one()
        dispute_service(session, record.vault, acting=casey, service_id=service_id, disputed_by="counsel")
    (task,) = _waiting(record, held)
    assert (task.kind, task.subject_id) == ("serve_again", held.exposure_id)
    with (
        pytest.raises(ServiceRefusedError, match="disputed already"),
        record.database.transaction() as session,
    ):
        dispute_service(session, record.vault, acting=casey, service_id=service_id, disputed_by="person")
    with record.database.transaction() as session:
        serve_notices(session, record, held, ago=dt.timedelta(hours=2))
    assert _waiting(record, held) == []


def test_every_proven_service_is_disputed_at_once_and_none_is_said_so(record: Record) -> None:
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        with pytest.raises(ServiceRefusedError, match="none to dispute"):
            dispute_services(
                session, record.vault, acting=casey, person_id=held.person_id, disputed_by="person"
            )
        serve_notices(session, record, held)
        serve_notices(session, record, held, ago=DAY)
        assert (
            dispute_services(
                session, record.vault, acting=casey, person_id=held.person_id, disputed_by="person"
            )
            == 2
        )
    assert [task.kind for task in _waiting(record, held)] == ["serve_again"] * 2
