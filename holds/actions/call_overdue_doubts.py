"""The on-call queue's promise of fifteen minutes: where it is broken somebody is called, then everybody.

The near match blocks as before; only the wait is news. `notify` pages from the ledger's `doubt.overdue`.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.judgement import DoubtKind, overdue_rungs, settled
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.doubts import histories
from holds.store.judgements import Doubt
from holds.store.ledger import tell
from holds.store.people import Task

NEAR_MATCH_OVERDUE = "near_match_overdue"


def call_overdue_doubts(session: Session, *, acting: Acting) -> int:
    """Raise every rung that near matches have reached and not climbed; how many. Judged ones are closed."""
    require(acting, Verb.RAISE_TASKS)
    now = session.scalars(select(holdfast_now())).one()
    overdue = {
        row.id: row
        for row in session.execute(
            select(Doubt.id, Doubt.subject_id, Doubt.reference, Doubt.due_at).where(
                Doubt.kind == DoubtKind.NEAR_MATCH.value,
                Doubt.due_at <= now,
                Doubt.organisation_id == acting.organisation_id,
            )
        )
    }
    history = histories(session, list(overdue))
    judged = [doubt_id for doubt_id in overdue if settled(history[doubt_id])]
    close_tasks(session, acting, NEAR_MATCH_OVERDUE, judged)
    waiting = sorted(set(overdue) - set(judged))
    climbed = _climbed(session, waiting)
    raised = 0
    for doubt_id in waiting:
        row = overdue[doubt_id]
        for rung in overdue_rungs(row.due_at, now):
            if (doubt_id, rung) in climbed:
                continue
            tell(
                session,
                acting,
                "doubt.overdue",
                doubt_id,
                person_id=row.subject_id,
                codes={"rung": rung, "due_at": row.due_at.isoformat()},
            )
            wait = NewTask(
                kind=NEAR_MATCH_OVERDUE,
                subject_id=doubt_id,
                person_id=row.subject_id,
                detail=rung,
                evidence={"doubt": row.reference, "rung": rung},
            )
            raised += raise_tasks(session, acting, [wait])
    return raised


def _climbed(session: Session, doubt_ids: list[uuid.UUID]) -> set[tuple[uuid.UUID, str]]:
    rows = session.execute(
        select(Task.subject_id, Task.detail).where(
            Task.kind == NEAR_MATCH_OVERDUE, Task.subject_id.in_(doubt_ids)
        )
    )
    return {(row.subject_id, row.detail) for row in rows}
