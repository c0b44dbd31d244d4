"""Which records are one person's, as judged: every question at the gate is asked of all of them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import CTE, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.gates import Gate

CHUNK = 400


@dataclass(frozen=True)
class OneRecord:
    """Records that were merged, and the gate at which the writes for any of them end."""

    root: uuid.UUID
    members: frozenset[uuid.UUID]


def one_records(session: Session, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, OneRecord]:
    """Of each person, the record they belong to; of most theirs alone. One query if nothing merged."""
    into = _edges(session, person_ids)
    beside: dict[uuid.UUID, set[uuid.UUID]] = {}
    for merged, root in into.items():
        beside.setdefault(merged, set()).add(root)
        beside.setdefault(root, set()).add(merged)
    found: dict[uuid.UUID, OneRecord] = {}
    for person_id in person_ids:
        if person_id in found:
            continue
        members, waiting = {person_id}, [person_id]
        while waiting:
            fresh = beside.get(waiting.pop(), set()) - members
            members |= fresh
            waiting += fresh
        root = next(iter(members - into.keys()), person_id)
        record = OneRecord(root, frozenset(members))
        found.update(dict.fromkeys(members, record))
    return {person_id: found[person_id] for person_id in person_ids}


def merged_records(session: Session) -> tuple[OneRecord, ...]:
    """Every record that was made of several, by root; none, in one query, where nothing was merged."""
    merged = session.scalars(select(Gate.person_id).where(Gate.merged_into.is_not(None))).all()
    found = {record.root: record for record in one_records(session, merged).values()}
    return tuple(found[root] for root in sorted(found))


def roots() -> CTE:
    """SQL of (id, root) of every gate that was merged into another. Who is not in it is their own."""
    into = aliased(Gate)
    found = (
        select(Gate.person_id.label("id"), Gate.merged_into.label("root"))
        .join(into, into.person_id == Gate.merged_into)
        .where(into.merged_into.is_(None))
        .cte("roots", recursive=True)
    )
    further = aliased(Gate)
    return found.union_all(
        select(further.person_id, found.c.root).join(found, further.merged_into == found.c.id)
    )


def members_of(session: Session, person_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Everyone who is one person with this one, themselves included."""
    return one_records(session, [person_id])[person_id].members


def _edges(session: Session, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Every merge that touches these people, and those beyond it."""
    into: dict[uuid.UUID, uuid.UUID] = {}
    known, waiting = set[uuid.UUID](), set(person_ids)
    while waiting:
        ordered = sorted(waiting)
        known |= waiting
        reached = set[uuid.UUID]()
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            rows = session.execute(
                select(Gate.person_id, Gate.merged_into).where(
                    Gate.merged_into.is_not(None),
                    or_(Gate.person_id.in_(chunk), Gate.merged_into.in_(chunk)),
                )
            )
            for merged, root in rows:
                if root is not None:
                    into[merged] = root
                    reached |= {merged, root}
        waiting = reached - known
    return into


def below(session: Session, person_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """A person and all whose gates lead into theirs: those who leave with them when a merge is undone."""
    into = _edges(session, [person_id])
    members = {person_id}
    while fresh := {merged for merged, root in into.items() if root in members} - members:
        members |= fresh
    return frozenset(members)


def same_person(session: Session, person_id: uuid.UUID) -> list[uuid.UUID]:
    """The same in order, for `IN`."""
    return sorted(members_of(session, person_id))
