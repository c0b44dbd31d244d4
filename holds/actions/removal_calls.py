"""What a client's call on the gate does: check, clear, board, depart. Each is one action of the house."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.check_removal import check_all
from holds.actions.clear_removal import NOT_COMPARED, BlockedError, issue_clearance, record_boarding
from holds.actions.idempotent_calls import CallRefusedError
from holds.actions.questions import Question
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.clearance import ClearanceTerms, still_stands
from holds.domain.decision import Answer, Decision
from holds.domain.departure import DepartureKind
from holds.domain.staff import Acting, Verb, require
from holds.store.api_clients import KeptAnswer
from holds.store.base import holdfast_now
from holds.store.clearance_indexes import near_match_is_held
from holds.store.departures import Departure
from holds.store.engine import Database
from holds.store.gate_lock import UnknownPersonError, lock_gates
from holds.store.gates import Clearance, Removal
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.ledger_rows import LedgerRow
from holds.store.openness import closed_now


@dataclass(frozen=True, kw_only=True)
class ClearanceIssued:
    """Leave to board one person, once, until `expires_at` by the database's clock."""

    id: uuid.UUID
    reference: str
    issued_at: dt.datetime
    expires_at: dt.datetime
    check: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """No clearance. The check that says why stays in the ledger."""

    code: str
    reasons: tuple[str, ...]
    check: str | None


@dataclass(frozen=True, kw_only=True)
class Departed:
    """A departure on record. `recall`: a hold was active when it was recorded, and the alarm was raised."""

    at: dt.datetime
    recall: bool


def check_and_clear(
    session: Session,
    database: Database,
    *,
    acting: Acting,
    question: Question,
    departure_kind: DepartureKind,
    destination: str,
) -> ClearanceIssued | Refused:
    """Check, and clear only who is on record with no active hold, and was compared by name and birth date:
    whoever stands before the officer may be somebody else, held by these alone."""
    (checked,) = check_all(session, database, acting=acting, questions=(question,), tell_unknown=True)
    answer = checked.answer
    if answer.decision is Decision.BLOCKED:
        return Refused(code="removal.blocked", reasons=answer.reasons, check=answer.reference)
    person_id = _person_of(session, answer)
    if answer.decision is not Decision.NO_ACTIVE_HOLD or person_id is None:
        return Refused(code="removal.not_on_record", reasons=answer.reasons, check=answer.reference)
    if not checked.compared:
        return Refused(code=NOT_COMPARED, reasons=(NOT_COMPARED,), check=answer.reference)
    try:
        clearance_id = issue_clearance(
            session,
            database,
            acting=acting,
            person_id=person_id,
            question=question,
            departure_kind=departure_kind,
            destination=destination,
        )
    except (BlockedError, UnknownPersonError) as error:
        return Refused(code="removal.blocked", reasons=_reasons(error), check=answer.reference)
    row = session.get_one(Clearance, clearance_id)
    return ClearanceIssued(
        id=clearance_id,
        reference=row.reference,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        check=answer.reference or "",
    )


def board(session: Session, database: Database, *, acting: Acting, clearance: str) -> Removal:
    """Use up a clearance of this client's own and record the boarding, or `CallRefusedError`."""
    clearance_id = session.scalar(
        select(Clearance.id).where(Clearance.reference == clearance, Clearance.issued_to == acting.id)
    )
    if clearance_id is None:
        raise CallRefusedError("removal.blocked", reasons=("clearance.unknown",))
    try:
        removal_id = record_boarding(session, database, acting=acting, clearance_id=clearance_id)
    except (BlockedError, UnknownPersonError) as error:
        raise CallRefusedError("removal.blocked", reasons=_reasons(error)) from None
    return session.get_one(Removal, removal_id)


def depart(session: Session, *, acting: Acting, removal: uuid.UUID) -> Departed:
    """Record that who boarded has departed. What has happened is recorded, held or not; held, it alarms."""
    require(acting, Verb.EXECUTE_REMOVAL)
    found = session.scalar(select(Removal).where(Removal.id == removal, Removal.recorded_by == acting.id))
    if found is None:
        raise CallRefusedError("removal.unknown", status=404)
    if session.get(Departure, removal) is not None:
        raise CallRefusedError("removal.departed_already")
    session.execute(insert(Departure), [{"removal_id": removal, "recorded_by": acting.id}])
    # A choice to leave or an extradition order lets that very departure pass: it is no recall.
    recall = _held(session, found)
    codes = {"recall": recall}
    tell(session, acting, "removal.departed", removal, person_id=found.person_id, codes=codes)
    if recall:
        doubt = NewTask(
            kind="removed_while_held", subject_id=removal, person_id=found.person_id, evidence=codes
        )
        raise_tasks(session, acting, [doubt])
    at = session.scalars(select(Departure.departed_at).where(Departure.removal_id == removal)).one()
    return Departed(at=at, recall=recall)


def clearance_stands(session: Session, database: Database, kept: KeptAnswer) -> bool:
    """Whether a clearance that was answered before still holds; else it is not repeated.

    Nor where somebody held of the name and birth date that were asked for came on record since.
    """
    if kept.status >= 300:
        return True
    row = session.get(Clearance, kept.subject_id)
    if row is None or closed_now(session, database):
        return False
    epoch = lock_gates(session, [row.person_id])[row.person_id]
    if near_match_is_held(session, row.id, row.person_id):
        return False
    terms = ClearanceTerms(epoch=row.epoch, expires_at=row.expires_at)
    return still_stands(terms, epoch=epoch, now=session.scalars(select(holdfast_now())).one())


def boarding_stands(session: Session, kept: KeptAnswer) -> bool:
    """Whether a boarding that was answered before may be answered again: not where a hold came since.

    Who never got the first answer has boarded nobody yet, and would now, on the strength of the second.
    """
    if kept.status >= 300:
        return True
    row = session.get(Removal, kept.subject_id)
    if row is None:
        return False
    lock_gates(session, [row.person_id])
    return not _held(session, row)


def _held(session: Session, boarded: Removal) -> bool:
    """Whether anything holds this person back from the departure they were cleared for."""
    cleared = session.get_one(Clearance, boarded.clearance_id)
    kind = DepartureKind(cleared.departure_kind)
    return bool(active_bases(session, [boarded.person_id], kind)[boarded.person_id])


def _person_of(session: Session, answer: Answer) -> uuid.UUID | None:
    if answer.reference is None:
        return None
    return session.scalar(select(LedgerRow.person_id).where(LedgerRow.id == uuid.UUID(answer.reference)))


def _reasons(error: Exception) -> tuple[str, ...]:
    text = str(error)
    return tuple(text.removeprefix("blocked: ").split(", ")) if text.startswith("blocked: ") else ()
