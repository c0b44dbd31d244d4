"""What happens to people after they were told, put on record as the actions do it, with its ledger row."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select

from holds.store.base import holdfast_now
from holds.store.gates import Hold
from holds.store.ledger import tell
from holds.store.places import Custody
from notify.actions.envelope import wording_of
from notify.actions.plan_notices import PlanSummary, plan_everything
from notify.actions.serve_notice import serve_notice
from notify.store.notices import Notice
from tests.proven import PROVEN


def planned(record: Any) -> PlanSummary:
    return plan_everything(record.database, acting=record.operator, wording_of=wording_of)


def told_and_sent(record: Any, outbox: Any, **known: Any) -> uuid.UUID:
    """Somebody whose first letter has left."""
    person: uuid.UUID = record.person(**known)
    outbox.approved()
    assert outbox.send() == {"accepted": 1}
    return person


def served(record: Any, office: Any, kind: str = "exposure_notice") -> None:
    """Whose one notice of a kind was handed over, and the slip proves it."""
    with record.database.transaction() as session:
        reference = session.scalars(
            select(Notice.reference).where(Notice.kind == kind, Notice.counsel_id.is_(None))
        ).one()
        when = session.scalars(select(holdfast_now())).one()
        found = serve_notice(
            session, office.vault, acting=office.caseworker, reference=reference, act=PROVEN, served_at=when
        )
    assert found.missing == ()


def goes_on(record: Any, person: uuid.UUID, status: str, facility: uuid.UUID | None, day: int) -> None:
    """The custody file says on a day of December that somebody is somewhere else."""
    with record.database.transaction() as session:
        on = dt.date(2022, 12, day)
        for row in session.scalars(
            select(Custody).where(Custody.person_id == person, Custody.until.is_(None))
        ):
            row.until = on
        custody_id = record.put(
            session,
            Custody,
            person_id=person,
            status=status,
            facility_id=facility,
            since=on,
            source_list_id=record.list_id,
        )
        tell(session, record.operator, "custody.changed", custody_id, person_id=person)


def hold_of(record: Any, person: uuid.UUID) -> uuid.UUID:
    with record.database.reading() as session:
        found: uuid.UUID = session.scalars(select(Hold.id).where(Hold.person_id == person)).first()
    return found


def letters(record: Any, kind: str) -> list[str]:
    """References of the notices of a kind, in the order of planning."""
    with record.database.reading() as session:
        return list(session.scalars(select(Notice.reference).where(Notice.kind == kind).order_by(Notice.id)))
