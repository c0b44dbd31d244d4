"""Putting a batch of a record list on record: person, exposure, hold, gate and ledger in one transaction.

Late, repeated or corrected lists add and amend; nothing here removes a person or ends a hold.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.claim_citizenship import CLAIMED, hold_claimed_citizens
from holds.actions.failing_rows import OpenFailures
from holds.actions.known_people import Known, KnownPeople, known_people, usable_number
from holds.actions.match_places import Place, PlaceBook
from holds.actions.person_records import Records, facts_of_row
from holds.actions.source_lists import Done, OpenList, failing_row
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Verb, require
from holds.intake.language_name import language_tag
from holds.intake.record_list import PersonRow
from holds.matching.facility import Location
from holds.store.base import new_id
from holds.store.exposures import ExposureRow, Incident
from holds.store.facts import seal_facts
from holds.store.gate_lock import lock_gates
from holds.store.lookup import index_rows
from holds.store.merged import one_records
from holds.store.people import Person, PersonIndex
from holds.store.sealing import OwnerKey, fingerprint
from holds.store.vault import Vault


@dataclass
class Batch:
    """The work on one batch: what is known, what is gathered, what is counted."""

    session: Session
    vault: Vault
    acting: Acting
    opened: OpenList
    incident: Incident
    records: Records
    known: KnownPeople
    failures: OpenFailures
    placed: set[uuid.UUID] = field(default_factory=set)
    citizens: set[uuid.UUID] = field(default_factory=set)
    epochs: dict[uuid.UUID, int] = field(default_factory=dict)
    roots: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    doubts: list[NewTask] = field(default_factory=list)
    done: Done = field(default_factory=Done)

    def doubt(self, kind: str, person_id: uuid.UUID, *, detail: str = "", **evidence: object) -> None:
        """A human must judge; raised with its ledger row once the batch's people are on record."""
        self.doubts.append(
            NewTask(kind=kind, subject_id=person_id, person_id=person_id, detail=detail, evidence=evidence)
        )

    def lock(self, person_ids: Sequence[uuid.UUID]) -> None:
        """Lock gates in the order of their ids, before any is written behind: rows come in any order."""
        epochs = lock_gates(self.session, person_ids)
        self.roots = {p: record.root for p, record in one_records(self.session, person_ids).items()}
        self.epochs = {self.roots[p]: epoch for p, epoch in epochs.items()}

    def next_epoch(self, person_id: uuid.UUID) -> int:
        """The epoch a hold of this batch must state; of merged records each hold takes the next one."""
        root = self.roots[person_id]
        self.epochs[root] += 1
        return self.epochs[root]

    def keep_failing(self, row: PersonRow, key: OwnerKey | None) -> None:
        self.done.failing.append(
            failing_row(
                self.opened, row_number=row.row, cells=row.cells, problems=row.problems, person_key=key
            )
        )


def import_people(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    opened: OpenList,
    incident: Incident,
    rows: Sequence[PersonRow],
    places: PlaceBook,
    failures: OpenFailures,
) -> Done:
    """Import rows and count them: imported, updated, duplicates, without_number, rejected sum to `rows`."""
    require(acting, Verb.IMPORT)
    batch = Batch(
        session=session,
        vault=vault,
        acting=acting,
        opened=opened,
        incident=incident,
        records=Records(vault, acting, opened.id),
        known=known_people(
            session, vault, incident=incident, list_id=opened.id, rows=rows, failures=failures
        ),
        failures=failures,
    )
    # A claim of citizenship brings a hold of its own, to whoever is exposed already too.
    claims = any(row.posture == CLAIMED for row in rows)
    batch.lock([p for p, known in batch.known.by_id.items() if claims or known.exposure_id is None])
    counts = batch.done.counts
    marks = {row.row: fingerprint(vault.ring, row.fingerprint_text) for row in rows}
    seen = set(
        session.scalars(
            select(ExposureRow.fingerprint).where(
                ExposureRow.incident_id == incident.id, ExposureRow.fingerprint.in_(list(marks.values()))
            )
        )
    )
    found = places.places(session, [_location(row) for row in rows])
    for row in rows:
        counts["rows"] += 1
        if row.rejection:
            counts["rejected"] += 1
            # A row that came back as it was still waits in the report of its first list.
            if not failures.untouched(row):
                batch.keep_failing(row, None)
            continue
        known = marks[row.row] in seen
        # A mended row may have become one that is on record: known, and yet it closes its failure.
        if failures.untouched(row) or (known and not (usable_number(row) and failures.like(row))):
            counts["duplicates"] += 1
            continue
        seen.add(marks[row.row])
        _take_in(batch, row, None if known else marks[row.row], found.get(_location(row)))
    batch.records.save(session)
    hold_claimed_citizens(session, vault, acting, batch.citizens, told_by="Record list")
    raise_tasks(session, acting, batch.doubts)
    return batch.done


def _take_in(batch: Batch, row: PersonRow, mark: bytes | None, place: Place | None) -> None:
    batch.done.counts[f"place.{place.judgement if place else 'none'}"] += 1
    key, exposure_id = _put_on_record(batch, row)
    if row.posture == CLAIMED:
        batch.citizens.add(key.owner_id)
    _note_whereabouts(batch, key, row, place)
    if mark is not None:
        batch.records.add(
            ExposureRow,
            source_list_id=batch.opened.id,
            row_number=row.row,
            exposure_id=exposure_id,
            incident_id=batch.incident.id,
            fingerprint=mark,
        )
    mended = batch.failures.mended_by(row, key.owner_id, numbered=usable_number(row))
    batch.failures.forget(mended)
    batch.done.mended += mended
    if row.problems:
        batch.done.counts["rows_to_mend"] += 1
        batch.keep_failing(row, key)


