"""One key, one effect: repeated at the same moment, after a lost answer, a crash, a refusal."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from holds.actions import idempotent_calls
from holds.store.api_clients import KeptAnswer
from holds.store.gates import Clearance, Removal
from tests.holds.api.calling import Caller, new_key
from tests.holds.store.life import released, someone
from tests.holds.store.record import Held, Record

AT_ONCE = 6


def count(record: Record, table: type[Clearance] | type[Removal], held: Held) -> int:
    with record.database.reading() as session:
        return session.scalar(select(func.count()).where(table.person_id == held.person_id)) or 0


def at_once(call: Callable[[int], TestResponse]) -> list[TestResponse]:
    """The same call from several threads that begin together."""
    ready, answers = threading.Barrier(AT_ONCE), list[TestResponse]()

    def ask(number: int) -> None:
        ready.wait()
        answers.append(call(number))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_same_call_at_the_same_moment_has_one_effect(record: Record, office: Caller) -> None:
    free, clear, board = released(record), new_key(), new_key()
    cleared = at_once(lambda _: office.clear(free.number, once=clear))
    assert {answer.status_code for answer in cleared} == {201}
    assert len({answer.get_json()["clearance"] for answer in cleared}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in cleared) == 1
    assert count(record, Clearance, free) == 1
    clearance = cleared[0].get_json()["clearance"]
    boarded = at_once(lambda _: office.board(clearance, once=board))
    assert len({answer.get_json()["removal"] for answer in boarded}) == 1
    assert count(record, Removal, free) == 1


def test_one_clearance_under_many_keys_boards_once(record: Record, office: Caller) -> None:
    free = released(record)
    clearance = office.clear(free.number).get_json()["clearance"]
    answers = at_once(lambda _: office.board(clearance, once=new_key()))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (AT_ONCE - 1)
    assert count(record, Removal, free) == 1


def test_two_bodies_under_one_key_at_the_same_moment_have_one_effect(record: Record, office: Caller) -> None:
    free, once = released(record), new_key()
    answers = at_once(
        lambda number: office.clear(free.number, once=once, destination="Cuba" if number % 2 else "Haiti")
    )
    kinds = {(answer.status_code, answer.get_json().get("code")) for answer in answers}
    assert kinds == {(201, None), (422, "idempotency.another_body")}
    assert count(record, Clearance, free) == 1


def test_a_refusal_is_repeated_word_for_word(record: Record, office: Caller) -> None:
    held, once = someone(record), new_key()
    first, again = office.clear(held.number, once=once), office.clear(held.number, once=once)
    assert (first.status_code, again.status_code) == (409, 409)
    assert first.get_json() == again.get_json()
    assert again.headers["Idempotent-Replayed"] == "true"
    other = office.clear(held.number, once=once, destination="Haiti")
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency.another_body")
    elsewhere = office.board("AAAAAAAAAA", once=once)
    assert elsewhere.get_json()["code"] == "idempotency.another_body"


def test_an_answer_that_was_lost_after_the_commit_is_given_again(
    record: Record, office: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, once = released(record), new_key()

    def lost(*_args: Any, **_kw: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr("holds.api.desk.respond", lost)
        with pytest.raises(ConnectionResetError):
            office.clear(free.number, once=once)
    assert count(record, Clearance, free) == 1
    again = office.clear(free.number, once=once)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert count(record, Clearance, free) == 1


def test_what_broke_before_the_commit_left_nothing_and_is_done_when_repeated(
    record: Record, office: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, once = released(record), new_key()

    def broken(_session: Session, *_args: Any) -> None:
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patch:
        patch.setattr(idempotent_calls, "note_suspicion", broken)
        assert office.clear(free.number, once=once).status_code == 500
    assert count(record, Clearance, free) == 0
    with record.database.reading() as session:
        assert session.scalars(select(KeptAnswer.key).where(KeptAnswer.key == once)).all() == []
    answer = office.clear(free.number, once=once)
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers
    assert count(record, Clearance, free) == 1
