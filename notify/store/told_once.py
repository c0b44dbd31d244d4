"""Merged records are one person's, who is told of an incident once, whichever records it stands on.

Of the exposures of one incident one is told, the one whose notice was planned first; the others are covered.
"""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.store.exposures import Exposure
from holds.store.merged import OneRecord, members_of, merged_records, one_records
from notify.domain.kinds import TELLS_EXPOSURE
from notify.store.deliveries import Delivery
from notify.store.notices import Notice

TELLS = sorted(kind.value for kind in TELLS_EXPOSURE)


def covered_exposures(
    session: Session, records: Sequence[OneRecord] | None = None
) -> dict[uuid.UUID, uuid.UUID]:
    """Exposures of which another one's notice tells, by that other one; empty where nothing was merged."""
    records = merged_records(session) if records is None else records
    root_of = {member: record.root for record in records for member in record.members}
    if not root_of:
        return {}
    rows = session.execute(
        select(Exposure.id, Exposure.person_id, Exposure.incident_id, Notice.id)
        .outerjoin(
            Notice,
            (Notice.exposure_id == Exposure.id) & Notice.kind.in_(TELLS),
        )
        .where(Exposure.person_id.in_(sorted(root_of)))
    )
    groups: dict[tuple[uuid.UUID, uuid.UUID], list[tuple[bool, uuid.UUID, uuid.UUID]]] = {}
    for exposure_id, person_id, incident_id, notice_id in rows:
        one = (notice_id is None, notice_id or exposure_id, exposure_id)
        groups.setdefault((root_of[person_id], incident_id), []).append(one)
    return {
        exposure_id: min(group)[2]
        for group in groups.values()
        for _, _, exposure_id in group
        if exposure_id != min(group)[2]
    }


def told_on_a_merged_record(session: Session, states: Collection[str] | None = None) -> list[uuid.UUID]:
    """Everybody whose record is one with others and was told of an exposure on any of them.

    `states`: only where a delivery of that notice came to one of them.
    """
    records = merged_records(session)
    members = sorted({member for record in records for member in record.members})
    notices = select(Notice.person_id).where(Notice.person_id.in_(members), Notice.kind.in_(TELLS))
    if states is not None:
        notices = notices.join(Delivery, Delivery.notice_id == Notice.id).where(Delivery.state.in_(states))
    told = set(session.scalars(notices)) if members else set()
    return sorted({member for record in records if record.members & told for member in record.members})


def same_telling(session: Session, exposure_id: uuid.UUID, person_id: uuid.UUID) -> list[Exposure]:
    """The exposures of the person's whole record in the incident of this one, itself first."""
    incident = select(Exposure.incident_id).where(Exposure.id == exposure_id).scalar_subquery()
    found = session.scalars(
        select(Exposure)
        .where(
            Exposure.person_id.in_(sorted(members_of(session, person_id))), Exposure.incident_id == incident
        )
        .order_by(Exposure.id)
    ).all()
    return sorted(found, key=lambda exposure: (exposure.id != exposure_id, exposure.id))


def further_exposures(session: Session, exposure_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Of these exposures those whose person was exposed in another incident before, on whichever of their
    records: by exposure, the incident before."""
    own = session.scalars(select(Exposure).where(Exposure.id.in_(exposure_ids))).all()
    records = one_records(session, sorted({exposure.person_id for exposure in own}))
    members = sorted({member for record in records.values() for member in record.members})
    theirs: dict[uuid.UUID, list[Exposure]] = {}
    for exposure in session.scalars(
        select(Exposure).where(Exposure.person_id.in_(members)).order_by(Exposure.created_at, Exposure.id)
    ):
        theirs.setdefault(exposure.person_id, []).append(exposure)
    found: dict[uuid.UUID, uuid.UUID] = {}
    for exposure in own:
        before = [
            other
            for member in records[exposure.person_id].members
            for other in theirs.get(member, ())
            if other.incident_id != exposure.incident_id
            and (other.created_at, other.id) < (exposure.created_at, exposure.id)
        ]
        if before:
            found[exposure.id] = max(before, key=lambda other: (other.created_at, other.id)).incident_id
    return found
