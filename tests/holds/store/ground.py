"""Rows that together bear a hold release, inserted past every action; a test spoils one of them."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.store.base import Base, new_id
from holds.store.clearance_indexes import ClearanceIndex
from holds.store.engine import refusal_code
from holds.store.exposures import SourceList
from holds.store.gates import Gate, HoldEnding
from holds.store.representation import Appearance, Counsel
from holds.store.reviews import (
    CourtReview,
    Document,
    ProposalService,
    ReleaseProposal,
    ReviewVerification,
    Service,
)
from tests.holds.store.record import Held, Record, database_now

SLIP: dict[str, Any] = {
    "outcome": "served",
    "right_person": True,
    "in_private": True,
    "language": "es",
    "own_language": True,
    "interpreted": False,
    "marked_by_person": True,
    "witnessed_outside": False,
    "understood_first": True,
    "understood_second": True,
    "proven": True,
    "sealed_names": b"sealed",
}


def days(session: Session, number: float) -> dt.datetime:
    """So many days from now; the incidents of the tests occurred 60 days ago."""
    return database_now(session) + dt.timedelta(days=number)


def put(session: Session, table: type[Base], **row: Any) -> None:
    """Insert one row."""
    session.execute(insert(table), [row])


def refused(session: Session, table: type[Base], **row: Any) -> str | None:
    """The code with which the database refuses a row; the test fails if it takes it."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        put(session, table, **row)
    return refusal_code(caught.value)


def epoch(session: Session, person_id: uuid.UUID) -> int:
    """What the gate stands at."""
    return session.scalars(select(Gate.epoch).where(Gate.person_id == person_id)).one()


def put_service(session: Session, record: Record, held: Held, **changes: Any) -> uuid.UUID:
    """The notice of the exposure, served 40 days ago and proven."""
    service_id = new_id()
    row = {"served_at": days(session, -40), "exposure_id": held.exposure_id, **SLIP, **changes}
    recorded_by = record.staff["casey"].id
    put(session, Service, id=service_id, person_id=held.person_id, recorded_by=recorded_by, **row)
    return service_id


def put_review(session: Session, record: Record, held: Held, **changes: Any) -> uuid.UUID:
    """A final denial on the merits 30 days ago, its appeal period over for ten days."""
    document_id, review_id, recorded_by = new_id(), new_id(), record.staff["casey"].id
    put(
        session,
        Document,
        id=document_id,
        person_id=held.person_id,
        sha256=b"\x00" * 32,
        media_type="application/pdf",
        file_name=f"documents/{document_id}",
        recorded_by=recorded_by,
    )
    row = {
        "id": review_id,
        "person_id": held.person_id,
        "hold_id": held.hold_id,
        "forum": "immigration_judge",
        "court": "Miami",
        "outcome": "denied",
        "on_the_merits": True,
        "final": True,
        "sealed_docket": b"sealed",
        "time_zone": "America/New_York",
        "decided_at": days(session, -30),
        "served_at": days(session, -29),
        "appeal_lies": True,
        "appeal_deadline": days(session, -10),
        "considered_page": "7",
        "document_id": document_id,
        "recorded_by": recorded_by,
        **changes,
    }
    put(session, CourtReview, **row)
    return review_id


def put_verification(session: Session, record: Record, review_id: uuid.UUID) -> None:
    """Verified by a second person."""
    ids = record.staff["casey"].id, record.staff["sunny"].id
    put(session, ReviewVerification, review_id=review_id, recorded_by=ids[0], verified_by=ids[1])


def put_proposal(session: Session, record: Record, held: Held, review_id: uuid.UUID) -> uuid.UUID:
    """Proposed ten days ago by the caseworker."""
    proposal_id = new_id()
    put(
        session,
        ReleaseProposal,
        id=proposal_id,
        hold_id=held.hold_id,
        person_id=held.person_id,
        review_id=review_id,
        proposed_by=record.staff["casey"].id,
        proposed_at=days(session, -10),
    )
    return proposal_id


def serve(
    session: Session, record: Record, proposal_id: uuid.UUID, on: str = "person", ago: float = 9
) -> None:
    """The proposal reached the person or counsel so many days ago."""
    row = {"proposal_id": proposal_id, "served_on": on, "served_at": days(session, -ago)}
    put(session, ProposalService, recorded_by=record.staff["casey"].id, **row)


def compared(session: Session, clearance_id: uuid.UUID, value: bytes = b"", **changes: Any) -> None:
    """The clearance was asked for by name and birth date too; by a name that nobody else on record bears."""
    row = {"kind": "name_birth_date", "value": value or clearance_id.bytes * 2, **changes}
    put(session, ClearanceIndex, clearance_id=clearance_id, **row)


def ending(
    session: Session, record: Record, held: Held, review_id: uuid.UUID, proposal_id: uuid.UUID, **changes: Any
) -> dict[str, Any]:
    """The row that ends the hold at the gate's next epoch."""
    return {
        "hold_id": held.hold_id,
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "review_id": review_id,
        "proposal_id": proposal_id,
        "proposed_by": record.staff["casey"].id,
        "ended_by": record.staff["sunny"].id,
        **changes,
    }


def bear_release(session: Session, record: Record, held: Held, **review: Any) -> dict[str, Any]:
    """Everything a release needs; returns the ending to insert."""
    put_service(session, record, held)
    review_id = put_review(session, record, held, **review)
    put_verification(session, record, review_id)
    proposal_id = put_proposal(session, record, held, review_id)
    serve(session, record, proposal_id)
    return ending(session, record, held, review_id, proposal_id)


def release(session: Session, record: Record, held: Held) -> None:
    """End the hold, all conditions met."""
    put(session, HoldEnding, **bear_release(session, record, held))


def put_appearance(session: Session, record: Record, held: Held, *, verified: bool = True) -> None:
    """Counsel appears for the person."""
    list_id, counsel_id, staff_id = new_id(), new_id(), record.staff["casey"].id
    seen = session.scalar(select(func.count()).select_from(SourceList)) or 0
    put(
        session,
        SourceList,
        id=list_id,
        organisation_id=record.staff["casey"].organisation_id,
        kind="counsel",
        version=seen + 1,
        sha256=bytes(32),
        state="done",
        heading=[],
        counts={},
        imported_by=staff_id,
    )
    put(session, Counsel, id=counsel_id, eoir_id=f"EOIR{counsel_id}", sealed_card=b"sealed")
    put(
        session,
        Appearance,
        counsel_id=counsel_id,
        person_id=held.person_id,
        form="EOIR-28",
        scope="all",
        is_primary=True,
        filed_on=days(session, -20).date(),
        judgement="exact",
        evidence={},
        source_list_id=list_id,
        verified_by=staff_id if verified else None,
        verified_at=days(session, -19) if verified else None,
    )


def clearance(session: Session, record: Record, held: Held, **changes: Any) -> dict[str, Any]:
    """A row of `clearance` that the gate would take."""
    return {
        "id": new_id(),
        "person_id": held.person_id,
        "epoch": epoch(session, held.person_id) + 1,
        "departure_kind": "removal",
        "destination": "CU",
        "issued_to": record.staff["field"].id,
        "expires_at": database_now(session) + dt.timedelta(minutes=10),
        **changes,
    }
