"""The alarm when somebody is asked about whom nobody should ask any more: protected, removed, dead."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting

CLOSED_PERSON_CHECKED = "closed_person_checked"


@dataclass(frozen=True, kw_only=True)
class ClosedChecked:
    """Somebody was asked about although a hold of theirs had `ended` in a way that blocks for good. `check`:
    id of the ledger row of the check."""

    person_id: uuid.UUID
    ended: str
    check: str


def alarm_closed(session: Session, acting: Acting, asked: Iterable[ClosedChecked]) -> int:
    """Raise one alarm a check and person; how many. The answer itself discloses nothing: `hold.active`."""
    return raise_tasks(
        session,
        acting,
        [
            NewTask(
                kind=CLOSED_PERSON_CHECKED,
                subject_id=one.person_id,
                person_id=one.person_id,
                detail=one.check,
                evidence={"ended": one.ended, "check": one.check},
            )
            for one in asked
        ],
    )
