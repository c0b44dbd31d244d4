"""Rows by the thousand are the rows that any other way would have written, and no guard is passed by."""

from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.store.base import Base, new_id, new_reference
from holds.store.engine import refusal_code
from holds.store.gates import Hold
from holds.store.many_rows import add_rows
from holds.store.people import LanguageNote, Task
from holds.store.places import Custody
from tests.holds.store.ground import epoch
from tests.holds.store.record import Held, Record, database_now, new_incident, put_on_record

ODD = ("tab\there", "line\nbreak\r", "back\\slash \\N", "\\.", "", "O’Brien ‘żółć’ 數", 'quo"te, comma')


@pytest.fixture
def held(taken_back: Session, record: Record) -> Held:
    return put_on_record(taken_back, record, new_incident(taken_back, record))


def add(session: Session, table: type[Base], *rows: dict[str, Any]) -> None:
    add_rows(session.connection(), Base.metadata.tables[table.__tablename__], rows)


def a_task(held: Held, record: Record, detail: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": record.staff["casey"].organisation_id,
        "kind": "identity_conflict",
        "subject_id": held.person_id,
        "person_id": held.person_id,
        "detail": detail,
        "evidence": {"odd": detail, "row": 7, "none": None},
        "due_at": None,
    }


def another_hold(session: Session, record: Record, held: Held, **changes: Any) -> dict[str, Any]:
    acting = record.staff["casey"]
    return {
        "id": new_id(),
        "reference": new_reference(),
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "basis": "habeas",
        "sealed_cites": b"\\x00\t\n\xff",
        "organisation_id": acting.organisation_id,
        "placed_by": acting.id,
        **changes,
    }


def test_every_text_comes_back_as_it_was(taken_back: Session, record: Record, held: Held) -> None:
    rows = [a_task(held, record, odd) for odd in ODD]
    add(taken_back, Task, *rows)
    found = {
        task.id: task for task in taken_back.scalars(select(Task).where(Task.kind == "identity_conflict"))
    }
    for row in rows:
        task = found[row["id"]]
        said = (task.detail, task.evidence, task.subject_id, task.due_at)
        assert said == (row["detail"], row["evidence"], held.person_id, None)


def test_the_rows_are_those_that_statements_write(taken_back: Session, record: Record, held: Held) -> None:
    one, other = (a_task(held, record, detail) for detail in ("poured", "said"))
    add(taken_back, Task, one)
    taken_back.execute(insert(Task), [other])
    raw = taken_back.connection().exec_driver_sql("SELECT * FROM task WHERE kind = 'identity_conflict'")
    poured, said = sorted((dict(row) for row in raw.mappings()), key=lambda row: str(row["detail"]))
    for name in poured.keys() - {"id", "detail", "evidence", "raised_at"}:
        assert poured[name] == said[name], name
    assert {type(poured[name]) for name in poured} == {type(said[name]) for name in said}
    assert len(str(poured["raised_at"])) == len(str(said["raised_at"]))


def test_later_rows_of_one_person_are_later(taken_back: Session, record: Record, held: Held) -> None:
    tags = [f"q{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]
    rows = [
        {
            "id": new_id(),
            "person_id": held.person_id,
            "source": "noted",
            "tag": tag,
            "evidence": "record list",
            "noted_by": record.staff["casey"].id,
        }
        for tag in tags
    ]
    add(taken_back, LanguageNote, *rows)
    noted = select(LanguageNote.tag).where(LanguageNote.person_id == held.person_id)
    assert taken_back.scalars(noted.order_by(LanguageNote.noted_at)).all() == tags


def test_a_hold_is_compared_with_its_gate(taken_back: Session, record: Record, held: Held) -> None:
    right = another_hold(taken_back, record, held)
    add(taken_back, Hold, right, another_hold(taken_back, record, held, epoch=right["epoch"] + 1))
    assert epoch(taken_back, held.person_id) == right["epoch"] + 1
    kept = taken_back.get_one(Hold, right["id"])
    assert kept.sealed_cites == right["sealed_cites"]
    assert kept.placed_at <= database_now(taken_back)
    with pytest.raises(DBAPIError) as caught:
        add(taken_back, Hold, another_hold(taken_back, record, held, epoch=right["epoch"]))
    assert refusal_code(caught.value) == "gate.stale_epoch"


def test_nobody_is_in_custody_who_is_not_on_record(taken_back: Session) -> None:
    row = {"id": new_id(), "person_id": new_id(), "status": "detained", "source_list_id": new_id()}
    with pytest.raises(DBAPIError):
        add(taken_back, Custody, row)


def test_rows_that_say_different_things_are_refused(taken_back: Session, record: Record, held: Held) -> None:
    row = a_task(held, record, "whole")
    with pytest.raises(ValueError, match="do not all say the same"):
        add(taken_back, Task, row, {name: value for name, value in row.items() if name != "due_at"})
    with pytest.raises(ValueError, match="must say id"):
        add(taken_back, Task, {name: value for name, value in row.items() if name != "id"})
