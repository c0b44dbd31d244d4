"""Watching manifests, also after they departed: a later hold on anyone aboard turns a line red, and alarms.

A line's colour is worked out whenever it is looked at, from the holds as they are; only the alarm is a row.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from holds.actions.alarm_closed import alarm_closed
from holds.actions.closed_on_lines import closed_on_lines
from holds.actions.manifests import INDEXES
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.decision import NOT_COMPARED, Decision
from holds.domain.departure import DepartureKind
from holds.domain.manifest import (
    CLOSELY_AFTER,
    UNREPORTED_AFTER,
    WATCHED_AFTER,
    Instruction,
    LineFacts,
    alarms,
    instruct,
    red,
    tell_carrier,
)
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.doubts import judged_different
from holds.store.engine import Database
from holds.store.gates import Removal
from holds.store.held import active_bases
from holds.store.ledger import Entry, write_ledger
from holds.store.manifest_lines import FoundOnLine, found_on
from holds.store.manifests import Manifest, ManifestAlarm, ManifestDeparture, ManifestIndex, ManifestLine
from holds.store.merged import one_records
from holds.store.openness import closed_now
from holds.store.people import Task

ALARM, UNREPORTED, WATCH_OVER = "manifest_red", "manifest_unreported", "manifest_watch_over"


@dataclass(frozen=True, kw_only=True)
class WatchedLine:
    """A line as it stands now. `reasons` are those of its registration, and `hold.active` where one came."""

    manifest_id: uuid.UUID
    line: int
    mark: str | None
    facts: LineFacts
    reasons: tuple[str, ...]

    @property
    def red(self) -> bool:
        return red(self.facts)

    @property
    def instruction(self) -> Instruction:
        return instruct(self.facts)

    @property
    def carrier_instruction(self) -> Instruction:
        return tell_carrier(self.facts)


def watched_lines(session: Session, database: Database, manifests: Sequence[Manifest]) -> list[WatchedLine]:
    """The lines of these manifests as they stand. Of a database that is closed, or whose index keys are not
    those of the manifest any more, every line is red.
    """
    closed = closed_now(session, database)
    now = session.scalars(select(holdfast_now())).one()
    ids = [manifest.id for manifest in manifests]
    departures = {
        row.manifest_id: row
        for row in session.scalars(select(ManifestDeparture).where(ManifestDeparture.manifest_id.in_(ids)))
    }
    held, boarded = _held(session, manifests, found_on(session, ids))
    of = {manifest.id: manifest for manifest in manifests}
    stale = {manifest.id for manifest in manifests if not _indexed(database, manifest)}
    lines = session.scalars(
        select(ManifestLine)
        .where(ManifestLine.manifest_id.in_(ids))
        .order_by(ManifestLine.manifest_id, ManifestLine.line)
    )
    watched = []
    for row in lines:
        place, departure = (row.manifest_id, row.line), departures.get(row.manifest_id)
        facts = LineFacts(
            decision=Decision(row.decision),
            compared=NOT_COMPARED not in row.reasons,
            held_now=place in held or bool(closed) or row.manifest_id in stale,
            boarded=place in boarded,
            overdue=departure is None and of[row.manifest_id].leaves_at <= now,
            departed=departure is not None,
            struck=departure is not None and row.line in departure.not_aboard,
        )
        came = (*closed, *(("hold.active",) if place in held else ()))
        came += ("manifest.register_again",) if row.manifest_id in stale else ()
        reasons = tuple(dict.fromkeys((*row.reasons, *came)))
        watched.append(
            WatchedLine(
                manifest_id=row.manifest_id, line=row.line, mark=row.mark, facts=facts, reasons=reasons
            )
        )
    return watched


def watch_manifests(session: Session, database: Database, *, acting: Acting, whole: bool = True) -> int:
    """Raise the alarm for every line that turned red since the last look; how many.

    Meant to run every second, and every minute over the `whole`: journeys of some days ago too. A line alarms
    once for each of `do_not_board`, `deplane` and `recall`. A journey that nobody reported is a task, and so
    is the end of watching one.
    """
    now = session.scalars(select(holdfast_now())).one()
    if whole:
        _tell_ends(session, acting, now)
    manifests = _watched(session, now, WATCHED_AFTER if whole else CLOSELY_AFTER)
    if not manifests or closed_now(session, database):
        return 0  # a closed database turns everything red and says so itself; it is no news of a person
    ids = [manifest.id for manifest in manifests]
    rows = session.execute(
        select(ManifestAlarm.manifest_id, ManifestAlarm.line, ManifestAlarm.instruction).where(
            ManifestAlarm.manifest_id.in_(ids)
        )
    )
    raised = {(row.manifest_id, row.line, row.instruction) for row in rows}
    new = [
        line
        for line in watched_lines(session, database, manifests)
        if alarms(line.facts) and (line.manifest_id, line.line, line.instruction.value) not in raised
    ]
    if new:
        told = _raise(session, acting, {manifest.id: manifest.reference for manifest in manifests}, new)
        alarm_closed(session, acting, closed_on_lines(session, told))
    return len(new)


def _raise(
    session: Session, acting: Acting, references: Mapping[uuid.UUID, str], lines: Sequence[WatchedLine]
) -> dict[tuple[uuid.UUID, int], str]:
    """All of one look together: whoever is aboard must not wait while the others are written one by one.

    Returns the ledger row of each line.
    """
    rows: list[dict[str, Any]] = []
    entries: list[Entry] = []
    doubts: list[NewTask] = []
    for line in lines:
        reference, instruction = references[line.manifest_id], line.instruction.value
        evidence = {"reasons": list(line.reasons), "manifest": reference}
        place = {"manifest_id": line.manifest_id, "line": line.line, "instruction": instruction}
        rows.append({**place, "evidence": evidence})
        entries.append(
            Entry(
                verb="manifest.turned_red",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=line.manifest_id,
                codes={"line": line.line, "instruction": instruction},
            )
        )
        detail = f"{line.line} {instruction}"
        doubts.append(NewTask(kind=ALARM, subject_id=line.manifest_id, detail=detail, evidence=evidence))
    session.execute(insert(ManifestAlarm), rows)
    write_ledger(session, entries)
    raise_tasks(session, acting, doubts)
    return {(line.manifest_id, line.line): str(entry.id) for line, entry in zip(lines, entries, strict=True)}


def _watched(session: Session, now: dt.datetime, after: dt.timedelta) -> list[Manifest]:
    """Not yet reported as departed, and due no longer ago than that (a week at least); or departed since."""
    waiting = and_(
        ManifestDeparture.manifest_id.is_(None), Manifest.leaves_at > now - max(after, UNREPORTED_AFTER)
    )
    return list(
        session.scalars(
            select(Manifest)
            .outerjoin(ManifestDeparture, ManifestDeparture.manifest_id == Manifest.id)
            .where(or_(waiting, ManifestDeparture.departed_at > now - after))
            .order_by(Manifest.id)
        )
    )


def _tell_ends(session: Session, acting: Acting, now: dt.datetime) -> None:
    """A journey that nobody reported in a week, and one watched no more: a person's task each, once."""
    unreported = ManifestDeparture.manifest_id.is_(None)
    left = func.coalesce(ManifestDeparture.departed_at, Manifest.leaves_at)
    ends = {
        UNREPORTED: and_(unreported, Manifest.leaves_at <= now - UNREPORTED_AFTER),
        WATCH_OVER: left <= now - WATCHED_AFTER,
    }
    doubts = []
    for kind, over in ends.items():
        told = exists().where(Task.kind == kind, Task.subject_id == Manifest.id)
        rows = session.execute(
            select(Manifest.id, Manifest.reference)
            .outerjoin(ManifestDeparture, ManifestDeparture.manifest_id == Manifest.id)
            .where(over, ~told)
            .order_by(Manifest.id)
        )
        doubts += [NewTask(kind=kind, subject_id=one, evidence={"manifest": name}) for one, name in rows]
    if doubts:
        raise_tasks(session, acting, doubts)


