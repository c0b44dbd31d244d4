"""What notices are about: the incident, the hold that came of it, and where the person's case stood."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.store.exposures import Exposure, Incident
from holds.store.gates import Hold, HoldEnding
from holds.store.held import active_bases
from holds.store.places import PostureNote
from holds.store.sealing import OwnerKey
from holds.store.vault import open_json
from notify.domain.kinds import NoticeKind
from notify.store.notices import Notice
from notify.store.occasions import occasions_of, past_notices


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A notice with what it tells. `fields` are codes of the kinds of data exposed; `ended_at`: when the
    exposure's hold ended; `still_held`: whether any hold blocks the person, on whichever of their records;
    `told`: the facts of the event it tells of (`notify.store.occasions`); `past`: its occasion is over."""

    notice_id: uuid.UUID
    person_id: uuid.UUID
    counsel_id: uuid.UUID | None
    exposure_id: uuid.UUID | None
    kind: NoticeKind
    reference: str
    code: str
    incident: str
    occurred_at: dt.datetime
    discovered_at: dt.datetime | None = None
    fields: tuple[str, ...]
    held_since: dt.datetime
    ended_at: dt.datetime | None
    still_held: bool
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)
    past: bool = False


def subjects_of(session: Session, notice_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Subject]:
    """Of a chunk of notices, by notice id."""
    rows = session.execute(
        select(
            Notice,
            Incident.name,
            Incident.occurred_at,
            Incident.discovered_at,
            Incident.fields,
            Exposure.fields,
            Hold.placed_at,
            HoldEnding.ended_at,
        )
        .join(Exposure, Exposure.id == Notice.exposure_id)
        .join(Incident, Incident.id == Exposure.incident_id)
        .join(Hold, Hold.id == Exposure.hold_id)
        .outerjoin(HoldEnding, HoldEnding.hold_id == Hold.id)
        .where(Notice.id.in_(notice_ids))
    ).all()
    ended = {row[0].person_id for row in rows if row[0].kind == NoticeKind.HOLD_RELEASED.value}
    held = active_bases(session, ended)
    notices = [row[0] for row in rows]
    told, past = occasions_of(session, notices), past_notices(session, notices)
    return {
        notice.id: Subject(
            notice_id=notice.id,
            person_id=notice.person_id,
            counsel_id=notice.counsel_id,
            exposure_id=notice.exposure_id,
            kind=NoticeKind(notice.kind),
            reference=notice.reference,
            code=notice.code,
            incident=name,
            occurred_at=occurred_at,
            discovered_at=discovered_at,
            fields=tuple(of_person or of_incident),
            held_since=placed_at,
            ended_at=ended_at,
            still_held=bool(held.get(notice.person_id)),
            told=told.get(notice.id, {}),
            past=notice.id in past,
        )
        for notice, name, occurred_at, discovered_at, of_incident, of_person, placed_at, ended_at in rows
    }


def postures_of(session: Session, keys: dict[uuid.UUID, OwnerKey]) -> dict[uuid.UUID, str]:
    """The latest posture noted of each person whose key is given."""
    rows = session.execute(
        select(PostureNote.person_id, PostureNote.id, PostureNote.sealed_posture)
        .where(PostureNote.person_id.in_(list(keys)))
        .order_by(PostureNote.noted_at, PostureNote.id)
    )
    return {
        pid: str(open_json(keys[pid], "posture_note", "sealed_posture", note_id, sealed))
        for pid, note_id, sealed in rows
    }
