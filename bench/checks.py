"""A single check and a manifest, each beside the same SELECT and INSERT run raw on the same connection."""

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench.figures import Figure, Pair, side_by_side
from bench.ground import Ground, Listed
from holds.actions.check_removal import answer_check, check_all
from holds.actions.questions import Question, index_keys_of, read_questions
from holds.domain.decision import Decision
from holds.domain.departure import DepartureKind
from holds.store.base import new_id
from holds.store.gate_query import GATE_QUERY, asking
from holds.store.outside import look_outside
from holds.store.sealing import index_values
from holds.store.standing import parameters

SINGLE, MANIFEST = 3.0, 2.0
LINES = 1_000
POSTGRESQL = {
    "select": "SELECT person_id FROM person_index WHERE kind = 'a_number' AND value = %s",
    "insert": "INSERT INTO ledger_row (id, organisation_id, actor_id, verb, subject_id, person_id, codes, "
    "commitment, at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, holdfast_now())",
}
SQLITE = {
    "select": POSTGRESQL["select"].replace("%s", "?"),
    "insert": POSTGRESQL["insert"]
    .replace("%s", "?")
    .replace("holdfast_now()", "(SELECT now FROM holdfast_clock)"),
}


def question(one: Listed, *, number_only: bool = False) -> Question:
    """What an officer's system asks."""
    journey: dict[str, str | int] = {"departure_kind": "removal", "destination": "CU", "stage": "boarding"}
    if number_only:
        return Question(a_number=f"A{one.number}", departure_kind=DepartureKind.REMOVAL, journey=journey)
    return Question(
        a_number=f"A{one.number}",
        name=one.name,
        birth_date=one.born.isoformat(),
        country="CU",
        departure_kind=DepartureKind.REMOVAL,
        journey=journey,
    )


def single(ground: Ground) -> list[Figure]:
    """One check with its committed ledger row, against one indexed SELECT and one ledger INSERT committed."""
    backend = ground.database.engine.dialect.name
    people = itertools.cycle(ground.people)
    found = []
    for name, number_only in (("number, name, birth date, country", False), ("number alone", True)):

        def ours(number_only: bool = number_only) -> None:
            asked = question(next(people), number_only=number_only)
            answer = answer_check(ground.database, acting=ground.officer, question=asked)
            if answer.reasons != ("hold.active",):
                raise RuntimeError(f"the bench was answered {answer.reasons}")

        with one_connection(ground) as cursor:
            pair = side_by_side(ours, _raw_single(ground, cursor), rounds=5, times=30)
        found.append(
            _figure(f"a  single check, {backend}: {name}", pair, SINGLE if backend == "postgresql" else None)
        )
    return found


def _figure(name: str, pair: Pair, bar: float | None) -> Figure:
    return Figure(name, pair.ratio, "×", pair.detail, bar)


@contextmanager
def one_connection(ground: Ground) -> Iterator[Callable[[], Any]]:
    """The driver's own connection, the same that the engine's pool of one hands out to us."""
    ground.database.engine.dispose()
    first = ground.database.engine.raw_connection()
    connection = first.driver_connection
    first.close()

    def driver() -> Any:
        return connection

    yield driver
    again = ground.database.engine.raw_connection()
    if again.driver_connection is not connection:
        raise RuntimeError("the two were not measured on one connection")
    again.close()


def _raw_single(ground: Ground, driver: Callable[[], Any]) -> Callable[[], None]:
    sqlite = ground.database.engine.dialect.name == "sqlite"
    texts = SQLITE if sqlite else POSTGRESQL
    people = itertools.cycle(ground.people)
    ring = ground.database.vault.ring

    def raw() -> None:
        ((_, value),) = index_values(ring, "a_number", next(people).number)
        connection = driver()
        if sqlite:
            connection.execute("BEGIN IMMEDIATE")
        cursor = connection.cursor()
        ((person,),) = cursor.execute(texts["select"], (value,)).fetchall()
        cursor.execute(texts["insert"], _row(ground, person))
        connection.commit()

    return raw


def _row(ground: Ground, person: Any) -> tuple[Any, ...]:
    sqlite = ground.database.engine.dialect.name == "sqlite"
    acting, row_id = ground.officer, new_id()
    codes = json.dumps({"decision": "blocked", "reasons": ["hold.active"], "stage": "boarding"})

    def shown(value: Any) -> Any:
        return value.hex if sqlite and isinstance(value, uuid.UUID) else value

    row = (row_id, acting.organisation_id, acting.id, "removal.checked", person, person, codes, bytes(32))
    return tuple(shown(value) for value in row)


def manifest(ground: Ground, *, on_record: int) -> Figure:
    """A manifest's lines answered, their ledger rows committed; against its one query run raw with the same
    indexes as its parameters, and the same number of ledger rows inserted raw."""
    lines = (*ground.people[:on_record], *ground.strangers[: LINES - on_record])
    questions = [question(one) for one in lines]
    backend = ground.database.engine.dialect.name

    def ours() -> None:
        checked = ground.database.run(
            lambda session: check_all(session, ground.database, acting=ground.officer, questions=questions)
        )
        blocked = sum(one.answer.decision is Decision.BLOCKED for one in checked)
        if (len(checked), blocked) != (LINES, on_record):
            raise RuntimeError(f"{blocked} of {len(checked)} lines were blocked")

    with one_connection(ground) as driver:
        raw = _raw_manifest(ground, driver, questions, on_record)
        pair = side_by_side(ours, raw, rounds=5, times=5)
    name = f"b  manifest of {LINES:,} lines, {backend}: {on_record:,} on record"
    return _figure(name, pair, MANIFEST if backend == "postgresql" else None)


def _raw_manifest(
    ground: Ground, driver: Callable[[], Any], questions: Sequence[Question], on_record: int
) -> Callable[[], None]:
    sqlite = ground.database.engine.dialect.name == "sqlite"
    backend, texts = ground.database.engine.dialect.name, SQLITE if sqlite else POSTGRESQL
    keys, today = index_keys_of(ground.database.vault.ring), dt.datetime.now(dt.UTC).date()
    asked = read_questions(keys, questions, today=today)
    outside = look_outside(ground.database.outside) if ground.database.outside else None
    terms = [term for one in asked for term in one.terms]
    standing = parameters(outside, backend)

    def raw() -> None:
        values = {**asking(terms, backend), **standing}  # no query runs without its parameters
        connection = driver()
        if sqlite:
            connection.execute("BEGIN IMMEDIATE")
        cursor = connection.cursor()
        rows = cursor.execute(GATE_QUERY[backend], values).fetchall()
        people = [row[2] for row in rows if row[0] == "member"]
        if len(people) != on_record:
            raise RuntimeError(f"the raw query found {len(people)} people")
        cursor.executemany(texts["insert"], [_row(ground, person) for person in people])
        connection.commit()

    return raw
