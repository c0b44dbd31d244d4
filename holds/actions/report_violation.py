"""A removal reported from outside in spite of a hold: violated, evidence frozen, alarm, return assistance."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from holds.actions.documents import keep_document
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.closing import VIOLABLE
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.domain.violation import SOURCES
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.gate_lock import lock_gates
from holds.store.gates import Clearance, Gate, Hold, HoldEnding, Removal
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import members_of
from holds.store.ownership import own_person
from holds.store.places import Custody
from holds.store.vault import Vault
from holds.store.violations import ViolatedHold, Violation

VIOLATION, RETURN_ASSISTANCE = "hold_violated", "return_assistance"
REMOVED_WHILE_HELD = "removed_while_held"


class ViolationRefusedError(RefusedError):
    """The report is not of a removal in spite of a hold; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was told, and by whom (one of `SOURCES`). `removed_at` is None where nobody knows when."""

    source: str
    account: str
    reported_at: dt.datetime
    removed_at: dt.datetime | None = None
    destination: str = ""
    document: bytes = b""
    media_type: str = "application/octet-stream"


def report_violation(
    session: Session, vault: Vault, *, acting: Acting, person_id: uuid.UUID, report: Report
) -> str:
    """Record the violation of every hold that was active then, and return its reference.

    The holds stay: who comes back is still held. From here on the person's data cannot be shredded.
    """
    require(acting, Verb.REPORT_VIOLATION)
    own_person(session, acting, person_id)
    lock_gates(session, [person_id])
    now = session.scalars(select(holdfast_now())).one()
    if report.source not in SOURCES:
        raise ViolationRefusedError(f"Say who told it, one of: {', '.join(SOURCES)}.")
    if not report.account.strip():
        raise ViolationRefusedError("Say what was told: --account TEXT.")
    if report.reported_at > now or (report.removed_at or now) > now:
        raise ViolationRefusedError("The times of a report cannot lie in the future.")
    members = members_of(session, person_id)
    violated = _holds_then(session, members, report.removed_at)
    if not violated:
        raise ViolationRefusedError(
            "No hold of this person was active then. For somebody removed before their hold was placed, "
            "open return assistance and close the hold as removed."
        )
    evidence = json.dumps(_evidence(session, members), default=str, sort_keys=True).encode()
    digest = hashlib.sha256(evidence).digest()
    key = vault.key(session, person_id)
    document = keep_document(
        session, vault, acting, key, content=report.document, media_type=report.media_type
    )
    told = {"account": report.account.strip(), "destination": report.destination.strip()}
    account = json.dumps(told | {"document": str(document.id) if document else None}, sort_keys=True)
    reference = new_reference()
    holders = {p: [h.id for h in violated if h.person_id == p] for p in {h.person_id for h in violated}}
    for holder, holds in sorted(holders.items()):
        violation_id, key = new_id(), vault.key(session, holder)
        row = {
            "id": violation_id,
            "reference": reference if holder == max(holders) else new_reference(),
            "person_id": holder,
            "source": report.source,
            "removed_at": report.removed_at,
            "reported_at": report.reported_at,
            "sealed_account": key.seal("violation", "sealed_account", violation_id, account.encode()),
            "sealed_evidence": key.seal("violation", "sealed_evidence", violation_id, evidence),
            "evidence_sha256": digest,
            "recorded_by": acting.id,
        }
        session.execute(insert(Violation), [row])
        rows = [{"violation_id": violation_id, "hold_id": h, "person_id": holder} for h in holds]
        session.execute(insert(ViolatedHold), rows)
        codes = {"source": report.source, "evidence_sha256": digest.hex(), "holds": [str(h) for h in holds]}
        tell(session, acting, "hold.violated", violation_id, person_id=holder, codes=codes)
        _alarm(session, acting, holder, violation_id)
    return reference


def _alarm(session: Session, acting: Acting, person_id: uuid.UUID, violation_id: uuid.UUID) -> None:
    doubts = [
        NewTask(kind=kind, subject_id=violation_id, person_id=person_id, evidence={"now": True})
        for kind in (VIOLATION, RETURN_ASSISTANCE)
    ]
    raise_tasks(session, acting, doubts)
    # The list that told of it names the person, a departure over the API the boarding.
    boardings = session.scalars(select(Removal.id).where(Removal.person_id == person_id))
    close_tasks(session, acting, REMOVED_WHILE_HELD, [person_id, *boardings])


def _holds_then(
    session: Session, members: Collection[uuid.UUID], removed_at: dt.datetime | None
) -> list[Hold]:
    """The holds that forbade the person's removal then; now, where nobody knows when.

    One that was closed because its person is protected forbids it still.
    """
    forbids = or_(HoldEnding.hold_id.is_(None), HoldEnding.kind.in_([kind.value for kind in VIOLABLE]))
    holds = select(Hold).outerjoin(HoldEnding, HoldEnding.hold_id == Hold.id)
    if removed_at is None:
        holds = holds.where(forbids)
    else:
        holds = holds.where(Hold.placed_at <= removed_at, or_(forbids, HoldEnding.ended_at > removed_at))
    return list(session.scalars(holds.where(Hold.person_id.in_(list(members))).order_by(Hold.placed_at)))


def _evidence(session: Session, members: Collection[uuid.UUID]) -> dict[str, Any]:
    """What the record knew at this moment, by ids and codes: it names nobody but the person it is about."""
    ids = list(members)

    def rows(table: Any, *columns: str) -> list[dict[str, Any]]:
        wanted = select(*(getattr(table, name) for name in columns)).where(table.person_id.in_(ids))
        return [dict(row) for row in session.execute(wanted).mappings()]

    return {
        "gates": rows(Gate, "person_id", "epoch"),
        "holds": rows(Hold, "id", "basis", "placed_at", "placed_by", "epoch"),
        "endings": rows(HoldEnding, "hold_id", "kind", "ended_at", "epoch"),
        "clearances": rows(
            Clearance, "id", "departure_kind", "issued_to", "issued_at", "expires_at", "epoch"
        ),
        "boardings": rows(Removal, "id", "clearance_id", "boarded_at", "epoch"),
        "custody": rows(Custody, "id", "status", "facility_id", "since", "until", "noted_at"),
        "ledger": rows(LedgerRow, "id", "verb", "actor_id", "at", "codes"),
    }
