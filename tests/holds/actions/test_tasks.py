"""A doubt is one task: raised once while it is open, and opened again when it comes back."""

import uuid

from sqlalchemy import select

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.store.base import new_id
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from tests.conftest import OfficeAtWork


def raised(office: OfficeAtWork, subject: uuid.UUID, **evidence: str) -> int:
    doubt = NewTask(kind="facility_doubt", subject_id=subject, detail="x", evidence=evidence)
    return office.database.run(lambda session: raise_tasks(session, office.operator, [doubt, doubt]))


def test_a_closed_task_opens_again_and_the_ledger_tells(office: OfficeAtWork) -> None:
    subject = new_id()
    assert (raised(office, subject), raised(office, subject)) == (1, 0)
    with office.database.transaction() as session:
        close_tasks(session, office.operator, "facility_doubt", [subject])
        closed_at = session.scalars(select(Task.closed_at)).one()
    assert closed_at is not None
    assert (raised(office, subject, why="again"), raised(office, subject)) == (1, 0)
    with office.database.reading() as session:
        task = session.scalars(select(Task)).one()
        verbs = session.scalars(
            select(LedgerRow.verb).where(LedgerRow.subject_id == subject).order_by(LedgerRow.id)
        ).all()
    assert (task.closed_at, task.closed_by, task.evidence) == (None, None, {"why": "again"})
    assert task.raised_at >= closed_at
    assert sorted(verbs) == ["task.closed", "task.raised", "task.reopened"]
