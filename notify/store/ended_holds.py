"""Whose hold a court's review has ended, and who was not told of it yet."""

import uuid

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from holds.store.exposures import Exposure
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person
from notify.domain.kinds import NoticeKind
from notify.store.notices import Notice
from notify.store.rounds import Cause

RELEASED = "hold.released"


def untold_releases(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Released holds of an incident whose person has no notice of it, oldest first.

    Whoever is held by a stay alone learns its end from the court. Holds that were closed for another reason
    are not told of like this: some of them block for good, and the dead are written to no more.
    """
    planned = exists().where(Notice.cause_id == LedgerRow.id, Notice.kind == NoticeKind.HOLD_RELEASED.value)
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, Exposure.id.label("exposure_id"))
        .join(Exposure, Exposure.hold_id == LedgerRow.subject_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(LedgerRow.verb == RELEASED, Person.organisation_id == organisation_id, ~planned)
        .order_by(LedgerRow.id, Exposure.id)
        .limit(limit)
    )
    # A hold has one incident; of several rows of a list about one person in it, the first is told.
    causes: dict[uuid.UUID, Cause] = {}
    for row in rows:
        if row.person_id:
            causes.setdefault(row.id, Cause(row.id, row.person_id, row.exposure_id))
    return list(causes.values())
