"""Calling the next one about holds that nobody acknowledged: each rung of the ladder once."""

import uuid
from collections import defaultdict
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from holds.actions.answered_alarms import UNACKNOWLEDGED, close_answered_alarms
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.domain.transmission import LADDER, rungs_reached
from holds.store.base import holdfast_now
from holds.store.ledger import Entry, write_ledger
from holds.store.transmissions import Acknowledgement, Transmission, TransmissionRung, waiting


def climb_ladder(session: Session, *, acting: Acting) -> int:
    """Raise every rung that overdue holds have reached and not climbed; how many there were.

    Those of one office on one rung make one alarm, about the oldest of them, with how many there are.
    """
    require(acting, Verb.TRANSMIT_HOLDS)
    now = session.scalars(select(holdfast_now())).one()
    overdue = session.execute(
        select(
            Transmission.id,
            Transmission.hold_id,
            Transmission.person_id,
            Transmission.kind,
            Transmission.office,
            Transmission.due_at,
        )
        .where(
            Transmission.due_at <= now,
            *waiting(),
        )
        .order_by(Transmission.due_at, Transmission.id)
    ).all()
    if not overdue:
        close_answered_alarms(session, acting)
        return 0
    climbed: dict[uuid.UUID, set[str]] = defaultdict(set)
    for transmission_id, rung in session.execute(
        select(TransmissionRung.transmission_id, TransmissionRung.rung)
        .join(Transmission, Transmission.id == TransmissionRung.transmission_id)
        .where(~exists().where(Acknowledgement.transmission_id == Transmission.id))
    ):
        climbed[transmission_id].add(rung)
    alarms: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    entries: list[Entry] = []
    for row in overdue:
        for rung in rungs_reached(row.due_at, now):
            if rung.value in climbed[row.id]:
                continue
            rows.append({"transmission_id": row.id, "rung": rung.value, "raised_at": now})
            alarms[rung.value, row.kind, row.office].append(row)
            entries.append(
                Entry(
                    verb="hold.unacknowledged",
                    actor_id=acting.id,
                    organisation_id=acting.organisation_id,
                    subject_id=row.id,
                    person_id=row.person_id,
                    codes={"rung": rung.value, "office": row.office, "hold": str(row.hold_id)},
                )
            )
    if rows:
        session.execute(insert(TransmissionRung), rows)
        write_ledger(session, entries)
    raise_tasks(
        session,
        acting,
        (
            NewTask(
                kind=UNACKNOWLEDGED,
                subject_id=about[0].id,
                person_id=about[0].person_id if len(about) == 1 else None,
                detail=rung,
                evidence={"rung": rung, "kind": kind, "office": office, "holds": len(about)},
            )
            for (rung, kind, office), about in _by_height(alarms)
        ),
    )
    close_answered_alarms(session, acting)
    return len(rows)


def _by_height(alarms: dict[tuple[str, str, str], list[Any]]) -> list[tuple[tuple[str, str, str], list[Any]]]:
    height = {rung.value: place for place, (rung, _) in enumerate(LADDER)}
    return sorted(alarms.items(), key=lambda item: (height[item[0][0]], item[0]))
