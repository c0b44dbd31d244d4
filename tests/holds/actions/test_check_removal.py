"""Guarantee 2: missing, malformed, ambiguous, broken or closed: blocked. `not_on_record` needs it open."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from holds.actions import check_removal as checking
from holds.actions.check_removal import answer_check
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.domain.decision import Answer, Decision
from holds.domain.hold import Basis
from holds.store.base import new_id
from holds.store.engine import Database, make_engine
from holds.store.exposures import SourceList
from holds.store.key_ring import KeyRing, RingKey, new_ring
from holds.store.ledger_rows import LedgerRow
from holds.store.people import DataKey
from holds.store.vault import Vault
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Record, open_record

STRANGER = "A900999999"
BORN = "1990-02-03"


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def ask(record: Record, number: str, database: Database | None = None, **more: Any) -> Answer:
    question = Question(a_number=number, **more)
    return answer_check(database or record.database, acting=record.staff["field"], question=question)


def _said(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.decision.value, answer.reasons


def test_held_released_and_unknown(record: Record) -> None:
    held, free = someone(record), released(record)
    assert _said(ask(record, held.number)) == ("blocked", ("hold.active",))
    assert _said(ask(record, free.number)) == ("no_active_hold", ())
    assert _said(ask(record, STRANGER)) == ("not_on_record", ("identity.not_compared",))
    assert _said(ask(record, STRANGER, name="ROE, RICHARD", birth_date=BORN)) == ("not_on_record", ())


@pytest.mark.parametrize("written", ["A{0}", "a {0}", "A-{0}", "{0}", "A{1}-{2}-{3}", " A{0} "])
def test_however_the_number_is_written_the_person_is_found(record: Record, written: str) -> None:
    number = someone(record).number
    asked = written.format(number, number[:3], number[3:6], number[6:])
    assert _said(ask(record, asked)) == ("blocked", ("hold.active",))


@pytest.mark.parametrize(
    "number", ["", "  ", "unknown", "A12", "A9000000001", "900000.1", "9E8", "A90000000O"]
)
def test_an_unreadable_number_is_blocked(record: Record, number: str) -> None:
    answer = ask(record, number)
    assert answer.decision is Decision.BLOCKED
    assert "a_number.unreadable" in answer.reasons


def test_two_numbers_in_one_question_are_blocked(record: Record) -> None:
    assert ask(record, "A900999998 / A900999999").decision is Decision.BLOCKED


def test_every_hold_of_an_alias_blocks(record: Record) -> None:
    someone(record, a_numbers=("900777001", "900777002"))
    for alias in ("A900777001", "A900777002"):
        assert _said(ask(record, alias)) == ("blocked", ("hold.active",))


def test_several_people_under_one_number_are_blocked(record: Record) -> None:
    shared = ("900777003",)
    for name in ("DOE, JANE", "ROE, MARY"):
        released(record, a_numbers=shared, names=(name,))
    assert _said(ask(record, "A900777003")) == ("blocked", ("identity.several_people",))


def test_a_near_match_by_name_and_birth_date_is_blocked(record: Record) -> None:
    """Someone held without a number, or under another: the name and birth date are theirs."""
    someone(record, a_numbers=(), names=("QUISPE MAMANI, ROSA",), birth_dates=("1984-05-06",))
    asked: dict[str, Any] = {"name": "Rosa Quispe", "birth_date": "1984-05-06"}
    assert _said(ask(record, STRANGER, **asked)) == ("blocked", ("identity.near_match",))
    free = released(record, names=("OTHER, ONE",))
    assert "identity.near_match" in ask(record, free.number, **asked).reasons
    other_day = {**asked, "birth_date": "1984-05-07"}
    assert ask(record, STRANGER, **other_day).decision is Decision.NOT_ON_RECORD


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "ROE, RICHARD", "birth_date": BORN},
        {"name": "DOE, JANE", "birth_date": "1991-02-03"},
        {"birth_date": "1991-02-03"},
        {"name": "ROE, RICHARD"},
    ],
)
def test_a_number_that_belongs_to_somebody_else_is_blocked(record: Record, asked: dict[str, Any]) -> None:
    free = released(record, names=("DOE, JANE",), birth_dates=(BORN,))
    assert _said(ask(record, free.number, name="DOE, JANE", birth_date=BORN)) == ("no_active_hold", ())
    assert _said(ask(record, free.number, **asked)) == ("blocked", ("identity.conflict",))


def test_a_shredded_person_stays_blocked(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        session.delete(session.get_one(DataKey, held.person_id))
    assert _said(ask(record, held.number, name="ROE, RICHARD")) == ("blocked", ("hold.active",))


def _with_ring(record: Record, ring: KeyRing) -> Database:
    return Database(record.database.engine, Vault(ring, record.home), record.database.metadata)


def test_under_a_wrong_ring_nobody_is_unknown(record: Record) -> None:
    """With a wrong key file every look-up finds nobody; that must not read as `not on record`."""
    keys = record.vault.ring.keys
    same_ids = KeyRing(tuple(RingKey(key.id, key.purpose, bytes(32)) for key in keys))
    no_index = KeyRing(tuple(key for key in keys if key.purpose != "index.a_number"))
    held = someone(record)
    for ring in (new_ring(), same_ids, no_index):
        for number in (held.number, STRANGER):
            answer = ask(record, number, _with_ring(record, ring))
            assert _said(answer) == ("blocked", ("keys.not_of_this_database",))


def _list_row(record: Record, **changes: Any) -> dict[str, Any]:
    operator = record.staff["operator"]
    row = {
        "id": new_id(),
        "organisation_id": operator.organisation_id,
        "kind": "facilities",
        "version": 1,
        "sha256": bytes(32),
        "state": "importing",
        "heading": [],
        "counts": {},
        "imported_by": operator.id,
    }
    return {**row, **changes}


def test_while_an_import_is_unfinished_nobody_is_unknown(record: Record) -> None:
    row = _list_row(record)
    with record.database.transaction() as session:
        session.execute(insert(SourceList), [row])
    assert _said(ask(record, STRANGER)) == ("blocked", ("import.unfinished",))
    with record.database.transaction() as session:
        session.execute(update(SourceList).where(SourceList.id == row["id"]).values(state="done"))
    assert ask(record, STRANGER).decision is Decision.NOT_ON_RECORD


def test_a_demo_answers_for_no_real_number(record: Record) -> None:
    assert _said(ask(record, "A899999999")) == ("blocked", ("database.demo",))


def test_a_database_that_is_gone_blocks(record: Record) -> None:
    if record.sqlite:
        gone = make_engine(f"sqlite:///{record.home / 'nowhere' / 'holdfast.db'}")
    else:
        gone = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    answer = ask(record, STRANGER, Database(gone, record.vault, record.database.metadata))
    assert answer.decision is Decision.BLOCKED
    assert "error.no_answer" in answer.reasons


def test_an_empty_database_that_was_never_set_up_blocks(record: Record) -> None:
    """SQLite makes a missing file anew and empty: that must not read as a record without people."""
    engine = make_engine(f"sqlite:///{record.home / 'empty.db'}")
    answer = ask(record, STRANGER, Database(engine, record.vault, record.database.metadata))
    assert _said(answer) == ("blocked", ("database.migrations_not_current", "error.no_answer"))
    engine.dispose()


@pytest.mark.parametrize("where", ["read_questions", "look", "recognise", "decide_check", "write_ledger"])
def test_whatever_breaks_inside_is_blocked(
    record: Record, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    free = released(record)

    def broken(*_args: object, **_kw: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(checking, where, broken)
    assert _said(ask(record, free.number)) == ("blocked", ("error.no_answer",))


def test_who_may_not_ask_gets_no_answer(record: Record) -> None:
    free = released(record)
    question = Question(a_number=free.number)
    answer = answer_check(record.database, acting=record.staff["system"], question=question)
    assert answer.decision is Decision.BLOCKED


def test_every_answer_is_in_the_ledger_and_names_nobody_there(record: Record) -> None:
    held = someone(record)
    answer = ask(record, held.number, name="DOE, JANE", birth_date=BORN)
    with record.database.reading() as session:
        row = session.scalars(
            select(LedgerRow).where(
                LedgerRow.person_id == held.person_id, LedgerRow.verb == "removal.checked"
            )
        ).one()
        assert str(row.id) == answer.reference
        assert row.codes == {"decision": "blocked", "reasons": ["hold.active"]}
        assert row.actor_id == record.staff["field"].id
        before = session.scalar(select(func.count()).select_from(LedgerRow)) or 0
    ask(record, "not a number")
    ask(record, STRANGER)
    with record.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(LedgerRow)) == before + 2


def test_a_new_hold_changes_the_answer_at_commit(record: Record) -> None:
    free = released(record)
    with Session(record.database.engine) as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=free.person_id,
            basis=Basis.HABEAS,
            cites="1:26-cv-9",
        )
        session.commit()
    assert _said(ask(record, free.number)) == ("blocked", ("hold.active",))
