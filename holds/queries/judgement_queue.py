"""What waits for a judgement of who is who: doubts that were raised, conflicts that imports left, and counsel
whose client is in doubt."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from holds.domain.judgement import DoubtKind, Judged, settled
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.doubts import appearance_histories, histories
from holds.store.judgements import Doubt
from holds.store.people import Person, Task
from holds.store.places import Custody
from holds.store.representation import Appearance

CONFLICT_TASK = "identity_conflict"
OPEN_JUDGEMENTS = ("confident", "needs_judgement")


class QueueKind(StrEnum):
    """What is in doubt: as `DoubtKind`, and whether counsel's client is this person."""

    NEAR_MATCH = DoubtKind.NEAR_MATCH.value
    IDENTITY_CONFLICT = DoubtKind.IDENTITY_CONFLICT.value
    SAME_PERSON = DoubtKind.SAME_PERSON.value
    WRONG_MERGE = DoubtKind.WRONG_MERGE.value
    COUNSEL = "counsel"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One entry. `reference` is the doubt's, or the id of the task that an import raised, or of counsel's
    appearance.

    `subject` and `other` are references of records; a near match has no other. `due_at` by the database's
    clock, None where nothing was promised. `detained`: somebody it is about is in custody, as far as known.
    """

    reference: str
    kind: QueueKind
    subject: str
    other: str | None
    raised_at: dt.datetime
    due_at: dt.datetime | None
    overdue: bool
    detained: bool = False
    history: tuple[Judged, ...] = ()


def judgement_queue(session: Session, *, acting: Acting) -> tuple[Waiting, ...]:
    """Everything of the actor's organisation that waits: what is due first, then by harm, the detained before
    the released; of these the oldest."""
    require(acting, Verb.JUDGE_IDENTITY)
    now = session.scalars(select(holdfast_now())).one()
    subject, other = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Doubt, subject.reference, other.reference.label("other"))
        .join(subject, subject.id == Doubt.subject_id)
        .outerjoin(other, other.id == Doubt.other_id)
        .where(Doubt.organisation_id == acting.organisation_id)
    ).all()
    history = histories(session, [doubt.id for doubt, _, _ in rows])
    waiting = [
        Waiting(
            reference=doubt.reference,
            kind=QueueKind(doubt.kind),
            subject=one,
            other=two,
            raised_at=doubt.raised_at,
            due_at=doubt.due_at,
            overdue=doubt.due_at is not None and doubt.due_at < now,
            history=history[doubt.id],
        )
        for doubt, one, two in rows
        if not settled(history[doubt.id])
    ]
    known = {frozenset((entry.subject, entry.other)) for entry in waiting}
    waiting += [e for e in _conflicts(session, acting) if frozenset((e.subject, e.other)) not in known]
    waiting += _of_counsel(session, acting)
    inside = _detained(session, acting)
    placed = [dataclasses.replace(e, detained=bool(inside & {e.subject, e.other})) for e in waiting]
    return tuple(
        sorted(placed, key=lambda e: (e.due_at is None, e.due_at or now, not e.detained, e.raised_at))
    )


def _detained(session: Session, acting: Acting) -> frozenset[str | None]:
    """The references of those who are in custody, as far as the record knows."""
    found = session.scalars(
        select(Person.reference)
        .join(Custody, Custody.person_id == Person.id)
        .where(
            Person.organisation_id == acting.organisation_id,
            Custody.status == "detained",
            Custody.until.is_(None),
        )
    )
    return frozenset(found)


def _of_counsel(session: Session, acting: Acting) -> list[Waiting]:
    """Appearances in force of which it is not certain that they are for this person."""
    rows = session.execute(
        select(Appearance.id, Appearance.noted_at, Person.reference)
        .join(Person, Person.id == Appearance.person_id)
        .where(
            Person.organisation_id == acting.organisation_id,
            Appearance.judgement.in_(OPEN_JUDGEMENTS),
            Appearance.verified_at.is_(None),
            Appearance.withdrawn_on.is_(None),
        )
    ).all()
    history = appearance_histories(session, [row.id for row in rows])
    return [
        Waiting(
            reference=str(row.id),
            kind=QueueKind.COUNSEL,
            subject=row.reference,
            other=None,
            raised_at=row.noted_at,
            due_at=None,
            overdue=False,
            history=history[row.id],
        )
        for row in rows
    ]


def _conflicts(session: Session, acting: Acting) -> Sequence[Waiting]:
    tasks = session.scalars(
        select(Task).where(
            Task.kind == CONFLICT_TASK,
            Task.organisation_id == acting.organisation_id,
            Task.closed_at.is_(None),
        )
    ).all()
    ids = {task.subject_id for task in tasks} | {uuid.UUID(task.detail) for task in tasks}
    references = dict(
        session.execute(select(Person.id, Person.reference).where(Person.id.in_(list(ids)))).all()
    )
    return [
        Waiting(
            reference=str(task.id),
            kind=QueueKind.IDENTITY_CONFLICT,
            subject=references[task.subject_id],
            other=references.get(uuid.UUID(task.detail)),
            raised_at=task.raised_at,
            due_at=task.due_at,
            overdue=False,
        )
        for task in tasks
    ]
