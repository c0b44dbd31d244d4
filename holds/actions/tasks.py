"""What waits for a human: raised once by kind, subject and detail, closed when what it waited for is here."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Task

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A task to raise. `evidence` holds codes and ids, and names nobody."""

    kind: str
    subject_id: uuid.UUID
    person_id: uuid.UUID | None = None
    detail: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, uuid.UUID, str]:
        """What makes it the same doubt."""
        return (self.kind, self.subject_id, self.detail)


def raise_tasks(session: Session, acting: Acting, doubts: Iterable[Doubt]) -> int:
    """Raise those that were never raised, each with its ledger row; how many are new."""
    wanted = {doubt.key: doubt for doubt in doubts}
    known: set[tuple[str, uuid.UUID, str]] = set()
    for chunk in _chunks({doubt.subject_id for doubt in wanted.values()}):
        rows = session.execute(
            select(Task.kind, Task.subject_id, Task.detail).where(Task.subject_id.in_(chunk))
        )
        known |= {(row.kind, row.subject_id, row.detail) for row in rows}
    new = [doubt for key, doubt in wanted.items() if key not in known]
    if new:
        session.execute(insert(Task), [_row(acting, doubt) for doubt in new])
        write_ledger(
            session,
            [_entry(acting, "task.raised", doubt.kind, doubt.subject_id, doubt.person_id) for doubt in new],
        )
    return len(new)


def close_tasks(session: Session, acting: Acting, kind: str, subject_ids: Collection[uuid.UUID]) -> None:
    """Close the open tasks of one kind about these subjects."""
    for chunk in _chunks(subject_ids):
        found = session.execute(
            select(Task.id, Task.subject_id, Task.person_id).where(
                Task.kind == kind, Task.subject_id.in_(chunk), Task.closed_at.is_(None)
            )
        ).all()
        if not found:
            continue
        session.execute(
            update(Task)
            .where(Task.id.in_([row.id for row in found]))
            .values(closed_at=holdfast_now(), closed_by=acting.id)
        )
        write_ledger(
            session, [_entry(acting, "task.closed", kind, row.subject_id, row.person_id) for row in found]
        )


def _row(acting: Acting, doubt: Doubt) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": acting.organisation_id,
        "kind": doubt.kind,
        "subject_id": doubt.subject_id,
        "person_id": doubt.person_id,
        "detail": doubt.detail,
        "evidence": doubt.evidence,
    }


def _entry(acting: Acting, verb: str, kind: str, subject_id: uuid.UUID, person_id: uuid.UUID | None) -> Entry:
    return Entry(
        verb=verb,
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=subject_id,
        person_id=person_id,
        codes={"kind": kind},
    )


def _chunks(ids: Collection[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
