"""The duty desk: called, calls back the number on record, has it read back, and clears only then."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.add_staff import add_staff
from holds.actions.alarm_contacts import add_alarm_contact
from holds.actions.check_by_phone import (
    DISAGREED,
    Asked,
    Call,
    PhoneAnswer,
    PhoneCheckError,
    ReadBack,
    check_by_phone,
    read_back,
)
from holds.actions.clear_removal import issue_clearance
from holds.actions.credentials import acting_of
from holds.actions.place_hold import place_hold
from holds.actions.removal_calls import board
from holds.domain.alarm_contact import Duty
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind, Stage
from holds.domain.hold import Basis
from holds.domain.staff import Acting, NotAllowedError, Role
from holds.store.demo_time import move_clock
from holds.store.engine import refusal_code
from holds.store.gates import Clearance
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from holds.store.phone_checks import PhoneCheck, PhoneReadBack
from holds.store.staff import Actor
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, open_record

CALL = Call(office="nol", caller="Officer Rivera", badge="B-4471", number_given="504 555 0100")


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture(scope="module")
def desk(record: Record) -> Acting:
    """A member of the duty desk; New Orleans has a telephone on record."""
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        add_staff(session, acting=admin, login="desk", display_name="Desk", role=Role.DUTY_DESK)
        add_alarm_contact(
            session,
            record.vault,
            acting=admin,
            duty=Duty.FIELD_OFFICE,
            value="504 555 0142",
            office="NOL",
        )
        return acting_of(session.scalars(select(Actor).where(Actor.login == "desk")).one())


def ask(
    record: Record,
    who: Acting,
    number: str,
    *,
    stage: Stage = Stage.BOARDING,
    call: Call = CALL,
    born: str | None = "1990-02-03",
) -> PhoneAnswer:
    asked = Asked(
        a_number=number,
        name="DOE, JANE",
        birth_date=born,
        stage=stage,
        departure_kind=DepartureKind.REMOVAL,
        destination="CU",
    )
    with record.database.transaction() as session:
        return check_by_phone(session, record.database, acting=who, call=call, asked=asked)


def repeat(record: Record, who: Acting, answer: PhoneAnswer, heard: Decision) -> ReadBack:
    with record.database.transaction() as session:
        return read_back(session, record.database, acting=who, reference=answer.reference, heard=heard)


def clearances(record: Record, held: Held) -> int:
    with record.database.reading() as session:
        query = select(func.count()).select_from(Clearance).where(Clearance.person_id == held.person_id)
        return session.scalar(query) or 0


def test_nobody_is_cleared_without_name_and_birth_date(record: Record, desk: Acting) -> None:
    held = released(record)
    answer = ask(record, desk, held.number, born=None)
    with pytest.raises(PhoneCheckError, match="needs name and birth date"):
        repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD)
    assert clearances(record, held) == 0


def test_nobody_is_cleared_before_the_answer_was_read_back_and_then_once(
    record: Record, desk: Acting
) -> None:
    held = released(record)
    answer = ask(record, desk, held.number)
    assert answer.answer.decision is Decision.NO_ACTIVE_HOLD
    assert answer.call_back == ("+15045550142",)
    assert clearances(record, held) == 0
    done = repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD)
    assert done.agreed
    assert done.clearance is not None
    assert clearances(record, held) == 1
    with pytest.raises(PhoneCheckError, match="read back before"):
        repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD)
    with record.database.transaction() as session:
        board(session, record.database, acting=desk, clearance=done.clearance.reference)
        told = session.scalars(
            select(LedgerRow.verb).where(LedgerRow.person_id == held.person_id).order_by(LedgerRow.id)
        ).all()
    assert [verb for verb in told if verb.split(".")[0] in ("phone", "clearance")] == [
        "phone.checked",
        "phone.read_back",
        "clearance.issued",
    ]
    assert told[-1] == "removal.boarded"


def test_a_held_person_is_blocked_on_the_telephone_too(record: Record, desk: Acting) -> None:
    held = someone(record)
    answer = ask(record, desk, held.number)
    done = repeat(record, desk, answer, Decision.BLOCKED)
    assert (done.agreed, done.decision, done.clearance) == (True, Decision.BLOCKED, None)
    assert clearances(record, held) == 0


def test_what_was_heard_wrong_clears_nobody_and_is_a_task(record: Record, desk: Acting) -> None:
    held = someone(record)
    answer = ask(record, desk, held.number)
    assert not repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD).agreed
    assert clearances(record, held) == 0
    with record.database.reading() as session:
        task = session.scalars(
            select(Task).where(Task.kind == DISAGREED, Task.person_id == held.person_id)
        ).one()
    assert task.evidence["heard"] == "no_active_hold"


def test_a_hold_that_came_while_they_called_back_blocks(record: Record, desk: Acting) -> None:
    held = released(record)
    answer = ask(record, desk, held.number)
    with record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=held.person_id,
            basis=Basis.TRO,
            cites="1:26-cv-9",
        )
    done = repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD)
    assert (done.decision, done.clearance) == (Decision.BLOCKED, None)


def test_at_staging_a_read_back_clears_nobody(record: Record, desk: Acting) -> None:
    held = released(record)
    answer = ask(record, desk, held.number, stage=Stage.STAGING)
    assert repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD).clearance is None
    assert clearances(record, held) == 0


def test_an_office_without_a_number_on_record_gets_no_answer(record: Record, desk: Acting) -> None:
    call = Call(office="MIA", caller="Officer Rivera", badge="B-4471", number_given="305 555 0100")
    with pytest.raises(PhoneCheckError, match="No telephone of MIA"):
        ask(record, desk, released(record).number, call=call)


def test_only_the_duty_desk_answers(record: Record, desk: Acting) -> None:
    assert desk.role is Role.DUTY_DESK
    with pytest.raises(NotAllowedError):
        ask(record, record.staff["field"], "900000001")


def test_who_called_stands_nowhere_in_clear(record: Record, desk: Acting) -> None:
    answer = ask(record, desk, someone(record).number)
    with record.database.reading() as session:
        kept = session.scalars(select(PhoneCheck).where(PhoneCheck.reference == answer.reference)).one()
    assert b"Rivera" not in kept.sealed_call


def test_after_a_quarter_of_an_hour_the_call_is_taken_anew(record: Record, desk: Acting) -> None:
    answer = ask(record, desk, released(record).number)
    with record.database.transaction() as session:
        move_clock(session, dt.timedelta(minutes=15))
    with pytest.raises(PhoneCheckError, match="fifteen minutes"):
        repeat(record, desk, answer, Decision.NO_ACTIVE_HOLD)
    with record.database.transaction() as session:
        late = session.scalars(select(PhoneCheck.id).where(PhoneCheck.reference == answer.reference)).one()
        row = {"phone_check_id": late, "heard": "no_active_hold", "agreed": True, "read_by": desk.id}
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            session.execute(insert(PhoneReadBack), [row])
    assert refusal_code(caught.value) == "phone.too_late"


def test_the_database_clears_nothing_for_the_desk_without_a_read_back(record: Record, desk: Acting) -> None:
    """Past every action: a clearance straight away, and a read-back that lies."""
    held = released(record)
    answer = ask(record, desk, held.number)
    with record.database.transaction() as session:
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            _issue(record, session, desk, held)
        assert refusal_code(caught.value) == "clearance.not_read_back"
        asked = session.scalars(select(PhoneCheck.id).where(PhoneCheck.reference == answer.reference)).one()
        lie = {"phone_check_id": asked, "heard": "blocked", "agreed": True, "read_by": desk.id}
        with pytest.raises(IntegrityError) as caught, session.begin_nested():
            session.execute(insert(PhoneReadBack), [lie])
        assert refusal_code(caught.value) == "phone.another_answer"


def _issue(record: Record, session: Session, desk: Acting, held: Held) -> None:
    issue_clearance(
        session,
        record.database,
        acting=desk,
        person_id=held.person_id,
        question=asked_of(held),
        departure_kind=DepartureKind.REMOVAL,
        destination="CU",
    )