def _indexed(database: Database, manifest: Manifest) -> bool:
    """Whether people are still found, of either index, under a key the manifest was registered with."""
    live = [{key.id for key in database.vault.ring.live(f"index.{kind}")} for kind in INDEXES]
    return all(keys & set(manifest.index_keys) for keys in live)


def _held(
    session: Session, manifests: Sequence[Manifest], found: Collection[FoundOnLine]
) -> tuple[set[tuple[uuid.UUID, int]], set[tuple[uuid.UUID, int]]]:
    """Lines on which somebody is held, and lines on which somebody boarded since the registration."""
    if not found:
        return set(), set()
    of = {manifest.id: manifest for manifest in manifests}
    people = {one.person_id for one in found}
    records = one_records(session, people)
    bases = {
        kind: active_bases(session, people, DepartureKind(kind))
        for kind in sorted({manifest.departure_kind for manifest in manifests})
    }
    everyone = {member for record in records.values() for member in record.members}
    removals = session.execute(
        select(Removal.person_id, Removal.boarded_at).where(Removal.person_id.in_(list(everyone)))
    ).all()
    different = _judged_different(session, found, people)
    held, boarded = set(), set()
    for one in found:
        place, manifest = (one.manifest_id, one.line), of[one.manifest_id]
        if bases[manifest.departure_kind][one.person_id] and (*place, one.person_id) not in different:
            held.add(place)
        members = records[one.person_id].members
        if any(who in members and at >= manifest.registered_at for who, at in removals):
            boarded.add(place)
    return held, boarded


def _judged_different(
    session: Session, found: Collection[FoundOnLine], people: Collection[uuid.UUID]
) -> set[tuple[uuid.UUID, int, uuid.UUID]]:
    """(manifest, line, person) of near matches that two people judged to be somebody else."""
    numbers: dict[tuple[uuid.UUID, int], set[bytes]] = {}
    near: dict[tuple[uuid.UUID, int], set[uuid.UUID]] = {}
    by_number = {(one.manifest_id, one.line, one.person_id) for one in found if one.kind == "a_number"}
    for one in found:
        if (one.manifest_id, one.line, one.person_id) not in by_number:
            near.setdefault((one.manifest_id, one.line), set()).add(one.person_id)
    for place in near:
        numbers[place] = _number_values(session, place)
    return {
        (*place, person_id)
        for place, persons in near.items()
        for person_id in judged_different(session, numbers[place], persons & set(people))
    }


def _number_values(session: Session, place: tuple[uuid.UUID, int]) -> set[bytes]:
    return set(
        session.scalars(
            select(ManifestIndex.value).where(
                ManifestIndex.manifest_id == place[0],
                ManifestIndex.line == place[1],
                ManifestIndex.kind == "a_number",
            )
        )
    )
