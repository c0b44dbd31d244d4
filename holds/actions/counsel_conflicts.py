"""Several counsel who each say that they are the primary one: a human must ask which of them is."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting
from holds.store.representation import Appearance

CONFLICT = "counsel_conflict"


def tell_conflicts(
    session: Session, acting: Acting, appearances: Mapping[uuid.UUID, Sequence[Appearance]]
) -> None:
    """One task a person while several counsel are primary on one form; closed when one is left.

    `appearances` are all of each person, withdrawn ones too. Whose client is in doubt does not count.
    """
    doubts, settled = [], []
    for person_id, every in appearances.items():
        forms = sorted({form for form in {one.form for one in every} if len(_primary(every, form)) > 1})
        if forms:
            evidence = {"forms": forms}
            task = NewTask(kind=CONFLICT, subject_id=person_id, person_id=person_id, evidence=evidence)
            doubts.append(task)
        else:
            settled.append(person_id)
    raise_tasks(session, acting, doubts)
    close_tasks(session, acting, CONFLICT, settled)


def _primary(appearances: Sequence[Appearance], form: str) -> set[uuid.UUID]:
    return {
        one.counsel_id
        for one in appearances
        if one.is_primary and one.form == form and one.withdrawn_on is None and one.judgement == "exact"
    }
