"""What waits for a judgement of who is who: doubts that were raised, and conflicts that imports left."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from holds.domain.judgement import DoubtKind, Judged, settled
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.doubts import histories
from holds.store.facts import facts_of
from holds.store.judgements import Doubt, Judgement, JudgementConfirmation
from holds.store.people import Person, Task
from holds.store.staff import Actor
from holds.store.vault import Vault, open_json

CONFLICT_TASK = "identity_conflict"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One entry. `reference` is the doubt's, or the id of the task that an import raised.

    `subject` and `other` are references of records; a near match has no other. `due_at` by the database's
    clock, None where nothing was promised.
    """

    reference: str
    kind: DoubtKind
    subject: str
    other: str | None
    raised_at: dt.datetime
    due_at: dt.datetime | None
    overdue: bool
    history: tuple[Judged, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """A judgement as it stands in the history, with its reason in clear."""

    verdict: str
    reason: str
    judged_by: str
    judged_at: dt.datetime
    confirmed_by: str | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The two sides of a doubt in clear, for a look whose reason is in the ledger."""

    subject: PersonFacts | None
    other: PersonFacts | None
    opinions: tuple[Opinion, ...]


def judgement_queue(session: Session, *, acting: Acting) -> tuple[Waiting, ...]:
    """Everything of the actor's organisation that waits, what is due first; then the oldest."""
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
            kind=DoubtKind(doubt.kind),
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
    return tuple(sorted(waiting, key=lambda e: (e.due_at is None, e.due_at or e.raised_at, e.raised_at)))


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
            kind=DoubtKind.IDENTITY_CONFLICT,
            subject=references[task.subject_id],
            other=references.get(uuid.UUID(task.detail)),
            raised_at=task.raised_at,
            due_at=task.due_at,
            overdue=False,
        )
        for task in tasks
    ]


def compare(session: Session, vault: Vault, doubt_id: uuid.UUID, *, acting: Acting) -> Comparison | None:
    """Both sides in clear; None where the doubt is not of the actor's organisation.

    Whoever calls this tells the ledger in the same transaction (`holds.actions.look_at_person`).
    """
    require(acting, Verb.JUDGE_IDENTITY)
    doubt = session.get(Doubt, doubt_id)
    if doubt is None or doubt.organisation_id != acting.organisation_id:
        return None
    key = vault.key(session, doubt.subject_id)
    facts = facts_of(session, vault, [p for p in (doubt.subject_id, doubt.other_id) if p is not None])
    if doubt.sealed_question is not None:
        asked = open_json(key, "doubt", "sealed_question", doubt.id, doubt.sealed_question)
        other: PersonFacts | None = PersonFacts(
            names=(asked["name"],),
            a_numbers=(asked["a_number"],),
            birth_dates=tuple(asked["birth_dates"]),
        )
    else:
        other = facts.get(doubt.other_id) if doubt.other_id else None
    judge, second = aliased(Actor), aliased(Actor)
    rows = session.execute(
        select(Judgement, judge.display_name, second.display_name.label("second"))
        .join(judge, judge.id == Judgement.judged_by)
        .outerjoin(JudgementConfirmation, JudgementConfirmation.judgement_id == Judgement.id)
        .outerjoin(second, second.id == JudgementConfirmation.confirmed_by)
        .where(Judgement.doubt_id == doubt_id)
        .order_by(Judgement.judged_at, Judgement.id)
    )
    opinions = tuple(
        Opinion(
            verdict=row.verdict,
            reason=str(open_json(key, "judgement", "sealed_reason", row.id, row.sealed_reason)["reason"]),
            judged_by=by,
            judged_at=row.judged_at,
            confirmed_by=confirmed_by,
        )
        for row, by, confirmed_by in rows
    )
    return Comparison(subject=facts.get(doubt.subject_id), other=other, opinions=opinions)
