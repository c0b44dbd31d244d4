"""Who a custody file names, and who is no longer in it: somebody who disappears may have been removed.

A daily file says of most people the same each day, and what it no longer says nobody notices. So it is kept
who was named last by which file, and whoever was there and is not becomes a task as soon as the file is in.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import Select, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from holds.actions.list_kind import Finishing
from holds.actions.source_lists import OpenList
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.staff import Acting
from holds.store.merged import one_records
from holds.store.people import Person
from holds.store.places import Custody, CustodySighting

DISAPPEARED = "custody_disappeared"


def note_sightings(
    session: Session, acting: Acting, opened: OpenList, days: Mapping[uuid.UUID, dt.date]
) -> None:
    """The file names these people, of these days. An older file moves nobody back."""
    known = {
        seen.person_id: seen
        for seen in session.scalars(select(CustodySighting).where(CustodySighting.person_id.in_(list(days))))
    }
    new = [pid for pid in sorted(days) if pid not in known]
    again = [pid for pid, seen in known.items() if seen.day <= days[pid]]
    if new:
        rows = [{"person_id": pid, "source_list_id": opened.id, "day": days[pid]} for pid in new]
        session.execute(insert(CustodySighting), rows)
    if again:
        session.execute(
            update(CustodySighting),
            [
                {
                    "person_id": pid,
                    "source_list_id": opened.id,
                    "earlier_list_id": _earlier(known[pid], opened),
                    "day": days[pid],
                }
                for pid in again
            ],
        )
    close_tasks(session, acting, DISAPPEARED, [*new, *again])


def _earlier(seen: CustodySighting, opened: OpenList) -> uuid.UUID | None:
    """The file before this one; of two rows in one file the second changes nothing about that."""
    return seen.earlier_list_id if seen.source_list_id == opened.id else seen.source_list_id


def raise_disappeared(finishing: Finishing) -> Mapping[str, int]:
    """A task for everyone detained on record whom the file should name and does not.

    Said to be `whole`, the file should name everyone detained. Where nothing is said, the file itself tells:
    one that names again at least as many people of earlier files as it leaves out is the daily file, and
    should name whoever they named; one that leaves out more is a file of changes, and only counts them.
    """
    return finishing.run(lambda session: _raise(session, finishing))


def _raise(session: Session, finishing: Finishing) -> dict[str, int]:
    opened, whole = finishing.opened, finishing.whole
    here = CustodySighting.source_list_id == opened.id
    day: dt.date | None = session.scalar(select(func.max(CustodySighting.day)).where(here))
    if day is None or whole is False:
        return {}
    again = session.scalars(select(func.count(CustodySighting.earlier_list_id)).where(here)).one()
    found = session.execute(_missing(finishing, day, everyone=bool(whole)))
    missing = _not_here_under_another_record(session, opened, [(row[0], row[1]) for row in found])
    if not missing:
        return {}
    if whole is None and again < len(missing):
        return {"not_in_this_file": len(missing)}
    doubts = [
        NewTask(
            kind=DISAPPEARED,
            subject_id=pid,
            person_id=pid,
            evidence={"list": str(opened.id), "day": str(day), "seen_last": str(seen) if seen else None},
        )
        for pid, seen in missing
    ]
    raise_tasks(session, finishing.acting, doubts)
    return {"disappeared": len(missing)}


def _missing(finishing: Finishing, day: dt.date, *, everyone: bool) -> Select[uuid.UUID, dt.date]:
    """(person, day last seen): detained on record, and last named by another file of that day or before."""
    detained = exists().where(
        Custody.person_id == Person.id, Custody.until.is_(None), Custody.status == "detained"
    )
    named = and_(CustodySighting.source_list_id != finishing.opened.id, CustodySighting.day <= day)
    if everyone:
        named = or_(named, CustodySighting.person_id.is_(None))
    return (
        select(Person.id, CustodySighting.day)
        .outerjoin(CustodySighting, CustodySighting.person_id == Person.id)
        .where(Person.organisation_id == finishing.acting.organisation_id, detained, named)
        .order_by(Person.id)
    )


def _not_here_under_another_record(
    session: Session, opened: OpenList, missing: Collection[tuple[uuid.UUID, dt.date | None]]
) -> list[tuple[uuid.UUID, dt.date | None]]:
    """Records that two people judged to be one person's: the file names them under one of the records."""
    records = one_records(session, [pid for pid, _ in missing])
    members = sorted({member for record in records.values() for member in record.members})
    named: set[uuid.UUID] = set()
    for start in range(0, len(members), 500):
        chunk = members[start : start + 500]
        named |= set(
            session.scalars(
                select(CustodySighting.person_id).where(
                    CustodySighting.source_list_id == opened.id, CustodySighting.person_id.in_(chunk)
                )
            )
        )
    return [(pid, seen) for pid, seen in missing if not named & records[pid].members]
