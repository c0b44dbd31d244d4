"""Provisional stays, their verification and rejection, batches, and what time raises."""

import datetime as dt
import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from holds.actions.check_removal import answer_check
from holds.actions.close_hold import close_hold, propose_closing, tell_closing
from holds.actions.place_hold import place_hold
from holds.actions.place_provisional_stay import StayForm, StayRefusedError, place_provisional_stay
from holds.actions.questions import Question
from holds.actions.raise_due_tasks import raise_due_tasks
from holds.actions.record_service import dispute_service
from holds.actions.references import hold_of
from holds.actions.verify_hold import VerificationRefusedError, verify_hold
from holds.domain.closing import EndingKind
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.domain.window import promised_until
from holds.store.gates import HoldEnding
from holds.store.people import Task
from holds.store.reviews import Service
from tests.holds.store.life import DAY, released, serve_notices, someone, wait
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record

BY_RULE = StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal")


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def stay(record: Record, held: Held, form: StayForm = BY_RULE, who: str = "field") -> uuid.UUID:
    with record.database.transaction() as session:
        reference = place_provisional_stay(
            session, record.vault, acting=record.staff[who], person_id=held.person_id, form=form
        )
        return hold_of(session, reference, acting=record.staff[who])


def decision(record: Record, held: Held) -> str:
    question = Question(a_number=held.number)
    return answer_check(record.database, acting=record.staff["field"], question=question).decision.value


def open_tasks(record: Record, kind: str, subject_id: uuid.UUID) -> int:
    with record.database.reading() as session:
        same = (Task.kind == kind, Task.subject_id == subject_id, Task.closed_at.is_(None))
        return session.scalar(select(func.count()).select_from(Task).where(*same)) or 0


def raise_due(record: Record) -> None:
    with record.database.transaction() as session:
        raise_due_tasks(session, acting=record.staff["system"])


def test_one_field_officer_blocks_at_commit_and_a_second_person_is_asked(record: Record) -> None:
    held = released(record)
    assert decision(record, held) == "no_active_hold"
    hold_id = stay(record, held)
    assert decision(record, held) == "blocked"
    assert open_tasks(record, "verify_hold", hold_id) == 1
    own = stay(record, held, who="casey")
    with pytest.raises(VerificationRefusedError, match="second person"), record.database.transaction() as s:
        verify_hold(s, acting=record.staff["casey"], hold_id=own)
    with record.database.transaction() as session:
        verify_hold(session, acting=record.staff["casey"], hold_id=hold_id)
    assert open_tasks(record, "verify_hold", hold_id) == 0
    assert decision(record, held) == "blocked"


@pytest.mark.parametrize(
    "form",
    [
        StayForm(basis=Basis.TRO),
        StayForm(basis=Basis.TRO, rule="bia_appeal"),
        StayForm(basis=Basis.AUTOMATIC_STAY, rule="motion_filed"),
        StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal", document=b"both"),
        StayForm(basis=Basis.INCIDENT, document=b"order"),
        StayForm(basis=Basis.TRO, document=b"order", appearance_id=uuid.UUID(int=7)),
    ],
    ids=str,
)
def test_a_stay_needs_an_order_or_a_rule_and_verified_counsel(record: Record, form: StayForm) -> None:
    held = someone(record)
    with pytest.raises(StayRefusedError):
        stay(record, held, form)


def reject(record: Record, held: Held, hold_id: uuid.UUID, *, served: bool) -> Refusal | None:
    with record.database.transaction() as session:
        closing_id = propose_closing(
            session,
            record.vault,
            acting=record.staff["casey"],
            hold_id=hold_id,
            kind=EndingKind.STAY_REJECTED,
            reasons="Another person's order",
        )
        if served:
            tell_closing(
                session,
                acting=record.staff["casey"],
                closing_id=closing_id,
                served_on="placer",
                served_at=database_now(session),
            )
    assert open_tasks(record, "serve_rejection", closing_id) == (0 if served else 1)
    assert decision(record, held) == "blocked"
    with record.database.transaction() as session:
        return close_hold(session, acting=record.staff["sunny"], hold_id=hold_id)


def test_rejecting_takes_two_people_and_reasons_served_on_who_placed_it(record: Record) -> None:
    held = released(record)
    hold_id = stay(record, held)
    assert reject(record, held, hold_id, served=False) == Refusal(("stay.reasons_not_served",))
    assert reject(record, held, hold_id, served=True) is None
    assert decision(record, held) == "no_active_hold"


def test_a_verified_stay_is_not_rejected(record: Record) -> None:
    held = someone(record)
    hold_id = stay(record, held, StayForm(basis=Basis.TRO, document=b"%PDF order", docket_number="1:22-cv-9"))
    with record.database.transaction() as session:
        verify_hold(session, acting=record.staff["sol"], hold_id=hold_id)
    assert reject(record, held, hold_id, served=True) == Refusal(("stay.not_provisional",))


def test_a_stay_that_expires_raises_one_task_and_ends_nothing(record: Record) -> None:
    held = released(record)
    with record.database.reading() as session:
        soon = database_now(session) + 2 * DAY
    hold_id = stay(record, held, StayForm(basis=Basis.TRO, document=b"order", expires_at=soon))
    raise_due(record)
    assert open_tasks(record, "stay_expired", hold_id) == 0
    wait(record, 3 * DAY)
    for _ in range(2):
        raise_due(record)
        assert open_tasks(record, "stay_expired", hold_id) == 1
    assert decision(record, held) == "blocked"
    with record.database.reading() as session:
        assert session.get(HoldEnding, hold_id) is None


def test_day_thirty_after_proven_service_alerts_and_releases_nothing(record: Record) -> None:
    """A disputed service stops the clock; a proof that came later starts it later."""
    served, disputed, unserved = someone(record), someone(record), someone(record)
    with record.database.transaction() as session:
        serve_notices(session, record, served, ago=dt.timedelta(days=29))
        serve_notices(session, record, disputed, ago=dt.timedelta(days=29))
        service = select(Service.id).where(Service.person_id == disputed.person_id)
        casey = record.staff["casey"]
        dispute_service(
            session,
            record.vault,
            acting=casey,
            service_id=session.scalars(service).one(),
            disputed_by="person",
        )
    raise_due(record)
    assert open_tasks(record, "promise_window_over", served.exposure_id) == 0
    wait(record, dt.timedelta(days=1, minutes=1))
    for _ in range(2):
        raise_due(record)
        assert open_tasks(record, "promise_window_over", served.exposure_id) == 1
    for other in (disputed, unserved):
        assert open_tasks(record, "promise_window_over", other.exposure_id) == 0
    assert decision(record, served) == "blocked"


def test_the_promised_days_end_at_midnight_where_the_person_is() -> None:
    zone = ZoneInfo("America/New_York")
    served = dt.datetime(2022, 12, 1, 12, tzinfo=dt.UTC)
    assert promised_until(served, zone) == dt.datetime(2023, 1, 1, 5, tzinfo=dt.UTC)


def test_a_claim_of_citizenship_blocks_and_is_escalated_at_once(record: Record) -> None:
    held = released(record)
    with record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["field"],
            person_id=held.person_id,
            basis=Basis.CLAIMED_CITIZENSHIP,
            cites="Told at staging",
        )
    assert decision(record, held) == "blocked"
    assert open_tasks(record, "citizenship_claimed", held.person_id) == 1
