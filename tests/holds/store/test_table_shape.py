"""Guarantee 2: a constraint dropped, a key switched off or a row hidden closes the database."""

import pytest
from sqlalchemy import text

from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Decision
from holds.store import triggers
from holds.store.table_shape import weakened
from tests.holds.store.life import someone
from tests.holds.store.record import Record
from wsgi import METADATA

POSTGRESQL = {
    "two people no more": "ALTER TABLE hold_ending DROP CONSTRAINT ck_hold_ending_two_people",
    "a hold of nobody": "ALTER TABLE hold DROP CONSTRAINT fk_hold_person_id",
    "keys not kept": "ALTER TABLE person DISABLE TRIGGER ALL",
    "rows hidden": "ALTER TABLE hold ENABLE ROW LEVEL SECURITY",
}


def taken_away(record: Record, statement: str) -> tuple[str, ...]:
    """What is noticed while a change of the owner's stands; it is rolled back."""
    with record.owner.connect() as connection:
        connection.execute(text(statement))
        found = weakened(connection, METADATA)
        connection.rollback()
    return found


def test_as_shipped_nothing_is_missing(record: Record) -> None:
    with record.owner.connect() as connection:
        assert weakened(connection, METADATA) == ()


@pytest.mark.parametrize("name", sorted(POSTGRESQL))
def test_what_an_owner_takes_away_is_noticed(record: Record, name: str) -> None:
    if record.owner.dialect.name == "sqlite":
        with record.owner.connect() as connection:
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            triggers.uninstall(connection)
            connection.exec_driver_sql(
                "UPDATE sqlite_master SET sql = replace(sql, "
                "'CONSTRAINT ck_hold_ending_two_people CHECK (ended_by <> proposed_by)', "
                "'CHECK (1)') WHERE name = 'hold_ending'"
            )
            assert weakened(connection, METADATA) == ("hold_ending.ck_hold_ending_two_people",)
            connection.rollback()
        return
    assert taken_away(record, POSTGRESQL[name])


def test_a_schema_of_ones_own_does_not_stand_in_for_a_table(record: Record) -> None:
    """`"$user"` comes first in a search path: an empty `holdfast_app.hold` would free everybody."""
    held = someone(record)
    question = Question(a_number=held.number)
    if record.owner.dialect.name == "postgresql":
        with record.owner.begin() as connection:
            connection.execute(text("CREATE SCHEMA holdfast_app"))
            connection.execute(text("CREATE TABLE holdfast_app.hold (LIKE public.hold)"))
            connection.execute(text("GRANT USAGE ON SCHEMA holdfast_app TO holdfast_app"))
            connection.execute(text("GRANT SELECT ON holdfast_app.hold TO holdfast_app"))
    try:
        answer = answer_check(record.database, acting=record.staff["field"], question=question)
    finally:
        if record.owner.dialect.name == "postgresql":
            with record.owner.begin() as connection:
                connection.execute(text("DROP SCHEMA holdfast_app CASCADE"))
    assert (answer.decision, answer.reasons) == (Decision.BLOCKED, ("hold.active",))
