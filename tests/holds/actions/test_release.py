"""From a verified review to the end of one hold, through the actions: every step may refuse, and says why."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.object_to_release import ObjectionRefusedError, answer_objection, record_objection
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.record_service import dispute_service
from holds.actions.release_hold import ReleaseRefusedError, propose_release, release_hold, serve_proposal
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.domain.staff import NotAllowedError
from holds.store.ledger_rows import LedgerRow
from holds.store.reviews import Service
from tests.holds.store.ground import put_appearance
from tests.holds.store.life import (
    DAY,
    HOUR,
    WEEK_OVER,
    propose,
    put_review,
    released,
    serve_notices,
    someone,
    try_release,
    wait,
)
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def ask(record: Record, held: Held) -> tuple[str, tuple[str, ...]]:
    question = Question(a_number=held.number)
    answer = answer_check(record.database, acting=record.staff["field"], question=question)
    return answer.decision.value, answer.reasons


def verbs(record: Record, held: Held) -> list[str]:
    """What the ledger tells of the person, in order."""
    rows = select(LedgerRow.verb).where(LedgerRow.person_id == held.person_id).order_by(LedgerRow.id)
    with record.database.reading() as session:
        return list(session.scalars(rows))


def reasons(refusal: object) -> tuple[str, ...]:
    assert isinstance(refusal, Refusal)
    return refusal.reasons


def test_the_whole_way_from_held_to_released(record: Record) -> None:
    held = someone(record)
    assert ask(record, held) == ("blocked", ("hold.active",))
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        review_id = put_review(session, record, held)
        propose(session, record, held, review_id)
    assert reasons(try_release(record, held)) == ("release.seven_days_open",)
    assert ask(record, held) == ("blocked", ("hold.active",))
    wait(record, WEEK_OVER)
    assert try_release(record, held) is None
    assert ask(record, held) == ("no_active_hold", ())
    assert reasons(try_release(record, held)) == ("hold.ended",)
    assert verbs(record, held) == [
        "exposure.recorded",
        "removal.checked",
        "service.recorded",
        "review.recorded",
        "review.verified",
        "release.proposed",
        "release.proposal_served",
        "release.refused",
        "removal.checked",
        "hold.released",
        "removal.checked",
        "release.refused",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"decided_at": -61}, "review.older_than_the_leak"),
        ({"decided_at": -21}, "review.decided_before_service"),
        ({"decided_at": 1, "served_at": 2}, "review.decided_in_the_future"),
        ({"forum": Forum.DHS}, "review.not_a_court"),
        ({"outcome": Outcome.GRANTED}, "review.not_a_denial_or_dismissal"),
        ({"outcome": Outcome.MOTION_FILED}, "review.not_a_denial_or_dismissal"),
        ({"on_the_merits": False}, "review.not_on_the_merits"),
        ({"final": False}, "review.not_final"),
        ({"served_at": None}, "review.not_served"),
        ({"considered_page": None}, "review.exposure_not_considered"),
        ({"appeal_deadline": 5}, "review.appeal_period_open"),
    ],
    ids=str,
)
def test_a_review_that_bears_no_release_is_refused_and_told(
    record: Record, change: dict[str, Any], reason: str
) -> None:
    """Numbers stand for days from now; the notice was served 20 days ago, 40 after the leak."""
    held = someone(record)
    with record.database.transaction() as session:
        now = database_now(session)
        said = {name: now + value * DAY if type(value) is int else value for name, value in change.items()}
        serve_notices(session, record, held)
        review_id = put_review(session, record, held, **said)
        acting = record.staff["casey"]
        refusal = propose_release(session, acting=acting, hold_id=held.hold_id, review_id=review_id)
    assert reason in reasons(refusal)
    if reason not in {"review.older_than_the_leak", "review.decided_in_the_future"}:
        assert reasons(refusal) == (reason,)
    assert verbs(record, held)[-1] == "release.ground_refused"
    assert reasons(try_release(record, held)) == ("release.not_proposed",)
    assert ask(record, held) == ("blocked", ("hold.active",))


def test_without_proven_service_no_review_helps(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        review_id = put_review(session, record, held)
        refusal = propose_release(
            session, acting=record.staff["casey"], hold_id=held.hold_id, review_id=review_id
        )
    assert reasons(refusal) == ("notice.not_served_for_every_exposure",)


def test_a_service_disputed_in_the_seven_days_stops_the_release(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
        service_id = session.scalars(select(Service.id).where(Service.person_id == held.person_id)).one()
    wait(record, WEEK_OVER)
    with record.database.transaction() as session:
        dispute_service(
            session, record.vault, acting=record.staff["casey"], service_id=service_id, disputed_by="person"
        )
    assert reasons(try_release(record, held)) == ("notice.not_served_for_every_exposure",)


def test_an_objection_keeps_the_hold_until_it_is_overruled(record: Record) -> None:
    held, casey, sunny = someone(record), record.staff["casey"], record.staff["sunny"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    with record.database.transaction() as session:
        objection_id = record_objection(
            session,
            acting=casey,
            hold_id=held.hold_id,
            objector="person",
            received_at=database_now(session),
        )
    assert reasons(try_release(record, held)) == ("release.objection_open",)
    with record.database.transaction() as session:
        answer_objection(session, acting=sunny, objection_id=objection_id, sustained=False)
    assert reasons(try_release(record, held)) == ("objection.third_person_needed",)
    assert try_release(record, held, "sol") is None


def test_a_sustained_objection_keeps_the_hold(record: Record) -> None:
    held, casey, sunny = someone(record), record.staff["casey"], record.staff["sunny"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
        now = database_now(session)
        objection_id = record_objection(
            session, acting=casey, hold_id=held.hold_id, objector="counsel", received_at=now
        )
        answer_objection(session, acting=sunny, objection_id=objection_id, sustained=True)
    wait(record, WEEK_OVER)
    assert reasons(try_release(record, held)) == ("release.objection_open",)
    with pytest.raises(ObjectionRefusedError), record.database.transaction() as session:
        answer_objection(session, acting=sunny, objection_id=objection_id, sustained=False)


def test_a_represented_person_needs_counsel_served_too(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put_appearance(session, record, held)
        serve_notices(session, record, held)
        proposal_id = propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    assert reasons(try_release(record, held)) == ("release.not_served_on_counsel",)
    with record.database.transaction() as session:
        now = database_now(session)
        serve_proposal(
            session,
            acting=record.staff["casey"],
            proposal_id=proposal_id,
            served_on="counsel",
            served_at=now,
        )
    refusal = try_release(record, held)
    assert reasons(refusal) == ("release.seven_days_open",)
    wait(record, WEEK_OVER)
    assert try_release(record, held) is None


def test_the_refusal_says_when_waiting_alone_helps(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
        now = database_now(session)
    refusal = try_release(record, held)
    assert refusal is not None
    assert refusal.opens_at is not None
    assert 7 * DAY <= refusal.opens_at - now <= 8 * DAY + HOUR
    wait(record, refusal.opens_at - now - dt.timedelta(seconds=30))
    assert reasons(try_release(record, held)) == ("release.seven_days_open",)
    wait(record, dt.timedelta(minutes=1))
    assert try_release(record, held) is None


def test_ending_one_hold_ends_that_one_alone(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=held.person_id,
            basis=Basis.CIRCUIT_STAY,
            cites="22-1234 (11th Cir.)",
        )
        serve_notices(session, record, held)
        propose(session, record, held, put_review(session, record, held))
    wait(record, WEEK_OVER)
    assert try_release(record, held) is None
    assert ask(record, held) == ("blocked", ("hold.active",))


def test_who_proposed_does_not_release_and_neither_does_an_insider(record: Record) -> None:
    held, sol = someone(record), record.staff["sol"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        review_id = put_review(session, record, held)
        proposal_id = propose_release(session, acting=sol, hold_id=held.hold_id, review_id=review_id)
        assert isinstance(proposal_id, uuid.UUID)
        now = database_now(session)
        serve_proposal(session, acting=sol, proposal_id=proposal_id, served_on="person", served_at=now)
    wait(record, WEEK_OVER)
    assert reasons(try_release(record, held, "sol")) == ("release.second_person_needed",)
    for who in ("casey", "inside", "operator", "field", "system"):
        with pytest.raises(NotAllowedError), record.database.transaction() as session:
            release_hold(session, acting=record.staff[who], hold_id=held.hold_id)
    assert try_release(record, held, "sunny") is None


def test_a_proposal_is_not_served_before_it_was_made_nor_in_the_future(record: Record) -> None:
    held, casey = someone(record), record.staff["casey"]
    with record.database.transaction() as session:
        serve_notices(session, record, held)
        review_id = put_review(session, record, held)
        proposal_id = propose_release(session, acting=casey, hold_id=held.hold_id, review_id=review_id)
        assert isinstance(proposal_id, uuid.UUID)
        for off in (-HOUR, HOUR):
            when = database_now(session) + off
            with pytest.raises(ReleaseRefusedError, match="between the proposal and now"):
                serve_proposal(
                    session, acting=casey, proposal_id=proposal_id, served_on="person", served_at=when
                )
        when = database_now(session)
        with pytest.raises(ReleaseRefusedError, match="not proposed yet"):
            serve_proposal(
                session, acting=casey, proposal_id=uuid.uuid4(), served_on="person", served_at=when
            )


def test_a_review_of_another_hold_bears_nothing(record: Record) -> None:
    one, other, casey = someone(record), released(record), record.staff["casey"]
    with record.database.transaction() as session:
        serve_notices(session, record, one)
        review_id = put_review(session, record, one)
        stolen = propose_release(session, acting=casey, hold_id=other.hold_id, review_id=review_id)
        assert reasons(stolen) == ("review.of_another_hold",)
