"""Recording a court review and verifying it: two people, the document kept, the details sealed."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.record_review import ReviewRefusedError, record_review, verify_review
from holds.domain.staff import NotAllowedError
from holds.store.ledger import commitment
from holds.store.ledger_rows import LedgerDetail, LedgerRow
from holds.store.reviews import CourtReview, Document, ReviewVerification
from holds.store.vault import open_json
from tests.holds.store.life import order, put_review, released, someone
from tests.holds.store.record import BACKENDS, Held, Record, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def recorded(record: Record, held: Held, who: str = "casey", **changes: Any) -> uuid.UUID:
    with record.database.transaction() as session:
        form = order(session, **changes)
        acting = record.staff[who]
        return record_review(session, record.vault, acting=acting, hold_id=held.hold_id, form=form)


def verify(record: Record, review_id: uuid.UUID, who: str) -> None:
    with record.database.transaction() as session:
        verify_review(session, acting=record.staff[who], review_id=review_id)


def test_a_review_is_kept_with_its_document_sealed_and_hashed(record: Record) -> None:
    held = someone(record)
    review_id = recorded(record, held, docket_number=" A900-77 ", judge="J. Roe", document=b"the order")
    with record.database.reading() as session:
        review = session.get_one(CourtReview, review_id)
        document = session.get_one(Document, review.document_id)
        key = record.vault.key(session, held.person_id)
        assert document.sha256 == hashlib.sha256(b"the order").digest()
        assert record.vault.read_file(key, "document", document.file_name) == b"the order"
        assert b"order" not in (record.home / document.file_name).read_bytes()
        docket = open_json(key, "court_review", "sealed_docket", review_id, review.sealed_docket)
        assert docket == {"docket_number": "A900-77", "judge": "J. Roe"}
        assert session.get(ReviewVerification, review_id) is None


def test_what_the_ledger_says_of_the_docket_is_sealed_and_bound(record: Record) -> None:
    held = someone(record)
    review_id = recorded(record, held, docket_number="A900-78")
    with record.database.reading() as session:
        row = session.scalars(select(LedgerRow).where(LedgerRow.subject_id == review_id)).one()
        detail = session.get_one(LedgerDetail, row.id)
        assert "A900-78" not in str(row.codes)
        key = record.vault.key(session, held.person_id)
        plain = key.open("ledger_detail", "sealed_details", row.id, detail.sealed_details)
        assert b"A900-78" in plain
        assert commitment(detail.salt, plain) == row.commitment


def test_a_second_person_from_outside_verifies_once(record: Record) -> None:
    review_id = recorded(record, someone(record), who="sol")
    with pytest.raises(ReviewRefusedError, match="second person"):
        verify(record, review_id, "sol")
    for who in ("casey", "inside", "operator", "field", "system"):
        with pytest.raises(NotAllowedError):
            verify(record, review_id, who)
    verify(record, review_id, "sunny")
    with pytest.raises(ReviewRefusedError, match="already"):
        verify(record, review_id, "sunny")
    with pytest.raises(ReviewRefusedError, match="no such"):
        verify(record, uuid.uuid4(), "sunny")


def test_only_casework_outside_the_removing_office_records_a_review(record: Record) -> None:
    held = someone(record)
    for who in ("inside", "operator", "field", "system"):
        with pytest.raises(NotAllowedError):
            recorded(record, held, who)


@pytest.mark.parametrize("change", [{"document": b""}, {"docket_number": "  "}])
def test_without_document_or_docket_number_nothing_is_recorded(
    record: Record, change: dict[str, Any]
) -> None:
    held = someone(record)
    with pytest.raises(ReviewRefusedError):
        recorded(record, held, **change)
    with record.database.reading() as session:
        mine = select(CourtReview.id).where(CourtReview.person_id == held.person_id)
        assert session.scalar(mine) is None


def test_a_review_for_a_hold_that_ended_is_refused(record: Record) -> None:
    with pytest.raises(ReviewRefusedError, match="ended"):
        recorded(record, released(record))


def test_a_review_is_superseded_once_and_then_bears_nothing(record: Record) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        first = put_review(session, record, held)
        put_review(session, record, held, supersedes_id=first)
    with pytest.raises(Exception, match=r"(?i)unique|record\.exists"):
        recorded(record, held, supersedes_id=first)


def test_only_a_page_is_taken_as_the_page(record: Record) -> None:
    """It stands in clear: what it says of the exposure belongs in the sealed document."""
    held = someone(record)
    for said in ("page 4, where Ana Perez is named", "900-444-001", "A900444001", "Perez", "1," * 11 + "1"):
        with pytest.raises(ReviewRefusedError, match="only the page"):
            recorded(record, held, considered_page=said)
    review_id = recorded(record, held, considered_page=" 4 - 6, 9 ")
    with record.database.reading() as session:
        assert session.get_one(CourtReview, review_id).considered_page == "4-6,9"
