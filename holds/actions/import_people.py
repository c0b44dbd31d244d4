"""Putting a batch of a record list on record: person, exposure, hold, gate and ledger in one transaction.

Late, repeated or corrected lists add and amend; nothing here removes a person or ends a hold.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.identities import identity_of
from holds.actions.match_places import Place, PlaceBook
from holds.actions.person_records import Records, facts_of_row
from holds.actions.source_lists import OpenList, failing_row, one_import_at_a_time, save_failing_rows
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Verb, require
from holds.intake.record_list import PersonRow
from holds.matching.facility import Location
from holds.matching.identity import agreement
from holds.store.base import new_id
from holds.store.exposures import Exposure, ExposureRow, FailingRow, Incident
from holds.store.facts import facts_of, seal_facts
from holds.store.gate_lock import lock_gates
from holds.store.lookup import find_people, index_rows
from holds.store.people import Person, PersonIndex
from holds.store.places import Custody
from holds.store.sealing import OwnerKey, fingerprint
from holds.store.vault import Vault


@dataclass
class Known:
    """Someone on record whom rows of this batch may mean; `exposed` in this incident already."""

    facts: PersonFacts
    key: OwnerKey
    exposure_id: uuid.UUID | None
    with_number: bool
    custody: Custody | None = None


@dataclass
class Batch:
    """The work on one batch: what is known, what is gathered, what is counted."""

    session: Session
    vault: Vault
    acting: Acting
    opened: OpenList
    incident: Incident
    records: Records
    by_number: dict[str, set[uuid.UUID]]
    known: dict[uuid.UUID, Known]
    counts: Counter[str] = field(default_factory=Counter)
    failing: list[dict[str, object]] = field(default_factory=list)


def import_people(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    opened: OpenList,
    incident: Incident,
    rows: Sequence[PersonRow],
    places: PlaceBook,
) -> Counter[str]:
    """Import rows and count them: imported, updated, duplicates, without_number, rejected sum to `rows`."""
    require(acting, Verb.IMPORT)
    one_import_at_a_time(session)
    batch = _look_up(session, vault, acting=acting, opened=opened, incident=incident, rows=rows)
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
        batch.counts["rows"] += 1
        if row.rejection:
            batch.counts["rejected"] += 1
            batch.failing.append(_failing(batch, row, None))
            continue
        if marks[row.row] in seen:
            batch.counts["duplicates"] += 1
            continue
        seen.add(marks[row.row])
        place = found.get(_location(row))
        batch.counts[f"place.{place.judgement if place else 'none'}"] += 1
        key, exposure_id = _put_on_record(batch, row)
        if _moved(batch, key, row, place):
            batch.records.add_whereabouts(key, row, place)
        batch.records.add(
            ExposureRow,
            source_list_id=opened.id,
            row_number=row.row,
            exposure_id=exposure_id,
            incident_id=incident.id,
            fingerprint=marks[row.row],
        )
        if row.problems:
            batch.counts["rows_to_mend"] += 1
            batch.failing.append(_failing(batch, row, key))
    batch.records.save(session)
    save_failing_rows(session, batch.failing)
    return batch.counts


def _look_up(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    opened: OpenList,
    incident: Incident,
    rows: Sequence[PersonRow],
) -> Batch:
    numbers = {number for row in rows for number in row.a_numbers}
    by_number = {n: set(p) for n, p in find_people(session, vault.ring, "a_number", numbers).items()}
    unnumbered = _without_number(session, vault, rows)
    everyone = sorted(set[uuid.UUID]().union(unnumbered, *by_number.values()))
    return Batch(
        session=session,
        vault=vault,
        acting=acting,
        opened=opened,
        incident=incident,
        records=Records(vault, acting, opened.id),
        by_number=by_number,
        known=_known(session, vault, incident, everyone),
    )


def _without_number(session: Session, vault: Vault, rows: Sequence[PersonRow]) -> set[uuid.UUID]:
    """People on record without a number whom a mended row with this name and birth date may mean."""
    terms = set()
    for row in rows:
        if usable_number(row):
            facts = facts_of_row(row)
            terms |= {f"{name}\x1f{date}" for name in _pairs(facts) for date in facts.birth_dates}
    people = frozenset[uuid.UUID]().union(
        *find_people(session, vault.ring, "name_birth_date", terms).values()
    )
    return set(session.scalars(select(Person.id).where(Person.id.in_(people), Person.with_number.is_(False))))


def _pairs(facts: PersonFacts) -> frozenset[str]:
    return identity_of(facts).name_pairs


def _known(
    session: Session, vault: Vault, incident: Incident, person_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Known]:
    keys = vault.keys(session, person_ids)
    facts = facts_of(session, vault, person_ids)
    exposed = dict(
        session.execute(
            select(Exposure.person_id, Exposure.id).where(
                Exposure.incident_id == incident.id, Exposure.person_id.in_(person_ids)
            )
        ).all()
    )
    numbered = dict(
        session.execute(select(Person.id, Person.with_number).where(Person.id.in_(person_ids))).all()
    )
    custody = {
        line.person_id: line
        for line in session.scalars(
            select(Custody).where(Custody.person_id.in_(person_ids), Custody.until.is_(None))
        )
    }
    return {
        p: Known(facts[p], keys[p], exposed.get(p), numbered[p], custody.get(p))
        for p in person_ids
        if p in facts
    }


def usable_number(row: PersonRow) -> bool:
    """Whether the row says which A-number is this person's; several in one cell do not."""
    return bool(row.a_numbers) and not any(p.code == "a_number.several" for p in row.problems)


