"""A removal in spite of a hold: violated, evidence frozen, alarm and return assistance, and still held."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.actions.report_violation import Report, ViolationRefusedError, report_violation
from holds.domain.closing import EndingKind
from holds.domain.hold import HoldState
from holds.domain.person import PersonFacts
from holds.store.closing_facts import state_of
from holds.store.engine import refusal_code
from holds.store.facts import open_facts, seal_facts
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerDetail, LedgerRow
from holds.store.people import DataKey, Person, Task
from holds.store.violations import OverwrittenFacts, ViolatedHold, Violation
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put, refused
from tests.holds.store.life import DAY, HOUR, put_review, released, someone, wait
from tests.holds.store.record import BACKENDS, Held, Record, database_now, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def tell(record: Record, held: Held, *, removed: dt.timedelta | None = None, **changes: Any) -> str:
    """Reported by the family just now; `removed` so long ago."""
    with record.database.transaction() as session:
        now = database_now(session)
        said: dict[str, Any] = {
            "source": "family",
            "account": "Calls from Havana",
            "reported_at": now,
            "removed_at": now - removed if removed is not None else None,
            **changes,
        }
        casey = record.staff["casey"]
        return report_violation(
            session, record.vault, acting=casey, person_id=held.person_id, report=Report(**said)
        )


def state(record: Record, held: Held) -> HoldState:
    with record.database.reading() as session:
        return state_of(session, held.hold_id)


def test_a_reported_removal_violates_the_hold_which_goes_on_blocking(record: Record) -> None:
    held = someone(record)
    question = Question(a_number=held.number)
    answer_check(record.database, acting=record.staff["field"], question=question)
    reference = tell(record, held)
    assert state(record, held) is HoldState.VIOLATED
    answer = answer_check(record.database, acting=record.staff["field"], question=question)
    assert answer.reasons == ("hold.active",)
    with record.database.reading() as session:
        kinds = session.scalars(select(Task.kind).where(Task.person_id == held.person_id)).all()
        assert {"hold_violated", "return_assistance"} <= set(kinds)
        violation = session.scalars(select(Violation).where(Violation.reference == reference)).one()
        key = record.vault.key(session, held.person_id)
        frozen = key.open("violation", "sealed_evidence", violation.id, violation.sealed_evidence)
        assert hashlib.sha256(frozen).digest() == violation.evidence_sha256
        evidence = json.loads(frozen)
        assert [hold["id"] for hold in evidence["holds"]] == [str(held.hold_id)]
        assert "removal.checked" in {row["verb"] for row in evidence["ledger"]}
        assert b"Havana" not in violation.sealed_account


def test_the_evidence_cannot_be_shredded(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put_review(session, record, held)
    tell(record, held)
    told = select(LedgerRow.id).where(LedgerRow.person_id == held.person_id)
    details = select(LedgerDetail.ledger_row_id).where(LedgerDetail.ledger_row_id.in_(told))
    for statement in (
        delete(DataKey).where(DataKey.owner_id == held.person_id),
        delete(LedgerDetail).where(LedgerDetail.ledger_row_id.in_(details)),
        update(DataKey).where(DataKey.owner_id == held.person_id).values(wrapped=b"gone"),
        update(LedgerDetail).where(LedgerDetail.ledger_row_id.in_(details)).values(sealed_details=b"gone"),
    ):
        with record.owner.connect() as connection:
            assert connection.execute(details).first() is not None
            with pytest.raises(IntegrityError) as caught:
                connection.execute(statement)
            assert refusal_code(caught.value) == "evidence.frozen"
            connection.rollback()


def facts_kept(record: Record, held: Held) -> list[tuple[str, ...]]:
    """The names under which the person was on record, before each change since the violation."""
    with record.database.reading() as session:
        key = record.vault.key(session, held.person_id)
        kept = select(OverwrittenFacts).where(OverwrittenFacts.person_id == held.person_id)
        return [
            open_facts(key, row.sealed_facts).names
            for row in session.scalars(kept.order_by(OverwrittenFacts.number))
        ]


def test_who_they_were_said_to_be_is_kept_when_a_list_says_it_anew(record: Record) -> None:
    """The list is not refused, for it may bring a number more under which they are held."""
    held, other = someone(record, names=("ROE, ANA",)), someone(record)
    tell(record, held)
    for name in ("ROE, ANA MARIA", "POE, ANA"):
        with record.database.transaction() as session:
            for one in (held, other):
                key = record.vault.key(session, one.person_id)
                facts = PersonFacts(a_numbers=(one.number,), names=(name,))
                changed = update(Person).where(Person.id == one.person_id)
                session.execute(changed.values(sealed_facts=seal_facts(key, facts)))
            session.execute(update(Person).where(Person.id == held.person_id).values(with_number=True))
    assert facts_kept(record, held) == [("ROE, ANA",), ("ROE, ANA MARIA",)]
    assert facts_kept(record, other) == []


def test_another_persons_key_may_still_go(record: Record) -> None:
    other = someone(record)
    with record.database.transaction() as session:
        session.execute(delete(DataKey).where(DataKey.owner_id == other.person_id))


def test_removed_before_the_hold_was_placed_is_no_violation(record: Record) -> None:
    """More than a hundred people were removed before the leak was noticed: those get return assistance."""
    held = someone(record)
    with pytest.raises(ViolationRefusedError, match="return assistance"):
        tell(record, held, removed=DAY)
    assert state(record, held) is HoldState.ASSERTED


def test_what_was_released_before_the_removal_is_no_violation_but_after_it_is(record: Record) -> None:
    held = released(record)
    wait(record, HOUR)
    with pytest.raises(ViolationRefusedError):
        tell(record, held, removed=dt.timedelta(minutes=5))
    with pytest.raises(ViolationRefusedError):
        tell(record, held)
    tell(record, held, removed=5 * DAY)
    assert state(record, held) is HoldState.RELEASED
    with record.database.transaction() as session:
        violated = session.scalars(select(ViolatedHold).where(ViolatedHold.hold_id == held.hold_id)).one()
        now = database_now(session)
        row = {"person_id": held.person_id, "source": "press", "reported_at": now, "removed_at": now}
        row |= {"sealed_account": b"x", "sealed_evidence": b"x", "evidence_sha256": bytes(32)}
        late = Violation(recorded_by=record.staff["casey"].id, **row)
        session.add(late)
        session.flush()
        lie = {"violation_id": late.id, "hold_id": violated.hold_id, "person_id": held.person_id}
        assert refused(session, ViolatedHold, **lie) == "violation.hold_not_active_then"
        session.rollback()


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("kind", [EndingKind.CLOSED_PROTECTED, EndingKind.CLOSED_DEPARTED_BY_CHOICE])
def test_who_was_protected_or_chose_another_way_to_leave_is_removed_in_violation(
    record: Record, kind: EndingKind, known: bool
) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put(session, HoldEnding, **bear_end(session, record, held, kind))
    wait(record, HOUR)
    tell(record, held, removed=dt.timedelta(minutes=5) if known else None)
    with record.database.reading() as session:
        violated = session.scalars(select(ViolatedHold.hold_id).where(ViolatedHold.hold_id == held.hold_id))
        assert violated.one() == held.hold_id


def test_whose_removal_was_recorded_is_not_removed_anew(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put(session, HoldEnding, **bear_end(session, record, held, EndingKind.CLOSED_REMOVED))
    with pytest.raises(ViolationRefusedError):
        tell(record, held)


@pytest.mark.parametrize("change", [{"source": "rumour"}, {"account": " "}, {"removed": -DAY}], ids=str)
def test_a_report_says_who_what_and_no_future(record: Record, change: dict[str, Any]) -> None:
    held = someone(record)
    with pytest.raises(ViolationRefusedError):
        tell(record, held, **change)


def test_the_same_hold_of_somebody_else_is_refused(record: Record) -> None:
    one, two = someone(record), someone(record)
    tell(record, one)
    with record.database.transaction() as session:
        violation_id = session.scalars(select(Violation.id).where(Violation.person_id == one.person_id)).one()
        row = {"violation_id": violation_id, "hold_id": two.hold_id, "person_id": one.person_id}
        assert refused(session, ViolatedHold, **row) is None
