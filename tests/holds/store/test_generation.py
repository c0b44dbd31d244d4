"""Guarantee 2, without a window: what an owner takes away, in a transaction of their own, is seen by the very
next check of a process that had just found everything as shipped."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, MetaData

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Decision
from holds.store import fingerprints
from tests.holds.store.life import released
from tests.holds.store.record import BACKENDS, Record, open_record

TURNED = "CREATE OR REPLACE FUNCTION public.holdfast_now() RETURNS timestamptz LANGUAGE sql AS "
POSTGRESQL = {
    "dropped": ("DROP TRIGGER holdfast_gate_clearance ON clearance", "database.triggers_changed"),
    "disabled": ("ALTER TABLE hold DISABLE TRIGGER holdfast_gate_hold", "database.triggers_changed"),
    "no longer always": (
        "ALTER TABLE removal ENABLE TRIGGER holdfast_gate_removal",
        "database.triggers_changed",
    ),
    "clock turned": (TURNED + "$$SELECT clock_timestamp()$$", "database.triggers_changed"),
    "a rule": ("CREATE RULE swallow AS ON INSERT TO hold DO INSTEAD NOTHING", "database.triggers_changed"),
    "constraint dropped": (
        "ALTER TABLE hold_ending DROP CONSTRAINT ck_hold_ending_two_people",
        "database.tables_weakened",
    ),
    "keys off": ("ALTER TABLE person DISABLE TRIGGER ALL", "database.tables_weakened"),
    "rows hidden": ("ALTER TABLE hold ENABLE ROW LEVEL SECURITY", "database.tables_weakened"),
    "a child table": ("CREATE TABLE public.more () INHERITS (public.hold)", "database.tables_weakened"),
}
SQLITE = {
    "dropped": ("DROP TRIGGER holdfast_gate_clearance", "database.triggers_changed"),
    "one of their own": (
        "CREATE TRIGGER a_swallow BEFORE INSERT ON hold BEGIN SELECT RAISE(IGNORE); END",
        "database.triggers_changed",
    ),
    # Written past the parser: no counter of the file moves.
    "constraint gone": (
        "UPDATE sqlite_master SET sql = replace(sql, 'ck_hold_ending_two_people', 'ck_x') "
        "WHERE name = 'hold_ending'",
        "database.tables_weakened",
    ),
}
PREPARED_AFTER = 12
"""Asked so often, the server has the statement prepared, and no plan of it may hide what changed."""
CASES = [("postgresql", how) for how in POSTGRESQL] + [("sqlite", how) for how in SQLITE]


@pytest.fixture
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record of one test's own: what it does to the schema is committed."""
    yield from open_record(request, tmp_path_factory)


@pytest.mark.parametrize(("record", "how"), CASES, indirect=["record"])
def test_the_very_next_check_is_blocked(record: Record, how: str) -> None:
    free = released(record)
    question = Question(a_number=free.number)

    def ask() -> tuple[Decision, tuple[str, ...]]:
        answer = answer_check(record.database, acting=record.staff["field"], question=question)
        return answer.decision, answer.reasons

    for _ in range(PREPARED_AFTER):
        assert ask() == (Decision.NO_ACTIVE_HOLD, ())
    statement, reason = (SQLITE if record.sqlite else POSTGRESQL)[how]
    with record.owner.connect() as owner:
        if record.sqlite:
            owner.exec_driver_sql("PRAGMA writable_schema = ON")
        owner.exec_driver_sql(statement)
        owner.commit()
    decision, reasons = ask()
    assert decision is Decision.BLOCKED
    assert reason in reasons


@pytest.mark.parametrize("record", BACKENDS, indirect=True)
def test_the_full_look_is_taken_once_while_nothing_changes(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, looks = released(record), list[int]()
    real = fingerprints.changed

    def counted(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
        looks.append(1)
        return real(connection, metadata)

    monkeypatch.setattr(fingerprints, "changed", counted)
    for _ in range(3):
        answer = answer_check(
            record.database, acting=record.staff["field"], question=Question(a_number=free.number)
        )
        assert answer.decision is Decision.NO_ACTIVE_HOLD
    assert len(looks) <= 1
