"""Incidents on record."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.exposures import Exposure, Incident


@dataclass(frozen=True)
class IncidentLine:
    """An incident and how many people it exposed."""

    reference: str
    name: str
    occurred_at: dt.datetime
    people: int


def incidents(session: Session, *, acting: Acting) -> list[IncidentLine]:
    """The incidents of the actor's organisation, the latest first."""
    rows = session.execute(
        select(Incident.reference, Incident.name, Incident.occurred_at, func.count(Exposure.id))
        .outerjoin(Exposure, Exposure.incident_id == Incident.id)
        .where(Incident.organisation_id == acting.organisation_id)
        .group_by(Incident.id)
        .order_by(Incident.occurred_at.desc())
    )
    return [IncidentLine(*row) for row in rows]
