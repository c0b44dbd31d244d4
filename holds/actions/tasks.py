"""What waits for a human: one task by kind, subject and detail, closed when what it waited for is here, and
opened again when the doubt comes back."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person, Task

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """A task to raise. `evidence` holds codes and ids, and names nobody; `due_at` by the database's clock."""

    kind: str
    subject_id: uuid.UUID
    person_id: uuid.UUID | None = None
    detail: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
    due_at: dt.datetime | None = None

    @property
    def key(self) -> tuple[str, uuid.UUID, str]:
        """What makes it the same task."""
        return (self.kind, self.subject_id, self.detail)


def raise_tasks(session: Session, acting: Acting, doubts: Iterable[NewTask]) -> int:
    """Raise those that are not open, each with its ledger row; how many are open now and were not before.

    A doubt that was settled once and is here again opens its task again: `task.reopened`. What is about a
    person waits at the organisation whose record they are on, whoever raised it.
    """
    wanted = {doubt.key: doubt for doubt in doubts}
    known: dict[tuple[str, uuid.UUID, str], tuple[uuid.UUID, bool]] = {}
    for chunk in _chunks({doubt.subject_id for doubt in wanted.values()}):
        rows = session.execute(
            select(
                Task.kind, Task.subject_id, Task.detail, Task.id, Task.closed_at.is_(None).label("open")
            ).where(Task.subject_id.in_(chunk))
        )
        known |= {(row.kind, row.subject_id, row.detail): (row.id, bool(row.open)) for row in rows}
    new = [doubt for key, doubt in wanted.items() if key not in known]
    again = {known[key][0]: doubt for key, doubt in wanted.items() if key in known and not known[key][1]}
    if new:
        owners = _owners(session, {doubt.person_id for doubt in new if doubt.person_id})
        session.execute(insert(Task), [_row(acting, doubt, owners) for doubt in new])
    if again:
        now = session.scalars(select(holdfast_now())).one()
        opened = {"raised_at": now, "closed_at": None, "closed_by": None}
        rows_again = [
            {"id": task_id, "evidence": doubt.evidence, "due_at": doubt.due_at, **opened}
            for task_id, doubt in again.items()
        ]
        session.execute(update(Task), rows_again)
    told = [("task.raised", doubt) for doubt in new] + [("task.reopened", doubt) for doubt in again.values()]
    write_ledger(
        session, [_entry(acting, verb, doubt.kind, doubt.subject_id, doubt.person_id) for verb, doubt in told]
    )
    return len(told)


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


def _owners(session: Session, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose people they are. One who is being put on record in this transaction may not be there yet."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    for chunk in _chunks(person_ids):
        rows = session.execute(select(Person.id, Person.organisation_id).where(Person.id.in_(chunk)))
        found |= dict(rows.all())
    return found


def _row(acting: Acting, doubt: NewTask, owners: Mapping[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    own = acting.organisation_id
    return {
        "id": new_id(),
        "organisation_id": owners.get(doubt.person_id, own) if doubt.person_id else own,
        "due_at": doubt.due_at,
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
