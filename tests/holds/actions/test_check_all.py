"""One person and a whole manifest are asked the same way: by one statement, with the same answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from holds.actions.check_removal import answer_check, check_all
from holds.actions.questions import Question
from holds.domain.decision import Answer
from holds.domain.person_name import all_pairs, name_tokens, pairs_of
from holds.store.ledger_rows import LedgerRow
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Record, open_record

BORN = "1984-05-06"


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture(scope="module")
def numbers(record: Record) -> tuple[str, ...]:
    """Held, free, free with another's name, two under one number, held by name alone, nobody, unreadable."""
    held, free = someone(record, names=("QUISPE, ROSA",), birth_dates=(BORN,)), released(record)
    namesake = released(record, names=("OTHER, ONE",), nationality="CU")
    for name in ("DOE, JANE", "ROE, MARY"):
        released(record, a_numbers=("900777003",), names=(name,))
    someone(record, a_numbers=(), names=("WARSAME, AMINA",))
    return (
        held.number,
        free.number,
        namesake.number,
        "900777003",
        "900999999",
        "unknown",
        "900999998/900999997",
    )


def ask_all(record: Record, questions: Sequence[Question]) -> list[Answer]:
    with record.database.transaction() as session:
        checked = check_all(session, record.database, acting=record.staff["field"], questions=questions)
    return [one.answer for one in checked]


@contextmanager
def statements(record: Record) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile, as the driver itself gets it: the first word of each."""
    sent: list[str] = []

    def note(statement: object) -> None:
        sent.append(str(statement).split(maxsplit=1)[0].upper())

    class Noting(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Self:
            note(query)
            return super().execute(query, params, **more)

    def watch(connection: Any, _record: object, _proxy: object) -> None:
        if isinstance(connection, psycopg.Connection):
            connection.cursor_factory = Noting
        else:
            connection.set_trace_callback(note)

    def leave(connection: Any, _record: object) -> None:
        if isinstance(connection, psycopg.Connection):
            connection.cursor_factory = psycopg.Cursor
        elif connection is not None:
            connection.set_trace_callback(None)

    watched = (("checkout", watch), ("checkin", leave))
    for name, listener in watched:
        event.listen(record.database.engine, name, listener)
    try:
        yield sent
    finally:
        for name, listener in watched:
            event.remove(record.database.engine, name, listener)


@pytest.mark.parametrize("lines", [1, 1_000])
def test_however_many_lines_it_is_one_data_query_and_one_insert(
    record: Record, numbers: tuple[str, ...], lines: int
) -> None:
    held, free = numbers[:2]
    names = {held: "Rosa Quispe", free: "Jane Doe"}
    questions = [
        Question(a_number=number, name=names[number], birth_date=BORN)
        for number in ((held, free) * lines)[:lines]
    ]
    ask_all(record, questions[:1])  # the first look of a process is the full one
    with statements(record) as sent:
        answers = ask_all(record, questions)
    assert len(answers) == lines
    done = [word for word in sent if word in {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE"}]
    if (
        record.database.engine.dialect.name == "sqlite"
    ):  # which tells of each row, and of what its triggers do
        done = sorted(set(done) - {"WITH"}) + [word for word in done if word == "WITH"]
    assert sorted(done) == ["INSERT", "WITH"]
    with record.database.reading() as session:
        references = session.scalars(select(LedgerRow.id).where(LedgerRow.verb == "removal.checked")).all()
    assert {answer.reference for answer in answers} <= {str(reference) for reference in references}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_line_is_answered_as_if_it_were_asked_alone(
    record: Record, numbers: tuple[str, ...], data: st.DataObject
) -> None:
    one = st.builds(
        Question,
        a_number=st.sampled_from(numbers),
        name=st.sampled_from([None, "Rosa Quispe", "OTHER, ONE", "Amina Warsame", "?"]),
        birth_date=st.sampled_from([None, BORN, "1990-02-03", "someday"]),
        country=st.sampled_from([None, "CU", "HT"]),
    )
    questions = data.draw(st.lists(one, min_size=1, max_size=12))
    together = ask_all(record, questions)
    for question, answer in zip(questions, together, strict=True):
        alone = answer_check(record.database, acting=record.staff["field"], question=question)
        assert (answer.decision, answer.reasons) == (alone.decision, alone.reasons)


@given(st.text(max_size=60))
def test_pairs_are_those_of_the_tokens(name: str) -> None:
    assert pairs_of(name_tokens(name)) == all_pairs(name)
