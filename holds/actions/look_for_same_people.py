"""Looking through the record for two records that may be one person's."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from holds.actions.people_book import PeopleBook
from holds.domain.judgement import DoubtKind, settled
from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Verb, require
from holds.matching.people import Candidate
from holds.store.base import new_id, new_reference
from holds.store.doubts import histories
from holds.store.judgements import Doubt
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person, Task
from holds.store.sealing import fingerprint
from holds.store.vault import Vault

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Looked:
    """How many records were compared, how many pairs look like one person, and how many are newly asked."""

    records: int
    alike: int
    raised: int


def look_for_same_people(session: Session, vault: Vault, *, acting: Acting) -> Looked:
    """Raise a doubt for each pair that looks like one person and was not judged on this evidence.

    Nothing is merged by it: two people judge. Who shares a number is in the queue since the import.
    """
    require(acting, Verb.MATCH)
    book = PeopleBook(vault)
    index = book.index(session)
    ours = set(session.scalars(select(Person.id).where(Person.organisation_id == acting.organisation_id)))
    pairs = {
        frozenset((one, found.id)): found
        for one, found in index.pairs()
        if one in ours and found.id in ours and "a_number" not in found.evidence.agreed
    }
    marks = {pair: _mark(vault, book.facts, pair) for pair in pairs}
    asked = _asked(session, marks)
    rows = [_row(acting, pair, pairs[pair], marks[pair]) for pair in pairs if pair not in asked]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(Doubt), rows[start : start + CHUNK])
    write_ledger(
        session,
        [
            Entry(
                verb="doubt.raised",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=row["id"],
                person_id=row["subject_id"],
                codes={"kind": DoubtKind.SAME_PERSON.value},
            )
            for row in rows
        ],
    )
    return Looked(records=len(book.facts), alike=len(pairs), raised=len(rows))


def _mark(vault: Vault, facts: Mapping[uuid.UUID, PersonFacts], pair: frozenset[uuid.UUID]) -> str:
    """The keyed fingerprint of what both records say: the same doubt comes back when it is another."""
    said = [
        [sorted(one.names), sorted(one.a_numbers), sorted(one.birth_dates), one.nationality]
        for one in (facts[person_id] for person_id in sorted(pair))
    ]
    return fingerprint(vault.ring, json.dumps(said, ensure_ascii=False)).hex()


def _row(
    acting: Acting, pair: frozenset[uuid.UUID], found: Candidate[uuid.UUID], mark: str
) -> dict[str, Any]:
    subject, other = sorted(pair)
    return {
        "id": new_id(),
        "reference": new_reference(),
        "organisation_id": acting.organisation_id,
        "kind": DoubtKind.SAME_PERSON.value,
        "subject_id": subject,
        "other_id": other,
        "evidence": {
            "score": round(found.bits, 1),
            "agreed": list(found.evidence.agreed),
            "disagreed": list(found.evidence.disagreed),
            "mark": mark,
        },
        "raised_by": acting.id,
    }


def _asked(session: Session, marks: Mapping[frozenset[uuid.UUID], str]) -> set[frozenset[uuid.UUID]]:
    """The pairs that wait in the queue, or were judged on this very evidence."""
    found = set[frozenset[uuid.UUID]]()
    people = sorted({person_id for pair in marks for person_id in pair})
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        doubts = session.scalars(
            select(Doubt).where(
                Doubt.other_id.is_not(None), or_(Doubt.subject_id.in_(chunk), Doubt.other_id.in_(chunk))
            )
        ).all()
        history = histories(session, [doubt.id for doubt in doubts])
        for doubt in doubts:
            pair = frozenset((doubt.subject_id, doubt.other_id or doubt.subject_id))
            # One that was raised by hand has no mark: what two people judged of it stands.
            same = doubt.evidence.get("mark") in (None, marks.get(pair))
            if same or not settled(history[doubt.id]):
                found.add(pair)
        conflicts = session.execute(
            select(Task.subject_id, Task.detail).where(
                Task.kind == DoubtKind.IDENTITY_CONFLICT.value,
                Task.subject_id.in_(chunk),
                Task.closed_at.is_(None),
            )
        )
        found |= {frozenset((subject, uuid.UUID(detail))) for subject, detail in conflicts}
    return found
