"""Guarantee 2: one trigger dropped, altered or disabled closes the database, and the gate says why."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from holds.actions.check_removal import check_removal
from holds.actions.questions import Question
from holds.domain.decision import Answer, Decision
from holds.store import fingerprints, triggers
from holds.store.openness import closed_reasons
from tests.holds.store.record import Record
from wsgi import METADATA

DROP_GUARD = "DROP TRIGGER holdfast_gate_clearance"
GUARD = (
    "CREATE TRIGGER holdfast_gate_clearance BEFORE INSERT ON {on} EXECUTE FUNCTION holdfast_gate_clearance()"
)
ALWAYS = "ALTER TABLE clearance ENABLE ALWAYS TRIGGER holdfast_gate_clearance"
TURNED = (
    "CREATE OR REPLACE FUNCTION holdfast_now() RETURNS timestamptz LANGUAGE sql "
    "AS $$SELECT clock_timestamp() + interval '30 days'$$"
)
POSTGRESQL: dict[str, tuple[str, ...]] = {
    "dropped": ("DROP TRIGGER holdfast_gate_hold ON hold",),
    "disabled": ("ALTER TABLE clearance DISABLE TRIGGER holdfast_gate_clearance",),
    "all disabled": ("ALTER TABLE ledger_row DISABLE TRIGGER ALL",),
    "no longer always": ("ALTER TABLE removal ENABLE TRIGGER holdfast_gate_removal",),
    "function weakened": (
        "CREATE OR REPLACE FUNCTION holdfast_gate_clearance() RETURNS trigger "
        "LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ),
    "clock turned": (TURNED,),
    "clock hidden behind another": (
        TURNED,
        "CREATE FUNCTION holdfast_now(integer) RETURNS timestamptz LANGUAGE sql "
        f"AS $${triggers.POSTGRESQL_CLOCK}$$",
    ),
    "only when": (
        DROP_GUARD + " ON clearance",
        GUARD.format(on="clearance FOR EACH ROW WHEN (false)"),
        ALWAYS,
    ),
    "only for one column": (
        "DROP TRIGGER holdfast_epoch ON gate",
        "CREATE TRIGGER holdfast_epoch BEFORE UPDATE OF person_id ON gate FOR EACH ROW "
        "EXECUTE FUNCTION holdfast_epoch()",
        "ALTER TABLE gate ENABLE ALWAYS TRIGGER holdfast_epoch",
    ),
    "on another table": (DROP_GUARD + " ON clearance", GUARD.format(on="incident FOR EACH ROW")),
    "one of their own": (
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER a_swallow BEFORE INSERT ON hold FOR EACH ROW EXECUTE FUNCTION swallow()",
    ),
    "a rule that swallows holds": ("CREATE RULE swallow AS ON INSERT TO hold DO INSTEAD NOTHING",),
    "another search path": ("ALTER FUNCTION holdfast_gate_hold() SET search_path = pg_temp",),
    "another's rights": ("ALTER FUNCTION holdfast_now() SECURITY DEFINER",),
}
SQLITE: dict[str, tuple[str, ...]] = {
    "dropped": ("DROP TRIGGER holdfast_gate_hold",),
    "replace guard dropped": ("DROP TRIGGER holdfast_replace_ledger_row",),
    "weakened": (
        DROP_GUARD,
        "CREATE TRIGGER holdfast_gate_clearance BEFORE INSERT ON clearance BEGIN SELECT 1; END",
    ),
    "on another table": (
        "DROP TRIGGER holdfast_delete_hold",
        "CREATE TRIGGER holdfast_delete_hold BEFORE DELETE ON task "
        "BEGIN SELECT RAISE(ABORT, 'holdfast: record.append_only'); END",
    ),
    "clock turned": (
        "DROP VIEW holdfast_clock",
        "CREATE VIEW holdfast_clock AS SELECT '2099-01-01 00:00:00.000000' AS now",
    ),
    "one of their own": ("CREATE TRIGGER a_swallow BEFORE INSERT ON hold BEGIN SELECT RAISE(IGNORE); END",),
}


def _asked(session: Session, record: Record) -> Answer:
    question = Question(a_number="A900999999")
    return check_removal(session, record.database, acting=record.staff["field"], question=question)


def _closes(session: Session, record: Record, statements: tuple[str, ...]) -> None:
    assert _asked(session, record).decision is Decision.NOT_ON_RECORD
    for statement in statements:
        session.connection().exec_driver_sql(statement)
    assert "database.triggers_changed" in closed_reasons(session, record.vault.ring, METADATA)
    answer = _asked(session, record)
    assert answer.decision is Decision.BLOCKED
    assert "database.triggers_changed" in answer.reasons


@pytest.mark.parametrize("record", ["postgresql"], indirect=True)
@pytest.mark.parametrize("how", POSTGRESQL)
def test_a_changed_trigger_closes_postgresql(record: Record, as_owner: Session, how: str) -> None:
    _closes(as_owner, record, POSTGRESQL[how])


@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
@pytest.mark.parametrize("how", SQLITE)
def test_a_changed_trigger_closes_sqlite(record: Record, as_owner: Session, how: str) -> None:
    _closes(as_owner, record, SQLITE[how])


def test_every_single_trigger_is_missed(record: Record, as_owner: Session) -> None:
    """Drop each in turn: the fingerprint names exactly that one."""
    for trigger in triggers.triggers(METADATA, as_owner.get_bind().dialect.name):
        with as_owner.begin_nested() as step:
            on = "" if record.sqlite else f" ON public.{trigger.table}"
            as_owner.execute(text(f"DROP TRIGGER {trigger.name}{on}"))
            changed = fingerprints.changed(as_owner.connection(), METADATA)
            assert [name.removeprefix("trigger ") for name in changed] == [trigger.name]
            step.rollback()


def test_an_untouched_database_is_open(record: Record, taken_back: Session) -> None:
    assert fingerprints.changed(taken_back.connection(), METADATA) == ()
    assert closed_reasons(taken_back, record.vault.ring, METADATA) == ()
