"""Importing a custody file: where people are now, who was moved, released or removed, and their posture."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.claim_citizenship import CLAIMED, hold_claimed_citizens
from holds.actions.custody_roll import note_sightings, raise_disappeared
from holds.actions.list_import import Import
from holds.actions.list_kind import Kind, Opening, Work
from holds.actions.list_rows import Intake
from holds.actions.match_places import Place, PlaceBook
from holds.actions.named_people import Meant, Named, find_candidates, meant
from holds.actions.source_lists import Done
from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.custody_line import Change, Insertion, Status, Stretch, insertion
from holds.domain.staff import Acting
from holds.intake.custody_file import CustodyRow, read_custody_file
from holds.matching.facility import Location
from holds.store.base import holdfast_now, new_id
from holds.store.held import active_bases
from holds.store.housing import open_housing_unit, seal_housing_unit
from holds.store.ledger import Entry, write_ledger
from holds.store.places import Custody, PostureNote
from holds.store.sealing import OwnerKey
from holds.store.vault import Vault, open_json, seal_json

STATUS: Mapping[str, Status] = {
    "detained": "detained",
    "transferred": "detained",
    "released": "released",
    "removed": "removed",
}


def _start(opening: Opening[CustodyRow]) -> Work[CustodyRow]:
    places = PlaceBook(opening.session, opening.vault, opening.opened)
    # A file without a date column is of the day on which it first came.
    undated = None if "event_date" in opening.file.mapping.fields else opening.opened.started_at.date()

    def work(session: Session, rows: Sequence[CustodyRow]) -> Done:
        today = session.scalars(select(holdfast_now())).one().date()
        batch = _Batch(
            session=session,
            vault=opening.vault,
            acting=opening.acting,
            intake=Intake(opening.opened, opening.file.mapping, opening.failures),
            today=today,
            undated=undated,
            places=places.places(session, [_location(row) for row in rows]),
        )
        return batch.take_in(rows)

    return work


@dataclass
class _Batch:
    session: Session
    vault: Vault
    acting: Acting
    intake: Intake
    today: dt.date
    undated: dt.date | None
    places: dict[Location, Place]
    lines: dict[uuid.UUID, list[Custody]] = field(default_factory=lambda: defaultdict(list))
    postures: dict[uuid.UUID, str] = field(default_factory=dict)
    keys: dict[uuid.UUID, OwnerKey] = field(default_factory=dict)
    notes: list[dict[str, object]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    removed: set[uuid.UUID] = field(default_factory=set)
    citizens: set[uuid.UUID] = field(default_factory=set)

    def take_in(self, rows: Sequence[CustodyRow]) -> Done:
        named = [Named(row.a_numbers, row.name, row.birth_dates) for row in rows]
        candidates = find_candidates(self.session, self.vault, named)
        told = [meant(one, found, proof_needed=False) for one, found in zip(named, candidates, strict=True)]
        self._load(sorted({one.person.id for one in told if one.person}))
        for row, one in zip(rows, told, strict=True):
            self.intake.count("rows")
            problem = self._problem(row)
            if row.rejection:
                self.intake.refuse(row)
            elif one.person is None or one.person.id not in self.keys:
                self.intake.nobody(row, one, "custody_doubt")
            elif problem:
                self.intake.refuse(row, problem[0], at=problem[1])
            else:
                self._take(row, one.person.id)
        self.session.flush()
        if self.notes:
            self.session.execute(insert(PostureNote), self.notes)
        write_ledger(self.session, self.entries)
        note_sightings(self.session, self.acting, self.intake.opened, self._sightings(rows, told))
        hold_claimed_citizens(self.session, self.vault, self.acting, self.citizens, told_by="Custody file")
        self._raise()
        return self.intake.done

    def _load(self, people: Sequence[uuid.UUID]) -> None:
        self.keys = self.vault.keys(self.session, people)
        lines = select(Custody).where(Custody.person_id.in_(people)).order_by(Custody.noted_at, Custody.id)
        for line in self.session.scalars(lines):
            self.lines[line.person_id].append(line)
        notes = (
            select(PostureNote)
            .where(PostureNote.person_id.in_(people))
            .order_by(PostureNote.noted_at, PostureNote.id)
        )
        for note in self.session.scalars(notes):
            key = self.keys.get(note.person_id)
            if key is not None:
                self.postures[note.person_id] = open_json(
                    key, "posture_note", "sealed_posture", note.id, note.sealed_posture
                )

    def _day(self, row: CustodyRow) -> dt.date | None:
        return row.from_date or self.undated

    def _sightings(self, rows: Sequence[CustodyRow], told: Sequence[Meant]) -> dict[uuid.UUID, dt.date]:
        """Whom the rows name, taken in or not, with the latest day they tell of each."""
        days: dict[uuid.UUID, dt.date] = {}
        for row, one in zip(rows, told, strict=True):
            if one.person is not None:
                day = min(self._day(row) or self.today, self.today)
                days[one.person.id] = max(day, days.get(one.person.id, day))
        return days

    def _problem(self, row: CustodyRow) -> tuple[str, str] | None:
        """Why a row can change nothing (code and field): its event is not understood, or it has no day."""
        if any(problem.code == "event.unknown" for problem in row.problems):
            return ("event.unknown", "event")
        day = self._day(row)
        if day is None:
            return ("date.missing", "event_date")
        return ("date.implausible", "event_date") if day > self.today else None

    def _take(self, row: CustodyRow, person_id: uuid.UUID) -> None:
        day, place = self._day(row), self.places.get(_location(row))
        event = row.event or ("detained" if place else None)
        found: Insertion | None = None
        if event is not None and day is not None:
            change = Change(
                status=STATUS[event],
                moved=event == "transferred",
                place=(place.facility_id or place.match_id) if place and event not in _GONE else None,
                housing_unit=row.housing_unit or None,
                day=day,
            )
            key = self.keys[person_id]
            found = insertion([_stretch(line, key) for line in self.lines[person_id]], change)
            if found is not None:
                self._insert(person_id, change, found, place)
        late = found is not None and found.until is not None
        posture_new = not late and self._note_posture(row, person_id)
        if found is None and not posture_new:
            self.intake.take(row, "duplicates", person_id, self.keys[person_id])
            return
        self.intake.count(f"event.{event or 'posture'}")
        if late:
            self.intake.count("late")
        counted = "imported" if row.a_numbers else "without_number"
        self.intake.take(row, counted, person_id, self.keys[person_id])

    def _insert(self, person_id: uuid.UUID, change: Change, found: Insertion, place: Place | None) -> None:
        line = self.lines[person_id]
        before = next((c for c in line if found.closes is not None and c.id == found.closes.id), None)
        if before is not None:
            before.until = change.day
        inside = change.status == "detained"
        kept = before if found.stays else None
        custody_id, key = new_id(), self.keys[person_id]
        custody = Custody(
            id=custody_id,
            person_id=person_id,
            status=change.status,
            place_match_id=kept.place_match_id if kept else (place.match_id if place and inside else None),
            facility_id=kept.facility_id if kept else (place.facility_id if place and inside else None),
            sealed_housing_unit=seal_housing_unit(key, custody_id, found.housing_unit),
            since=change.day,
            until=found.until,
            source_list_id=self.intake.opened.id,
        )
        self.session.add(custody)
        line.append(custody)
        if change.status == "removed" and found.until is None:
            self.removed.add(person_id)
        codes: dict[str, object] = {
            "status": change.status,
            "moved": change.moved,
            "late": found.until is not None,
        }
        self._tell("custody.changed", custody.id, person_id, codes)

    def _note_posture(self, row: CustodyRow, person_id: uuid.UUID) -> bool:
        if not row.posture or self.postures.get(person_id) == row.posture:
            return False
        self.postures[person_id] = row.posture
        if row.posture == CLAIMED:
            self.citizens.add(person_id)
        note_id = new_id()
        sealed = seal_json(self.keys[person_id], "posture_note", "sealed_posture", note_id, row.posture)
        self.notes.append(
            {
                "id": note_id,
                "person_id": person_id,
                "sealed_posture": sealed,
                "source_list_id": self.intake.opened.id,
            }
        )
        self._tell("posture.noted", note_id, person_id, {})
        return True

    def _tell(self, verb: str, subject: uuid.UUID, person_id: uuid.UUID, codes: dict[str, object]) -> None:
        self.entries.append(
            Entry(
                verb=verb,
                actor_id=self.acting.id,
                organisation_id=self.acting.organisation_id,
                subject_id=subject,
                person_id=person_id,
                codes=codes,
            )
        )

    def _raise(self) -> None:
        """Tasks for rows that name nobody for certain, and the alarm for removals that a hold forbade."""
        held = active_bases(self.session, self.removed) if self.removed else {}
        for person_id, bases in held.items():
            if bases:
                self.intake.count("removed_while_held")
                self.intake.doubts.append(
                    NewTask(
                        kind="removed_while_held",
                        subject_id=person_id,
                        person_id=person_id,
                        evidence={"bases": list(bases)},
                    )
                )
        raise_tasks(self.session, self.acting, self.intake.doubts)


import_custody = Import(Kind(name="custody", read=read_custody_file, start=_start, finish=raise_disappeared))
"""Import a custody file. Changes may come late or again; the latest day tells where somebody is now."""

_GONE = frozenset({"released", "removed"})


def _location(row: CustodyRow) -> Location:
    return Location(row.location_text, row.location_city or None, row.location_state or None)


def _stretch(line: Custody, key: OwnerKey) -> Stretch:
    return Stretch(
        id=line.id,
        status=line.status,
        place=line.facility_id or line.place_match_id,
        housing_unit=open_housing_unit(key, line.id, line.sealed_housing_unit),
        since=line.since,
    )
