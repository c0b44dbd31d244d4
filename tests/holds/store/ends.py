"""Rows that together bear one of the other ends of a hold, inserted past every action; a test spoils one."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from holds.domain.closing import NEEDED_OUTCOME, EndingKind
from holds.store.base import new_id
from holds.store.closings import ChoiceRevocation, ChoiceStatement, Closing, ClosingService
from holds.store.demo_time import move_clock
from holds.store.gates import Hold
from holds.store.people import Person
from holds.store.reviews import Document
from holds.store.stays import HoldVerification, Stay
from holds.store.violations import ViolatedHold, Violation
from tests.holds.store.ground import days, epoch, put, put_review, put_verification
from tests.holds.store.record import Held, Record, new_incident, put_on_record

STATEMENT: dict[str, Any] = {
    "chooses_to_leave": True,
    "in_private": True,
    "officer_present": False,
    "language": "es",
    "own_language": True,
    "support": "counsel",
    "sound": True,
}
TOLD_BEFORE = 9.0
"""Days ago on which a closing proposed ten days ago was told."""


def put_document(session: Session, record: Record, held: Held) -> uuid.UUID:
    document_id = new_id()
    row = {"sha256": bytes(32), "media_type": "application/pdf", "file_name": f"documents/{document_id}"}
    recorded_by = record.staff["casey"].id
    put(session, Document, id=document_id, person_id=held.person_id, recorded_by=recorded_by, **row)
    return document_id


def put_stayed_hold(session: Session, record: Record, held: Held) -> Held:
    """Another hold on the same person, by rule, placed by a field officer."""
    hold_id, field = new_id(), record.staff["field"]
    put(
        session,
        Hold,
        id=hold_id,
        person_id=held.person_id,
        epoch=epoch(session, held.person_id) + 1,
        basis="automatic_stay",
        sealed_cites=b"sealed",
        organisation_id=field.organisation_id,
        placed_by=field.id,
    )
    return Held(held.person_id, hold_id, held.exposure_id, held.incident_id, held.number)


def put_stay(session: Session, record: Record, held: Held, **changes: Any) -> Held:
    """A provisional stay of its own hold on the same person."""
    stayed = put_stayed_hold(session, record, held)
    row = {"rule": "bia_appeal", "asked_by": "duty_officer", "sealed_order": b"sealed", **changes}
    put(session, Stay, hold_id=stayed.hold_id, person_id=held.person_id, **row)
    return stayed


def put_statement(session: Session, record: Record, held: Held, *, ago: float, **changes: Any) -> None:
    """The person says they choose to leave, so many days ago."""
    row = {"stated_at": days(session, -ago), **STATEMENT, **changes}
    put(session, ChoiceStatement, person_id=held.person_id, recorded_by=record.staff["casey"].id, **row)


def put_closing(
    session: Session, record: Record, held: Held, kind: EndingKind, **changes: Any
) -> dict[str, Any]:
    """Proposed ten days ago by the caseworker, on whatever that kind rests on."""
    row: dict[str, Any] = {"review_id": None, "document_id": None, **changes}
    if kind in NEEDED_OUTCOME and "review_id" not in changes:
        outcome, forums = NEEDED_OUTCOME[kind]
        said = {"outcome": outcome.value, "forum": "district_court"}
        assert said["forum"] in forums
        row["review_id"] = put_review(session, record, held, **said)
        put_verification(session, record, row["review_id"])
    if kind in {EndingKind.CLOSED_DECEASED, EndingKind.CLOSED_REMOVED} and "document_id" not in changes:
        row["document_id"] = put_document(session, record, held)
    closing = {
        "id": new_id(),
        "hold_id": held.hold_id,
        "person_id": held.person_id,
        "kind": kind.value,
        "sealed_reasons": b"sealed",
        "proposed_by": record.staff["casey"].id,
        "proposed_at": days(session, -10),
        **row,
    }
    put(session, Closing, **closing)
    return closing


def tell(
    session: Session, record: Record, closing: dict[str, Any], on: str, ago: float = TOLD_BEFORE
) -> None:
    row = {"closing_id": closing["id"], "served_on": on, "served_at": days(session, -ago)}
    put(session, ClosingService, recorded_by=record.staff["casey"].id, **row)


def end_of(session: Session, record: Record, closing: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The row that ends the hold as the closing proposes, at the gate's next epoch."""
    return {
        "hold_id": closing["hold_id"],
        "person_id": closing["person_id"],
        "epoch": epoch(session, closing["person_id"]) + 1,
        "kind": closing["kind"],
        "closing_id": closing["id"],
        "review_id": None,
        "proposal_id": None,
        "proposed_by": closing["proposed_by"],
        "ended_by": record.staff["sunny"].id,
        **changes,
    }


def bear_end(session: Session, record: Record, held: Held, kind: EndingKind) -> dict[str, Any]:
    """Everything the kind needs; returns the ending to insert."""
    if kind is EndingKind.STAY_REJECTED:
        held = put_stay(session, record, held)
    if kind is EndingKind.CLOSED_DEPARTED_BY_CHOICE:
        move_clock(session, dt.timedelta(days=6))  # who is put on record here is held from now on
        put_statement(session, record, held, ago=5)
        put_statement(session, record, held, ago=1)
    closing = put_closing(session, record, held, kind)
    for on in ("person", "counsel", "placer"):
        tell(session, record, closing, on)
    return end_of(session, record, closing)


def tell_ends(session: Session, record: Record) -> None:
    """A row in every table of stays, closings and violations, about somebody of their own."""
    held = put_on_record(session, record, new_incident(session, record))
    stayed = put_stay(session, record, held)
    casey, field = record.staff["casey"].id, record.staff["field"].id
    second = {"placed_by": field, "verified_by": casey}
    put(session, HoldVerification, hold_id=stayed.hold_id, person_id=held.person_id, **second)
    put_statement(session, record, held, ago=1)
    put(session, ChoiceRevocation, person_id=held.person_id, revoked_at=days(session, 0), recorded_by=casey)
    tell(session, record, put_closing(session, record, held, EndingKind.ENTERED_IN_ERROR), "person")
    violation_id, sealed = new_id(), {"sealed_account": b"sealed", "sealed_evidence": b"sealed"}
    told = {"source": "family", "reported_at": days(session, 0), "evidence_sha256": bytes(32)}
    row = {"person_id": held.person_id, "recorded_by": casey, **sealed, **told}
    put(session, Violation, id=violation_id, **row)
    put(session, ViolatedHold, violation_id=violation_id, hold_id=held.hold_id, person_id=held.person_id)
    session.execute(update(Person).where(Person.id == held.person_id).values(sealed_facts=b"said anew"))
