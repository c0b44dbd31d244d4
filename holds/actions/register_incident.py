"""Registering an incident: what was disclosed, when, and which kinds of data."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.exposures import Incident
from holds.store.ledger import tell


class IncidentRefusedError(RefusedError):
    """The incident cannot be registered like this; the message says why."""


def register_incident(
    session: Session,
    *,
    acting: Acting,
    name: str,
    occurred_at: dt.datetime,
    fields: Sequence[str],
    discovered_at: dt.datetime | None = None,
    seen_by: str | None = None,
) -> str:
    """Register an incident and return its reference. A further disclosure is an incident of its own.

    `discovered_at`: when it was noticed, where that is known; `seen_by`: own_government, other_government or
    public, None while nobody knows. Notices tell both, so they are registered before people are imported.
    """
    require(acting, Verb.IMPORT)
    if not name.strip() or not fields:
        raise IncidentRefusedError("An incident needs a name and the kinds of data that were exposed.")
    if session.scalar(select(Incident.id).where(Incident.name == name.strip())) is not None:
        raise IncidentRefusedError(f"There is an incident named {name.strip()} already.")
    now = session.scalars(select(holdfast_now())).one()
    if occurred_at > now:
        raise IncidentRefusedError("An incident cannot have occurred in the future.")
    if discovered_at is not None and not occurred_at <= discovered_at <= now:
        raise IncidentRefusedError(
            "An incident is discovered after it occurred, and not in the future; check the dates."
        )
    incident_id, reference = new_id(), new_reference()
    row = {
        "id": incident_id,
        "organisation_id": acting.organisation_id,
        "reference": reference,
        "name": name.strip(),
        "occurred_at": occurred_at,
        "discovered_at": discovered_at,
        "seen_by": seen_by,
        "fields": list(fields),
        "recorded_by": acting.id,
    }
    session.execute(insert(Incident), [row])
    tell(session, acting, "incident.registered", incident_id, codes={"fields": list(fields)})
    return reference
