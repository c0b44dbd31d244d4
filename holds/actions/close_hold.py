"""Ending a hold other than by release: proposed by one, told where it must be, carried out by another."""

import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.documents import keep_document
from holds.actions.serve_rejection import record_telling, send_reasons
from holds.domain.closing import NEEDED_OUTCOME, NEEDS_DOCUMENT, EndingKind, decide_closing
from holds.domain.refusal import RefusedError
from holds.domain.release import Refusal
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.closing_facts import closing_facts
from holds.store.closings import Closing, ClosingService
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger import tell
from holds.store.ownership import is_own, own_hold
from holds.store.release_facts import overruled_by
from holds.store.vault import Vault, seal_json


class ClosingRefusedError(RefusedError):
    """The closing cannot be proposed or told as asked; the message says what is missing."""


def propose_closing(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    hold_id: uuid.UUID,
    kind: EndingKind,
    reasons: str,
    review_id: uuid.UUID | None = None,
    document: bytes = b"",
    media_type: str = "application/octet-stream",
) -> uuid.UUID:
    """Propose that a hold ends and return the closing's id. The hold stands until a second person ends it.

    `reasons` are sealed; `review_id` is for ends that rest on a court, `document` for those on a paper.
    """
    require(acting, Verb.PROPOSE_RELEASE)
    hold = own_hold(session, acting, hold_id)
    if kind == EndingKind.RELEASED:
        raise ClosingRefusedError("A release is proposed on a court review: holdfast hold propose --help")
    if session.get(HoldEnding, hold_id) is not None:
        raise ClosingRefusedError("This hold has ended already.")
    if not reasons.strip():
        raise ClosingRefusedError("Say why: --reasons TEXT.")
    if kind in NEEDED_OUTCOME and review_id is None:
        raise ClosingRefusedError("This rests on a court review of the hold: --review REFERENCE.")
    if kind in NEEDS_DOCUMENT and not document:
        raise ClosingRefusedError("This rests on a document: --document FILE.")
    key, closing_id = vault.key(session, hold.person_id), new_id()
    kept = keep_document(session, vault, acting, key, content=document, media_type=media_type)
    row = {
        "id": closing_id,
        "hold_id": hold_id,
        "person_id": hold.person_id,
        "kind": kind.value,
        "review_id": review_id,
        "document_id": kept.id if kept else None,
        "sealed_reasons": seal_json(key, "closing", "sealed_reasons", closing_id, reasons.strip()),
        "proposed_by": acting.id,
    }
    session.execute(insert(Closing), [row])
    tell(
        session,
        acting,
        "closing.proposed",
        hold_id,
        person_id=hold.person_id,
        codes={
            "kind": kind.value,
            "closing": str(closing_id),
            "review": str(review_id) if review_id else None,
        },
        details={"reasons": reasons.strip()},
        key=key,
    )
    if kind == EndingKind.STAY_REJECTED:
        send_reasons(session, vault, acting=acting, closing=row)
    return closing_id


def tell_closing(
    session: Session, *, acting: Acting, closing_id: uuid.UUID, served_on: str, served_at: dt.datetime
) -> None:
    """Record that the person, counsel or who placed the stay (`placer`) was told of it, and why."""
    require(acting, Verb.RECORD_SERVICE)
    closing = session.get(Closing, closing_id)
    if closing is None or not is_own(session, acting, closing.person_id):
        raise ClosingRefusedError("There is no such closing.")
    if session.get(ClosingService, (closing_id, served_on)) is not None:
        raise ClosingRefusedError(f"It is on record already that the {served_on} was told.")
    now = session.scalars(select(holdfast_now())).one()
    if not closing.proposed_at <= served_at <= now:
        raise ClosingRefusedError("The time of telling must lie between the proposal and now.")
    record_telling(session, acting, closing, served_on, served_at)


def close_hold(session: Session, *, acting: Acting, hold_id: uuid.UUID) -> Refusal | None:
    """End one hold as was proposed last, or say why it stays. The trigger checks once more."""
    require(acting, Verb.RELEASE_HOLD)
    hold = own_hold(session, acting, hold_id)
    epoch = lock_gates(session, [hold.person_id])[hold.person_id]
    closing = session.scalars(
        select(Closing)
        .where(Closing.hold_id == hold_id)
        .order_by(Closing.proposed_at.desc(), Closing.id.desc())
        .limit(1)
    ).one_or_none()
    refusal = _refusal(session, acting, hold, closing)
    if refusal is not None or closing is None:
        refusal = refusal or Refusal(("closing.not_proposed",))
        tell(
            session,
            acting,
            "closing.refused",
            hold_id,
            person_id=hold.person_id,
            codes={"reasons": list(refusal.reasons)},
        )
        return refusal
    row = {
        "hold_id": hold_id,
        "person_id": hold.person_id,
        "epoch": epoch + 1,
        "kind": closing.kind,
        "closing_id": closing.id,
        "proposed_by": closing.proposed_by,
        "ended_by": acting.id,
    }
    session.execute(insert(HoldEnding), [row])
    tell(
        session,
        acting,
        "hold.closed",
        hold_id,
        person_id=hold.person_id,
        codes={"kind": closing.kind, "closing": str(closing.id), "epoch": epoch + 1},
    )
    return None


def _refusal(session: Session, acting: Acting, hold: Hold, closing: Closing | None) -> Refusal | None:
    if session.get(HoldEnding, hold.id) is not None:
        return Refusal(("hold.ended",))
    if closing is None:
        return Refusal(("closing.not_proposed",))
    if closing.proposed_by == acting.id:
        return Refusal(("release.second_person_needed",))
    if overruled_by(session, hold.id) & {closing.proposed_by, acting.id}:
        return Refusal(("objection.third_person_needed",))
    now = session.scalars(select(holdfast_now())).one()
    decision = decide_closing(closing_facts(session, closing), now)
    return decision if isinstance(decision, Refusal) else None
