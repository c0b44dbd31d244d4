"""Ends of a hold other than its release, and what puts one back, through the actions."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text

from holds.actions.check_removal import answer_check
from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.close_hold import ClosingRefusedError, close_hold, propose_closing, tell_closing
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.record_review import record_review
from holds.actions.state_choice import record_statement, revoke_choice
from holds.domain.closing import EndingKind, StatementSlip
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.domain.review import Outcome
from holds.domain.staff import NotAllowedError
from holds.store.closings import ChoiceStatement
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from holds.store.vault import open_json
from tests.holds.store.life import DAY, HOUR, order, put_review, released, someone, wait
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, database_now, open_record

SLIP = StatementSlip(
    in_private=True,
    officer_present=False,
    language="es",
    own_language=True,
    support="counsel",
    chooses_to_leave=True,
)


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def propose(record: Record, held: Held, kind: EndingKind, **rests_on: object) -> None:
    with record.database.transaction() as session:
        propose_closing(
            session,
            record.vault,
            acting=record.staff["casey"],
            hold_id=held.hold_id,
            kind=kind,
            reasons="As the paper says",
            **rests_on,  # type: ignore[arg-type] # review_id or document
        )


def close(record: Record, held: Held, who: str = "sunny") -> Refusal | None:
    with record.database.transaction() as session:
        return close_hold(session, acting=record.staff[who], hold_id=held.hold_id)


def ask(record: Record, held: Held, kind: DepartureKind | None = None) -> tuple[str, tuple[str, ...]]:
    question = Question(a_number=held.number, departure_kind=kind)
    answer = answer_check(record.database, acting=record.staff["field"], question=question)
    return answer.decision.value, answer.reasons


def tasks(record: Record, held: Held, kind: str) -> list[Task]:
    with record.database.reading() as session:
        found = select(Task).where(Task.person_id == held.person_id, Task.kind == kind)
        return list(session.scalars(found.where(Task.closed_at.is_(None))))


def clear_and_board(record: Record, held: Held, kind: DepartureKind) -> None:
    acting = record.staff["field"]
    with record.database.transaction() as session:
        clearance_id = issue_clearance(
            session,
            record.database,
            acting=acting,
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=kind,
            destination="CU",
        )
        record_boarding(session, record.database, acting=acting, clearance_id=clearance_id)


def test_the_dead_stay_blocked_and_asking_about_them_is_an_alarm(record: Record) -> None:
    held = someone(record)
    with pytest.raises(ClosingRefusedError, match="rests on a document"):
        propose(record, held, EndingKind.CLOSED_DECEASED)
    propose(record, held, EndingKind.CLOSED_DECEASED, document=b"certificate")
    with pytest.raises(NotAllowedError):
        close(record, held, "casey")
    assert tasks(record, held, "closed_person_checked") == []
    assert close(record, held) is None
    for times in (1, 2):
        assert ask(record, held) == ("blocked", ("hold.active",))
        assert len(tasks(record, held, "closed_person_checked")) == times
    with pytest.raises(BlockedError):
        clear_and_board(record, held, DepartureKind.REMOVAL)


def test_who_proposed_it_is_told_that_a_second_person_must(record: Record) -> None:
    held = someone(record)
    sunny = record.staff["sunny"]
    with record.database.transaction() as session:
        propose_closing(
            session,
            record.vault,
            acting=sunny,
            hold_id=held.hold_id,
            kind=EndingKind.CLOSED_REMOVED,
            reasons="Gone",
            document=b"list",
        )
    assert close(record, held) == Refusal(("release.second_person_needed",))
    assert close(record, held, "sol") is None
    with pytest.raises(NotAllowedError):
        close(record, held, "inside")


def test_relief_granted_closes_and_protects(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        denied = put_review(session, record, held)
    propose(record, held, EndingKind.CLOSED_PROTECTED, review_id=denied)
    assert close(record, held) == Refusal(("closing.review_does_not_bear_it",))
    with record.database.transaction() as session:
        granted = put_review(session, record, held, outcome=Outcome.GRANTED)
    propose(record, held, EndingKind.CLOSED_PROTECTED, review_id=granted)
    assert close(record, held) is None
    assert ask(record, held) == ("blocked", ("hold.active",))


def test_an_error_is_told_waits_seven_days_and_then_lets_pass(record: Record) -> None:
    held = someone(record)
    propose(record, held, EndingKind.ENTERED_IN_ERROR)
    assert close(record, held) == Refusal(("closing.person_not_told",))
    with record.database.transaction() as session:
        closing = session.scalars(
            select(LedgerRow.codes).where(
                LedgerRow.verb == "closing.proposed", LedgerRow.subject_id == held.hold_id
            )
        ).one()["closing"]
        now = database_now(session)
        tell_closing(
            session,
            acting=record.staff["casey"],
            closing_id=uuid.UUID(closing),
            served_on="person",
            served_at=now,
        )
    early = close(record, held)
    assert early is not None
    assert early.reasons == ("release.seven_days_open",)
    wait(record, dt.timedelta(days=8, hours=12))
    assert close(record, held) is None
    assert ask(record, held) == ("no_active_hold", ())


def state(record: Record, held: Held, *, ago: dt.timedelta, **changes: object) -> bool:
    with record.database.transaction() as session:
        return record_statement(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=held.person_id,
            slip=StatementSlip(**{**SLIP.__dict__, **changes}),
            stated_at=database_now(session) - ago,
        )


def test_who_interpreted_a_statement_is_sealed(record: Record) -> None:
    held = someone(record)
    assert state(record, held, ago=HOUR, own_language=False, interpreter_id="INT-Rosalba-77")
    assert not state(record, held, ago=HOUR, own_language=False, interpreter_id=None)
    with record.database.reading() as session:
        interpreted, by_nobody = session.scalars(
            select(ChoiceStatement)
            .where(ChoiceStatement.person_id == held.person_id)
            .order_by(ChoiceStatement.sound.desc())
        )
        kept = session.execute(text("SELECT * FROM choice_statement")).all()
        key = record.vault.key(session, held.person_id)
    place = ("choice_statement", "sealed_interpreter", interpreted.id)
    assert open_json(key, *place, interpreted.sealed_interpreter or b"") == "INT-Rosalba-77"
    assert by_nobody.sealed_interpreter is None
    assert "Rosalba" not in str(kept)


def test_a_choice_lets_the_person_leave_but_nobody_remove_them(record: Record) -> None:
    held = someone(record)
    wait(record, 5 * DAY)
    assert state(record, held, ago=100 * HOUR)
    assert not state(record, held, ago=HOUR, officer_present=True)
    propose(record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    assert close(record, held) == Refusal(("choice.two_statements_needed",))
    assert state(record, held, ago=20 * HOUR)
    assert close(record, held) is None
    assert ask(record, held) == ("blocked", ("hold.active",))
    assert ask(record, held, DepartureKind.REMOVAL) == ("blocked", ("hold.active",))
    assert ask(record, held, DepartureKind.VOLUNTARY_DEPARTURE) == ("no_active_hold", ())
    for kind in (DepartureKind.REMOVAL, DepartureKind.EXTRADITION, DepartureKind.RETURN):
        with pytest.raises(BlockedError):
            clear_and_board(record, held, kind)
    clear_and_board(record, held, DepartureKind.VOLUNTARY_DEPARTURE)


def test_a_revoked_choice_blocks_at_once_and_the_statements_count_no_more(record: Record) -> None:
    held = someone(record)
    wait(record, 5 * DAY)
    state(record, held, ago=100 * HOUR)
    state(record, held, ago=20 * HOUR)
    propose(record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    assert close(record, held) is None
    with record.database.transaction() as session:
        back = revoke_choice(session, record.vault, acting=record.staff["field"], person_id=held.person_id)
        assert len(back) == 1
        hold_id = session.scalars(select(Hold.id).where(Hold.reference == back[0])).one()
    with pytest.raises(BlockedError):
        clear_and_board(record, held, DepartureKind.VOLUNTARY_DEPARTURE)
    again = Held(held.person_id, hold_id, held.exposure_id, held.incident_id, held.number)
    propose(record, again, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    assert close(record, again) == Refusal(("choice.two_statements_needed",))


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("outcome", [Outcome.VACATED, Outcome.REVERSED, Outcome.REMANDED])
def test_a_reversed_decision_puts_the_hold_back(record: Record, outcome: Outcome, *, named: bool) -> None:
    """Whether or not who records it names the decision that the release rested on."""
    held = released(record)
    assert ask(record, held) == ("no_active_hold", ())
    with record.database.transaction() as session:
        released_on = session.scalars(
            select(LedgerRow.codes).where(
                LedgerRow.verb == "hold.released", LedgerRow.subject_id == held.hold_id
            )
        ).one()["review"]
        form = order(session, outcome=outcome, supersedes_id=uuid.UUID(released_on) if named else None)
        casey = record.staff["casey"]
        record_review(session, record.vault, acting=casey, hold_id=held.hold_id, form=form)
    assert ask(record, held) == ("blocked", ("hold.active",))
    assert len(tasks(record, held, "hold_reinstated")) == 1


def test_days_are_counted_to_the_hour(record: Record) -> None:
    """71 hours are not 72."""
    held = someone(record)
    wait(record, 5 * DAY)
    state(record, held, ago=71 * HOUR + DAY)
    state(record, held, ago=DAY)
    propose(record, held, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    assert close(record, held) == Refusal(("choice.two_statements_needed",))


def test_what_somebody_said_before_the_hold_ends_none(record: Record) -> None:
    """A transfer of two statements from an older hold to a new one would let a choice outlive its ground."""
    held = someone(record)
    wait(record, 5 * DAY)
    state(record, held, ago=100 * HOUR)
    state(record, held, ago=20 * HOUR)
    with record.database.transaction() as session:
        about: dict[str, Any] = {"acting": record.staff["casey"], "person_id": held.person_id}
        reference = place_hold(session, record.vault, **about, basis=Basis.TRO, cites="1:26-cv-9")
        hold_id = session.scalars(select(Hold.id).where(Hold.reference == reference)).one()
    later = Held(held.person_id, hold_id, held.exposure_id, held.incident_id, held.number)
    for one in (held, later):
        propose(record, one, EndingKind.CLOSED_DEPARTED_BY_CHOICE)
    assert close(record, held) is None
    assert close(record, later) == Refusal(("choice.two_statements_needed",))
