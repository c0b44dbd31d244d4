"""The page and the voice treat merged records as one person: what stands on either is said of both."""

from collections.abc import Iterator

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.queries.people import person_page
from holds.store.base import new_id
from holds.store.people import Contact
from notify.store.circumstances import circumstances_of
from tests.holds.store.merging import put_merge, put_split
from tests.holds.store.record import BACKENDS, Record, new_incident, open_record, put_on_record


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