def _location(row: PersonRow) -> Location:
    return Location(row.location_text, row.location_city or None, row.location_state or None, row.aor or None)


def _moved(batch: Batch, key: OwnerKey, row: PersonRow, place: Place | None) -> bool:
    """Whether the row tells another place or status than the record; then the old stretch is closed."""
    line = batch.known[key.owner_id].custody
    if line is None:
        return True
    if (line.status, line.place_match_id) == (row.custody_status, place.match_id if place else None):
        return False
    since = row.released_on if row.custody_status == "released" else row.booked_in
    line.until = since or line.noted_at.date()
    batch.known[key.owner_id].custody = None
    return True


def _put_on_record(batch: Batch, row: PersonRow) -> tuple[OwnerKey, uuid.UUID]:
    """The person a row means, new or amended, with a hold for this incident either way."""
    facts, usable = facts_of_row(row), usable_number(row)
    same, conflicting = _meant(batch, facts, usable=usable)
    if same is None:
        key, exposure_id = batch.records.add_person(facts, batch.incident, with_number=usable)
        _remember(batch, key, facts, exposure_id, usable=usable)
        batch.counts["imported" if usable else "without_number"] += 1
        if not usable:
            batch.records.add_task("person_without_number", key.owner_id, {"row": row.row})
        for other in conflicting:
            batch.counts["identity_conflicts"] += 1
            batch.records.add_task(
                "identity_conflict", key.owner_id, {"other": str(other)}, detail=str(other)
            )
        return key, exposure_id
    return _amend(batch, same, facts, usable=usable)


def _meant(batch: Batch, facts: PersonFacts, *, usable: bool) -> tuple[uuid.UUID | None, list[uuid.UUID]]:
    """(who on record is meant, whom the row conflicts with). Doubt means a person of their own, held too."""
    candidates = sorted({p for number in facts.a_numbers for p in batch.by_number.get(number, ())})
    asked = identity_of(facts)
    agreeing = [p for p in candidates if not agreement(identity_of(batch.known[p].facts), asked).disagreed]
    if not usable or candidates:
        if usable and len(candidates) == 1 and agreeing:
            return candidates[0], []
        return None, candidates
    mended = [
        person_id
        for person_id, known in batch.known.items()
        if not known.with_number
        and facts.birth_dates
        and facts.names
        and known.facts.names[:1] == facts.names
        and known.facts.birth_dates == facts.birth_dates
    ]
    return (mended[0], []) if len(mended) == 1 else (None, [])


def _remember(
    batch: Batch, key: OwnerKey, facts: PersonFacts, exposure_id: uuid.UUID, *, usable: bool
) -> None:
    batch.known[key.owner_id] = Known(facts, key, exposure_id, usable)
    for number in facts.a_numbers:
        batch.by_number.setdefault(number, set()).add(key.owner_id)


def _amend(
    batch: Batch, person_id: uuid.UUID, said: PersonFacts, *, usable: bool
) -> tuple[OwnerKey, uuid.UUID]:
    """Add what the row says to a person on record; a first exposure in this incident brings its hold."""
    known = batch.known[person_id]
    facts = known.facts.merged_with(said)
    fresh_exposure = known.exposure_id is None
    if known.exposure_id is None:
        hold_id = new_id()
        epoch = lock_gates(batch.session, [person_id])[person_id]
        batch.records.add_hold(hold_id, person_id, batch.incident, epoch=epoch + 1)
        known.exposure_id = batch.records.add_exposure(person_id, hold_id, batch.incident)
    if facts != known.facts or (usable and not known.with_number):
        _save_facts(batch, person_id, known, facts, usable=usable)
    batch.counts["imported" if fresh_exposure else "updated"] += 1
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
        batch.session.execute(
            update(FailingRow)
            .where(FailingRow.person_id == person_id, FailingRow.mended_by.is_(None))
            .values(mended_by=batch.opened.id)
        )
    known.facts, known.with_number = facts, known.with_number or usable
    batch.records.tell("person.amended", person_id, person_id, {"list": str(batch.opened.id)})


def _failing(batch: Batch, row: PersonRow, key: OwnerKey | None) -> dict[str, object]:
    return failing_row(
        batch.opened, row_number=row.row, cells=row.cells, problems=row.problems, person_key=key
    )
