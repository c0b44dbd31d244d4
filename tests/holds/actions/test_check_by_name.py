"""Held with neither number nor birth date: the name alone must find them, or nothing ever would."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Answer, Decision
from holds.domain.person import PersonFacts
from holds.store.facts import facts_of, seal_facts
from holds.store.people import DataKey, Person
from tests.holds.store.life import released, someone, wait
from tests.holds.store.record import BACKENDS, Record, database_now, open_record

STRANGER = "A900999999"
NEAR = ("blocked", ("identity.near_match",))
NOT_COMPARED = ("not_on_record", ("identity.not_compared",))


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def ask(record: Record, number: str = STRANGER, **more: Any) -> Answer:
    question = Question(a_number=number, **more)
    return answer_check(record.database, acting=record.staff["field"], question=question)


def said(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.decision.value, answer.reasons


@pytest.mark.parametrize("name", ["Amina Warsame", "WARSAME, AMINA", "Amina Noor Warsame"])
@pytest.mark.parametrize("birth_date", [None, "1988-07-08"])
def test_a_name_alone_blocks_whoever_may_be_held_under_it(
    record: Record, name: str, birth_date: str | None
) -> None:
    someone(record, a_numbers=(), names=("WARSAME, AMINA",))
    assert said(ask(record, name=name, birth_date=birth_date)) == NEAR
    assert said(ask(record, name="Omar Warsame")) == NOT_COMPARED


def test_who_is_known_by_one_word_is_found_by_it(record: Record) -> None:
    someone(record, a_numbers=(), names=("SUHARTONO",))
    assert said(ask(record, name="Bambang Suhartono")) == NEAR


def test_a_free_person_with_that_name_is_blocked_until_somebody_judged(record: Record) -> None:
    someone(record, a_numbers=(), names=("TESFAYE, ABEL",))
    free = released(record, names=("TESFAYE, ABEL",), birth_dates=("1990-01-31",))
    assert said(ask(record, free.number, name="Abel Tesfaye")) == NEAR


def test_a_number_or_a_birth_date_on_record_makes_the_name_alone_too_little(record: Record) -> None:
    someone(record, names=("KEBEDE, SARA",))
    someone(record, a_numbers=(), names=("KEBEDE, RUTH",), birth_dates=("1991-02-03",))
    assert said(ask(record, name="Sara Kebede")) == NOT_COMPARED
    assert said(ask(record, name="Ruth Kebede")) == NOT_COMPARED
    assert said(ask(record, name="Ruth Kebede", birth_date="1991-02-03")) == NEAR


def test_a_birth_date_that_came_later_is_what_is_asked_for(record: Record) -> None:
    held = someone(record, a_numbers=(), names=("HAILU, MERON",))
    assert said(ask(record, name="Meron Hailu")) == NEAR
    with record.database.transaction() as session:
        facts = facts_of(session, record.vault, [held.person_id])[held.person_id]
        known = facts.merged_with(PersonFacts(birth_dates=("1993-04-05",)))
        sealed = seal_facts(record.vault.key(session, held.person_id), known)
        session.execute(update(Person).where(Person.id == held.person_id).values(sealed_facts=sealed))
    assert said(ask(record, name="Meron Hailu")) == NOT_COMPARED


def test_the_shredded_stay_blocked_by_name(record: Record) -> None:
    held = someone(record, a_numbers=(), names=("ABDI, HODAN",))
    with record.database.transaction() as session:
        session.delete(session.get_one(DataKey, held.person_id))
    assert said(ask(record, name="Hodan Abdi")) == NEAR


@pytest.mark.parametrize("name", ["", "  ", "?", "-"])
def test_a_name_without_a_word_compares_nothing(record: Record, name: str) -> None:
    assert said(ask(record, name=name, birth_date="1990-01-31")) == NOT_COMPARED


@pytest.mark.parametrize("birth_date", ["unknown", "31-FEB-1980", "?"])
def test_an_unreadable_birth_date_is_blocked(record: Record, birth_date: str) -> None:
    assert said(ask(record, name="X Y", birth_date=birth_date)) == ("blocked", ("birth_date.unreadable",))


def test_the_birth_date_is_read_by_the_databases_clock(record: Record) -> None:
    """A date that is still to come by that clock is none, whatever the host says."""
    with record.database.reading() as session:
        ahead = database_now(session) + dt.timedelta(days=30)
    day = ahead.date().isoformat()
    assert said(ask(record, birth_date=day)) == ("blocked", ("birth_date.unreadable",))
    wait(record, dt.timedelta(days=31))
    assert ask(record, birth_date=day).decision is Decision.NOT_ON_RECORD
