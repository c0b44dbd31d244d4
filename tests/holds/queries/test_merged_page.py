"""The page and the voice treat merged records as one person: what stands on either is said of both."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.queries.figures import figures
from holds.queries.people import find_person, person_page
from holds.store.base import new_id
from holds.store.exposures import SourceList
from holds.store.people import Contact
from holds.store.places import Custody
from notify.store.circumstances import circumstances_of
from tests.holds.store.ground import put
from tests.holds.store.merging import put_merge, put_split
from tests.holds.store.record import BACKENDS, Record, database_now, new_incident, open_record, put_on_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def session(record: Record) -> Iterator[Session]:
    with Session(record.database.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


def test_each_page_shows_the_holds_and_exposures_of_both(session: Session, record: Record) -> None:
    one, other = (put_on_record(session, record, new_incident(session, record)) for _ in range(2))
    merge = put_merge(session, record, one, other)
    casey = record.staff["casey"]
    for person in (one, other):
        page = person_page(session, record.vault, person.person_id, acting=casey, show=True)
        assert {hold.hold_id for hold in page.holds} == {one.hold_id, other.hold_id}
        assert {e.exposure_id for e in page.exposures} == {one.exposure_id, other.exposure_id}
        assert len(page.identity.a_numbers) == 2
    put_split(session, record, merge)
    page = person_page(session, record.vault, one.person_id, acting=casey, show=True)
    assert [hold.hold_id for hold in page.holds] == [one.hold_id]
    assert len(page.identity.a_numbers) == 1


def test_a_notice_finds_the_way_that_is_known_on_the_other_record(session: Session, record: Record) -> None:
    one, other = (put_on_record(session, record, new_incident(session, record)) for _ in range(2))
    key, contact_id = record.vault.key(session, other.person_id), new_id()
    row = {"id": contact_id, "person_id": other.person_id, "kind": "phone", "fingerprint": b"f"}
    row |= {"sealed_value": key.seal("contact", "sealed_value", contact_id, b"+12025550100")}
    session.execute(insert(Contact), [row])
    assert circumstances_of(session, record.vault, [one.person_id])[one.person_id].phone is None
    put_merge(session, record, one, other)
    known = circumstances_of(session, record.vault, [one.person_id])
    assert known.keys() == {one.person_id}
    way = known[one.person_id].phone
    assert way is not None
    assert known[one.person_id].opened(way) == "+12025550100"


def test_figures_and_search_count_them_once(session: Session, record: Record) -> None:
    incident, casey = new_incident(session, record), record.staff["casey"]
    one, other = (put_on_record(session, record, incident) for _ in range(2))
    third = put_on_record(session, record, new_incident(session, record))
    before = figures(session, acting=casey)
    merge = put_merge(session, record, one, other)
    put_merge(session, record, third, one)
    after = figures(session, acting=casey)
    assert (after.people, after.people_blocked) == (before.people - 2, before.people_blocked - 2)
    assert after.people_without_number == before.people_without_number
    counted = {figure.name: figure.people for figure in after.incidents}
    assert counted[incident.name] == 1
    for number in (one.number, other.number):
        (found,) = find_person(session, record.vault, f"A{number}", acting=casey)
        assert found.blocked
        assert len(found.a_numbers) == 3
    put_split(session, record, merge)
    assert figures(session, acting=casey).people == before.people - 1


def test_a_person_is_counted_at_one_place(session: Session, record: Record) -> None:
    """Where the stretch that was noted last says, on whichever record."""
    one, other = (put_on_record(session, record, new_incident(session, record)) for _ in range(2))
    source, now = new_id(), database_now(session)
    row: dict[str, Any] = {"kind": "custody", "version": 1, "sha256": bytes(32), "state": "done"}
    row |= {"heading": [], "counts": {}, "organisation_id": record.staff["casey"].organisation_id}
    put(session, SourceList, id=source, imported_by=record.staff["casey"].id, **row)
    stretches = ((one, "detained", 2), (other, "released", 1))
    for person, status, ago in stretches:
        row = {"person_id": person.person_id, "status": status, "source_list_id": source}
        put(session, Custody, noted_at=now - dt.timedelta(days=ago), **row)
    casey = record.staff["casey"]
    before = figures(session, acting=casey).custody
    put_merge(session, record, one, other)
    after = figures(session, acting=casey).custody
    assert before["detained"] == after.get("detained", 0) + 1
    assert before["released"] == after["released"]
