"""What came in: imported lists and incidents, with every row accounted for."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from holds.store.exposures import Exposure, FailingRow, Incident, SourceList
from holds.store.merged import roots
from holds.store.staff import Actor

NOBODY = "row.no_identity"
PARTS = ("imported", "updated", "duplicates", "without_number", "rejected")


@dataclass(frozen=True, kw_only=True)
class ListFigures:
    """One imported list. `rejected_for` and `to_mend` count rows by problem code, mended ones left out."""

    reference: str
    kind: str
    incident: str | None
    version: int
    state: str
    imported_by: str
    finished_at: dt.datetime | None
    counts: Mapping[str, int]
    rejected_for: Mapping[str, int]
    to_mend: Mapping[str, int]

    @property
    def accounted(self) -> bool:
        """Whether every row is imported, updated, a duplicate, held without number or rejected."""
        return sum(self.counts.get(part, 0) for part in PARTS) == self.counts.get("rows", 0)


@dataclass(frozen=True, kw_only=True)
class IncidentFigures:
    """One incident: its lists of people taken together. `people` are those exposed in it."""

    name: str
    reference: str
    occurred_at: dt.datetime
    people: int
    counts: Mapping[str, int]
    rejected_for: Mapping[str, int]
    to_mend: Mapping[str, int]

    @property
    def accounted(self) -> bool:
        return sum(self.counts.get(part, 0) for part in PARTS) == self.counts.get("rows", 0)


def list_figures(session: Session, organisation_id: uuid.UUID) -> tuple[ListFigures, ...]:
    """The organisation's lists, the latest first."""
    rejected, to_mend = _problems(session, organisation_id)
    rows = session.execute(
        select(SourceList, Incident.name, Actor.display_name)
        .join(Actor, Actor.id == SourceList.imported_by)
        .outerjoin(Incident, Incident.id == SourceList.incident_id)
        .where(SourceList.organisation_id == organisation_id)
        .order_by(SourceList.started_at.desc(), SourceList.id.desc())
    )
    return tuple(
        ListFigures(
            reference=source.reference,
            kind=source.kind,
            incident=incident,
            version=source.version,
            state=source.state,
            imported_by=imported_by,
            finished_at=source.finished_at,
            counts={name: value for name, value in source.counts.items() if isinstance(value, int)},
            rejected_for=dict(rejected[source.id].most_common()) if source.id in rejected else {},
            to_mend=dict(to_mend[source.id].most_common()) if source.id in to_mend else {},
        )
        for source, incident, imported_by in rows
    )


def _problems(
    session: Session, organisation_id: uuid.UUID
) -> tuple[dict[uuid.UUID, Counter[str]], dict[uuid.UUID, Counter[str]]]:
    """Rows by problem code, for each list: (those that became nobody, those on record that wait)."""
    rejected: dict[uuid.UUID, Counter[str]] = {}
    to_mend: dict[uuid.UUID, Counter[str]] = {}
    rows = session.execute(
        select(FailingRow.source_list_id, FailingRow.person_id, FailingRow.problems)
        .join(SourceList, SourceList.id == FailingRow.source_list_id)
        .where(SourceList.organisation_id == organisation_id, FailingRow.mended_by.is_(None))
    )
    for list_id, person_id, problems in rows:
        side = rejected if person_id is None else to_mend
        codes = {str(problem["code"]) for problem in problems}
        if person_id is None and NOBODY in codes:
            codes = {NOBODY}  # what it was rejected for; the empty cells alone would not have been
        side.setdefault(list_id, Counter()).update(codes)
    return rejected, to_mend


def incident_figures(
    session: Session, organisation_id: uuid.UUID, lists: Sequence[ListFigures]
) -> tuple[IncidentFigures, ...]:
    """The organisation's incidents in the order they occurred."""
    merged = roots()
    one = func.coalesce(merged.c.root, Exposure.person_id).distinct()
    exposed = (
        select(Exposure.incident_id, func.count(one).label("people"))
        .outerjoin(merged, merged.c.id == Exposure.person_id)
        .group_by(Exposure.incident_id)
        .subquery()
    )
    rows = session.execute(
        select(Incident, func.coalesce(exposed.c.people, 0))
        .outerjoin(exposed, exposed.c.incident_id == Incident.id)
        .where(Incident.organisation_id == organisation_id)
        .order_by(Incident.occurred_at)
    )
    found = []
    for incident, people in rows:
        of_incident = [entry for entry in lists if entry.incident == incident.name]
        found.append(
            IncidentFigures(
                name=incident.name,
                reference=incident.reference,
                occurred_at=incident.occurred_at,
                people=people,
                counts=_summed(entry.counts for entry in of_incident),
                rejected_for=_summed(entry.rejected_for for entry in of_incident),
                to_mend=_summed(entry.to_mend for entry in of_incident),
            )
        )
    return tuple(found)


def _summed(parts: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total.most_common())
