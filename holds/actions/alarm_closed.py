"""The alarm when somebody is asked about whom nobody should ask any more: protected, removed, dead."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.tasks import Doubt, raise_tasks
from holds.domain.closing import STILL_BLOCKING
from holds.domain.staff import Acting
from holds.store.gates import HoldEnding
from holds.store.merged import one_records

CLOSED_PERSON_CHECKED = "closed_person_checked"


def alarm_if_closed(
    session: Session, acting: Acting, person_ids: Collection[uuid.UUID], reference: uuid.UUID
) -> int:
    """Raise one alarm a check for each of these people whose hold was closed, blocking; how many.

    `reference` is the ledger row of the check. The answer itself discloses nothing: it is `hold.active`.
    """
    records = one_records(session, person_ids)
    members = {member: person for person, record in records.items() for member in record.members}
    rows = session.execute(
        select(HoldEnding.person_id, HoldEnding.kind)
        .where(
            HoldEnding.person_id.in_(list(members)),
            HoldEnding.kind.in_([kind.value for kind in STILL_BLOCKING]),
        )
        .order_by(HoldEnding.ended_at)
    )
    doubts = [
        Doubt(
            kind=CLOSED_PERSON_CHECKED,
            subject_id=members[person_id],
            person_id=members[person_id],
            detail=str(reference),
            evidence={"ended": kind, "check": str(reference)},
        )
        for person_id, kind in rows
    ]
    return raise_tasks(session, acting, doubts)