def _location(row: PersonRow) -> Location:
    return Location(row.location_text, row.location_city or None, row.location_state or None, row.aor or None)


def _note_whereabouts(batch: Batch, key: OwnerKey, row: PersonRow, place: Place | None) -> None:
    """Custody, language and posture where the row tells something else than the record."""
    known = batch.known.by_id[key.owner_id]
    before = known.custody is not None
    if _moved(batch, key, row, place):
        custody_id = batch.records.add_custody(key, row, place)
        batch.placed.add(key.owner_id)
        if before:
            batch.records.tell("custody.changed", custody_id, key.owner_id, {"list": str(batch.opened.id)})
    tag = language_tag(row.language) if row.language else None
    if tag and tag not in known.languages:
        known.languages.add(tag)
        batch.records.add_language(key.owner_id, tag)
    if row.posture and row.posture != known.posture:
        known.posture = row.posture
        batch.records.add_posture(key, row.posture)


def _moved(batch: Batch, key: OwnerKey, row: PersonRow, place: Place | None) -> bool:
    """Whether the row tells another place or status than the record; then the old stretch is closed."""
    known = batch.known.by_id[key.owner_id]
    line = known.custody
    if line is None:
        return key.owner_id not in batch.placed
    since = row.released_on if row.custody_status == "released" else row.booked_in
    if (line.status, line.place_match_id) == (row.custody_status, place.match_id if place else None):
        line.since = line.since or since
        return False
    # A record list has no day of its own: it never overrules a dated custody file.
    if known.custody_told:
        return False
    line.until = max(since or line.noted_at.date(), line.since or dt.date.min)
    known.custody = None
    return True


def _put_on_record(batch: Batch, row: PersonRow) -> tuple[OwnerKey, uuid.UUID]:
    """The person a row means, new or amended, with a hold for this incident either way."""
    facts, usable = facts_of_row(row), usable_number(row)
    failed_as = {f.person_id for f in batch.failures.like(row) if f.person_id in batch.known.by_id}
    earlier = failed_as.pop() if len(failed_as) == 1 else None
    same, conflicting = batch.known.meant(facts, usable=usable, failed_as=earlier)
    if same is None:
        key, exposure_id = batch.records.add_person(facts, batch.incident, with_number=usable)
        batch.known.remember(key, facts, exposure_id, with_number=usable)
        batch.done.counts["imported" if usable else "without_number"] += 1
        if not usable:
            batch.doubt("person_without_number", key.owner_id, row=row.row)
        for other in conflicting:
            batch.done.counts["identity_conflicts"] += 1
            batch.doubt("identity_conflict", key.owner_id, detail=str(other), other=str(other))
        return key, exposure_id
    if earlier is not None and same != earlier:
        # The mended number is somebody else's on record: perhaps the same person twice. Both stay held.
        batch.doubt("identity_conflict", earlier, detail=str(same), other=str(same))
    return _amend(batch, same, facts, usable=usable)


def _amend(
    batch: Batch, person_id: uuid.UUID, said: PersonFacts, *, usable: bool
) -> tuple[OwnerKey, uuid.UUID]:
    """Add what the row says to a person on record; a first exposure in this incident brings its hold."""
    known = batch.known.by_id[person_id]
    facts = known.facts.merged_with(said)
    fresh_exposure = known.exposure_id is None
    if known.exposure_id is None:
        hold_id = new_id()
        epoch = batch.next_epoch(person_id)
        batch.records.add_hold(hold_id, person_id, batch.incident, epoch=epoch)
        known.exposure_id = batch.records.add_exposure(person_id, hold_id, batch.incident, epoch=epoch)
    if facts != known.facts or (usable and not known.with_number):
        _save_facts(batch, person_id, known, facts, usable=usable)
    batch.done.counts["imported" if fresh_exposure else "updated"] += 1
    return known.key, known.exposure_id


def _save_facts(
    batch: Batch, person_id: uuid.UUID, known: Known, facts: PersonFacts, *, usable: bool
) -> None:
    if any(row["id"] == person_id for row in batch.records.rows[Person]):
        batch.records.save(batch.session)
        batch.records = Records(batch.vault, batch.acting, batch.opened.id)
    before = {(r["kind"], r["value"]) for r in index_rows(batch.vault.ring, person_id, known.facts)}
    added = [
        r for r in index_rows(batch.vault.ring, person_id, facts) if (r["kind"], r["value"]) not in before
    ]
    batch.session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(sealed_facts=seal_facts(known.key, facts), with_number=known.with_number or usable)
    )
    if added:
        batch.session.execute(insert(PersonIndex), added)
    if usable and not known.with_number:
        close_tasks(batch.session, batch.acting, "person_without_number", [person_id])
    known.facts, known.with_number = facts, known.with_number or usable
    for number in facts.a_numbers:
        batch.known.by_number.setdefault(number, set()).add(person_id)
    codes = {"list": str(batch.opened.id), "found_by": len(added)}
    batch.records.tell("person.amended", person_id, person_id, codes)
