"""Near matches and their judgement: blocked until two people say it is somebody else; nothing else frees."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from holds.actions.check_removal import answer_check
from holds.actions.judge import JudgementRefusedError, confirm_judgement, judge
from holds.actions.questions import Question
from holds.domain.decision import Answer, Decision
from holds.domain.judgement import PROMISE, Effect, Verdict
from holds.domain.staff import NotAllowedError
from holds.store.judgements import Doubt, DoubtNumber, Judgement
from holds.store.ledger_rows import LedgerRow
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Held, Record, open_record

BORN = dt.date(1990, 4, 25)
HELD_AS = {"names": ("PEREZ, ANA MARIA",), "birth_dates": ("1990-04-25",)}


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def ask(record: Record, number: str, name: str = "Perez, Ana", born: dt.date = BORN) -> Answer:
    question = Question(a_number=number, name=name, birth_dates=(born,))
    return answer_check(record.database, acting=record.staff["field"], question=question)


def the_doubt(record: Record, held: Held) -> Doubt:
    with record.database.reading() as session:
        return session.scalars(select(Doubt).where(Doubt.subject_id == held.person_id)).one()


def say(record: Record, doubt_id: uuid.UUID, verdict: Verdict, who: str = "casey") -> None:
    with record.database.transaction() as session:
        judge(
            session,
            record.vault,
            acting=record.staff[who],
            doubt_id=doubt_id,
            verdict=verdict,
            reason="Compared photograph and file.",
        )


def confirm(record: Record, doubt_id: uuid.UUID, who: str = "sunny") -> Effect:
    with record.database.transaction() as session:
        return confirm_judgement(session, record.vault, acting=record.staff[who], doubt_id=doubt_id)


def test_a_near_match_is_queued_once_and_due_in_fifteen_minutes(record: Record) -> None:
    held = someone(record, **HELD_AS)
    for _ in range(3):
        answer = ask(record, "A900888001")
        assert (answer.decision, answer.reasons) == (Decision.BLOCKED, ("identity.near_match",))
    doubt = the_doubt(record, held)
    assert doubt.kind == "near_match"
    assert doubt.due_at is not None
    assert doubt.due_at == doubt.raised_at + PROMISE or abs(
        doubt.due_at - doubt.raised_at - PROMISE
    ) < dt.timedelta(seconds=2)
    ask(record, "A900888002")
    with record.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Doubt)) == 2
        raised = select(func.count()).where(LedgerRow.verb == "doubt.raised")
        assert session.scalar(raised) == 2
        values = session.scalars(select(DoubtNumber.value)).all()
    assert all(b"900888" not in value for value in values)
    assert b"900888" not in (doubt.sealed_question or b"")


def test_two_people_free_the_number_and_only_that_number(record: Record) -> None:
    held = someone(record, **HELD_AS)
    ask(record, "A900888001")
    ask(record, "A900888002")
    with record.database.reading() as session:
        first = session.scalars(select(Doubt.id).order_by(Doubt.id)).first()
    assert first is not None
    say(record, first, Verdict.NEGATIVE)
    assert ask(record, "A900888001").decision is Decision.BLOCKED
    with pytest.raises(JudgementRefusedError, match="second person"):
        confirm(record, first, "casey")
    with pytest.raises(NotAllowedError):
        confirm(record, first, "field")
    with pytest.raises(NotAllowedError):
        confirm(record, first, "inside")
    assert ask(record, "A900888001").decision is Decision.BLOCKED
    assert confirm(record, first) is Effect.LIFT_NEAR_MATCH
    assert ask(record, "A900888001").decision is Decision.NOT_ON_RECORD
    assert ask(record, "A-900-888-001").decision is Decision.NOT_ON_RECORD
    assert ask(record, "A900888002").decision is Decision.BLOCKED
    assert ask(record, held.number).reasons == ("hold.active",)


def test_one_later_doubt_blocks_again(record: Record) -> None:
    held = someone(record, **HELD_AS)
    ask(record, "A900888001")
    doubt_id = the_doubt(record, held).id
    say(record, doubt_id, Verdict.NEGATIVE)
    confirm(record, doubt_id)
    say(record, doubt_id, Verdict.UNSURE, "sol")
    assert ask(record, "A900888001").reasons == ("identity.near_match",)
    with pytest.raises(JudgementRefusedError, match="unsure"):
        confirm(record, doubt_id)
    say(record, doubt_id, Verdict.NEGATIVE, "sol")
    confirm(record, doubt_id)
    assert ask(record, "A900888001").decision is Decision.NOT_ON_RECORD
    with record.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Judgement)) == 3


def test_another_person_of_the_same_name_still_blocks(record: Record) -> None:
    """A judgement frees a number of one near match, not of everybody with that name."""
    held = someone(record, **HELD_AS)
    ask(record, "A900888001")
    doubt_id = the_doubt(record, held).id
    say(record, doubt_id, Verdict.NEGATIVE)
    confirm(record, doubt_id)
    someone(record, **HELD_AS)
    assert ask(record, "A900888001").reasons == ("identity.near_match",)


def test_the_same_person_is_held_under_the_new_number_too(record: Record) -> None:
    held = someone(record, **HELD_AS)
    ask(record, "A900888001")
    doubt_id = the_doubt(record, held).id
    say(record, doubt_id, Verdict.POSITIVE)
    assert confirm(record, doubt_id) is Effect.ADD_NUMBER
    assert ask(record, "A900888001").reasons == ("hold.active",)
    bare = Question(a_number="900888001")
    answer = answer_check(record.database, acting=record.staff["field"], question=bare)
    assert answer.reasons == ("hold.active",)
    with record.database.reading() as session:
        told = set(session.scalars(select(LedgerRow.verb).where(LedgerRow.person_id == held.person_id)))
    assert {"doubt.raised", "doubt.judged", "doubt.confirmed", "person.number_added"} <= told


def test_who_is_no_longer_held_raises_no_near_match(record: Record) -> None:
    released(record, **HELD_AS)
    assert ask(record, "A900888001").decision is Decision.NOT_ON_RECORD
    with record.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Doubt)) == 0


def test_a_judgement_needs_its_reason_and_an_open_doubt(record: Record) -> None:
    held = someone(record, **HELD_AS)
    ask(record, "A900888001")
    doubt_id = the_doubt(record, held).id
    with record.database.transaction() as session, pytest.raises(JudgementRefusedError, match="reason"):
        judge(
            session,
            record.vault,
            acting=record.staff["casey"],
            doubt_id=doubt_id,
            verdict=Verdict.NEGATIVE,
            reason="  ",
        )
    with pytest.raises(JudgementRefusedError, match="Nobody has judged"):
        confirm(record, doubt_id)
    with pytest.raises(JudgementRefusedError, match="nothing to judge"):
        say(record, uuid.uuid4(), Verdict.NEGATIVE)
