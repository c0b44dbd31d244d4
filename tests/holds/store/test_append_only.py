"""Append-only by trigger: what is not marked otherwise is never changed, deleted, replaced or emptied."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, Table, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError

from holds.store.engine import refusal_code
from tests.holds.store.record import Record
from tests.holds.store.story import tell_story
from wsgi import METADATA

FROZEN = sorted(
    t.name for t in METADATA.sorted_tables if not t.info.get("mutable") and not t.info.get("deletable")
)
MAY_CHANGE = {
    *("actor", "alarm_contact", "api_client", "appearance", "contact", "counsel", "counsel_code", "custody"),
    *("custody_sighting", "delivery", "demo_clock", "facility", "facility_name", "failing_row", "gate"),
    *("language_note", "notice_batch", "organisation", "person", "place_match", "saved_mapping"),
    *("source_list", "task"),
}
MAY_GO = {
    *("api_key", "asked_number", "confirmation_code", "data_key", "kept_answer", "key_check", "lease"),
    *("ledger_detail", "manifest_index", "sign_in", "watch_beat"),
}
"""Said once more by hand: a mark on a table of evidence would take it out of every test below."""
KEPT = ["actor", "delivery", "gate", "organisation", "person", "source_list"]
"""Some whose rows may change, none of whose rows may go."""
ON_POSTGRESQL = pytest.mark.parametrize("record", ["postgresql"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def told(record: Record) -> Record:
    """The record with a row in every append-only table."""
    with record.database.transaction() as session:
        tell_story(session, record)
    return record


@pytest.fixture
def owner(told: Record) -> Iterator[Connection]:
    with told.owner.connect() as connection:
        yield connection
        connection.rollback()


def _refused(connection: Connection, statement: str) -> str | None:
    with pytest.raises(DBAPIError) as caught, connection.begin_nested():
        connection.execute(text(statement))
    return refusal_code(caught.value)


def test_only_these_tables_may_change_or_lose_rows() -> None:
    tables = METADATA.sorted_tables
    assert {table.name for table in tables if table.info.get("mutable")} == MAY_CHANGE
    assert {table.name for table in tables if table.info.get("deletable")} == MAY_GO


# Without a row of the first nobody is found any more; another number in the second would lift the block of a
# near match whom nobody judged; without the third nobody asks again who stands at the door.
FOUND_BY = ("person_index", "doubt_number", "clearance_index")


@pytest.mark.parametrize("table", FOUND_BY)
def test_what_finds_people_stays_as_it_was_written(owner: Connection, table: str) -> None:
    kept = owner.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
    assert kept
    for change in (f"UPDATE {table} SET value = value", f"DELETE FROM {table} WHERE value = value"):  # noqa: S608
        assert _refused(owner, change) == "record.append_only"
    assert owner.execute(text(f"SELECT * FROM {table}")).all() == kept  # noqa: S608


def test_the_story_has_a_row_for_every_table(owner: Connection) -> None:
    """A table added later must come into the story, or the tests below would pass over it."""
    empty = [name for name in FROZEN + KEPT if not owner.execute(text(f"SELECT 1 FROM {name}")).first()]  # noqa: S608
    assert empty == []


@pytest.mark.parametrize("table", FROZEN)
def test_rows_are_neither_changed_nor_deleted(owner: Connection, table: str) -> None:
    """Not even by the owner of the tables."""
    column = next(iter(METADATA.tables[table].primary_key.columns)).name
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608
        assert _refused(owner, statement) == "record.append_only"


@pytest.mark.parametrize("table", KEPT)
def test_rows_that_may_change_may_not_go(owner: Connection, table: str) -> None:
    assert _refused(owner, f"DELETE FROM {table}") == "record.append_only"  # noqa: S608


@ON_POSTGRESQL
@pytest.mark.parametrize("table", FROZEN + KEPT)
def test_tables_are_not_emptied(owner: Connection, table: str) -> None:
    assert _refused(owner, f"TRUNCATE {table} CASCADE") == "record.append_only"


@ON_POSTGRESQL
@pytest.mark.parametrize("table", FROZEN)
def test_a_replication_role_does_not_pass_the_triggers(owner: Connection, table: str) -> None:
    """`session_replication_role = replica` silences ordinary triggers; these are ENABLE ALWAYS."""
    owner.execute(text("SET LOCAL session_replication_role = replica"))
    assert _refused(owner, f"DELETE FROM {table}") == "record.append_only"  # noqa: S608


@ON_POSTGRESQL
@pytest.mark.parametrize("table", FROZEN)
def test_the_app_has_no_right_to_try(told: Record, table: str) -> None:
    denied = pytest.raises(DBAPIError, match="permission denied")
    with told.database.engine.connect() as connection, denied:
        connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608


def _keys(table: Table) -> list[list[str]]:
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [[c.name for c in k.columns] for k in table.constraints if isinstance(k, UniqueConstraint)]
    return keys + [[c.name for c in index.columns] for index in table.indexes if index.unique]


def _other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1000
    return uuid.uuid4().bytes if isinstance(value, bytes) else uuid.uuid4().hex


@ON_SQLITE
@pytest.mark.parametrize("table", FROZEN + KEPT)
def test_insert_or_replace_rewrites_nothing(told: Record, table: str) -> None:
    """By any unique key, on a bare connection, where REPLACE deletes the old row without a delete trigger."""
    declared = METADATA.tables[table]
    path = told.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.row_factory = sqlite3.Row
        (row,) = bare.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()  # noqa: S608
        before = bare.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        unique = {name for key in _keys(declared) for name in key}
        tried = 0
        for key in _keys(declared):
            if any(row[name] is None for name in key):
                continue
            values = {n: _other(row[n]) if n in unique and n not in key else row[n] for n in row.keys()}  # noqa: SIM118
            if "epoch" in values and table != "gate":
                gate = bare.execute("SELECT epoch FROM gate WHERE person_id = ?", [row["person_id"]])
                values["epoch"] = gate.fetchone()[0] + 1
            marks = ", ".join("?" * len(values))
            with pytest.raises(sqlite3.IntegrityError, match="holdfast: "):
                bare.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", list(values.values()))  # noqa: S608
            tried += 1
        assert tried >= 1
        assert bare.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608


@ON_SQLITE
def test_insert_or_replace_shreds_no_evidence(told: Record) -> None:
    """Keys and details may be deleted, but not those of a violation, nor on a bare connection."""
    frozen = {
        "data_key": "owner_id IN (SELECT person_id FROM violation)",
        "ledger_detail": "ledger_row_id IN (SELECT r.id FROM ledger_row r "
        "JOIN violation v ON v.person_id = r.person_id)",
    }
    with closing(sqlite3.connect(told.url.removeprefix("sqlite:///"), isolation_level=None)) as bare:
        for table, whose in frozen.items():
            for row in bare.execute(f"SELECT * FROM {table} WHERE {whose} LIMIT 1").fetchall():  # noqa: S608
                marks = ", ".join("?" * len(row))
                with pytest.raises(sqlite3.IntegrityError, match=r"evidence\.frozen"):
                    bare.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)  # noqa: S608
        keys = bare.execute(f"SELECT count(*) FROM data_key WHERE {frozen['data_key']}").fetchone()  # noqa: S608
    assert keys[0] >= 1
