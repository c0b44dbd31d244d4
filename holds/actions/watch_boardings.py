"""Watching whoever boarded on a clearance, with a manifest or without: a hold found on them later alarms.

It has no end: a hold after the departure is a recall, however long ago that was.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select
from sqlalchemy.orm import Session, aliased

from holds.actions.tasks import NewTask, raise_tasks
from holds.actions.transmit_hold import offices_of
from holds.domain.departure import DepartureKind
from holds.domain.manifest import CLOSELY_AFTER, WATCHED_AFTER, Instruction
from holds.domain.staff import Acting
from holds.domain.transmission import Addressee, AddresseeKind, office_name
from holds.store.base import holdfast_now
from holds.store.departures import BoardingAlarm, Departure
from holds.store.engine import Database
from holds.store.gates import Clearance, Gate, Removal
from holds.store.held import active_bases
from holds.store.ledger import Entry, write_ledger
from holds.store.lookup import sharing_number
from holds.store.people import PersonIndex
from holds.store.staff import Actor

ALARM, TURNED_RED = "boarded_held", "boarding.turned_red"


@dataclass(frozen=True, kw_only=True)
class Aboard:
    """A boarding of which no alarm was raised yet as it stands. `clearance` is the reference that the office
    boarded on, `office` whose system or officer recorded it."""

    removal_id: uuid.UUID
    person_id: uuid.UUID
    departure_kind: str
    clearance: str
    office: str | None
    departed: bool

    @property
    def instruction(self) -> Instruction:
        return Instruction.RECALL if self.departed else Instruction.DEPLANE


def watch_boardings(session: Session, database: Database, *, acting: Acting, whole: bool = True) -> int:
    """Raise the alarm for everybody who boarded and is held now; how many.

    Meant to run every second over the last days, and every minute over the `whole`. A boarding alarms once
    for `deplane`, and once for `recall`. A closed database is no reason to look away: who is held is known.
    """
    now = session.scalars(select(holdfast_now())).one()
    held = [one for one in _changed_since(session, now, whole=whole) if _is_held(session, one)]
    if held:
        _raise(session, database, acting, held)
    return len(held)


def _changed_since(session: Session, now: dt.datetime, *, whole: bool) -> list[Aboard]:
    """Boardings behind whose gate anything was written since, and those with a twin under the same number.

    Whatever holds a person raises the epoch of their gate, and a merge lifts it; a twin's hold does neither.
    """
    changed: ColumnElement[bool] = or_(Gate.epoch > Removal.epoch, Gate.merged_into.is_not(None))
    lately = Removal.boarded_at > now - CLOSELY_AFTER
    if whole:
        mine, theirs = aliased(PersonIndex), aliased(PersonIndex)
        twin = exists().where(
            mine.person_id == Removal.person_id,
            mine.kind == "a_number",
            theirs.kind == mine.kind,
            theirs.value == mine.value,
            theirs.person_id != mine.person_id,
        )
        changed = or_(changed, and_(Removal.boarded_at > now - WATCHED_AFTER, twin))
    departed = Departure.removal_id.is_not(None)
    said = or_(
        and_(departed, BoardingAlarm.instruction == Instruction.RECALL.value),
        and_(~departed, BoardingAlarm.instruction == Instruction.DEPLANE.value),
    )
    raised = exists().where(BoardingAlarm.removal_id == Removal.id, said)
    rows = session.execute(
        select(
            Removal.id.label("removal_id"),
            Removal.person_id,
            Clearance.departure_kind,
            Clearance.reference.label("clearance"),
            Actor.office,
            departed.label("departed"),
        )
        .join(Gate, Gate.person_id == Removal.person_id)
        .join(Clearance, Clearance.id == Removal.clearance_id)
        .join(Actor, Actor.id == Removal.recorded_by)
        .outerjoin(Departure, Departure.removal_id == Removal.id)
        .where(changed, ~raised, *(() if whole else (lately,)))
        .order_by(Removal.id.desc())
    ).mappings()
    return [Aboard(**row) for row in rows]


def _is_held(session: Session, one: Aboard) -> bool:
    """Whether anything holds them, or whoever shares a number with them, from the departure they are on."""
    people = sharing_number(session, one.person_id)
    return any(active_bases(session, people, DepartureKind(one.departure_kind)).values())


def _raise(session: Session, database: Database, acting: Acting, held: Sequence[Aboard]) -> None:
    offices = offices_of(session, database.vault, {one.person_id for one in held})
    rows: list[dict[str, Any]] = []
    entries: list[Entry] = []
    doubts: list[NewTask] = []
    for one in held:
        instruction = one.instruction.value
        codes = {"instruction": instruction, "clearance": one.clearance, "offices": _told(one, offices)}
        rows.append({"removal_id": one.removal_id, "instruction": instruction})
        entries.append(
            Entry(
                verb=TURNED_RED,
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=one.removal_id,
                person_id=one.person_id,
                codes=codes,
            )
        )
        doubts.append(
            NewTask(
                kind=ALARM,
                subject_id=one.removal_id,
                person_id=one.person_id,
                detail=instruction,
                evidence={"clearance": one.clearance, "instruction": instruction},
            )
        )
    session.execute(insert(BoardingAlarm), rows)
    write_ledger(session, entries)
    raise_tasks(session, acting, doubts)


def _told(one: Aboard, offices: Mapping[uuid.UUID, tuple[Addressee, ...]]) -> list[list[str]]:
    """Whoever boarded them, and who has them by the custody line: kind and office, each once."""
    boarded_by = office_name(one.office)
    mine = (Addressee(AddresseeKind.FIELD_OFFICE, boarded_by),) if boarded_by else ()
    found = dict.fromkeys((*mine, *offices.get(one.person_id, ())))
    return [[addressee.kind.value, addressee.office] for addressee in found]
