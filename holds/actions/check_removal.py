"""Checking whether a person may be removed. Whatever goes wrong, the answer is `blocked` (guarantee 2)."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.alarm_closed import alarm_if_closed
from holds.actions.identities import identity
from holds.actions.near_numbers import near_by_number
from holds.actions.queue_near_match import queue_near_matches
from holds.domain.a_number import is_synthetic, read_a_numbers
from holds.domain.birth_date import read_birth_date
from holds.domain.decision import Answer, Decision, Found, decide_check
from holds.domain.person_name import all_pairs
from holds.domain.staff import Acting, Verb, require
from holds.matching.identity import agreement
from holds.store.base import holdfast_now, new_id
from holds.store.doubts import judged_different, number_values
from holds.store.engine import Database
from holds.store.facts import facts_of
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.lookup import find_by_name_alone, find_people, name_terms
from holds.store.merged import OneRecord, one_records
from holds.store.openness import closed_reasons, is_demo


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who is to be removed: an A-number as written, and what else the asker knows of them.

    `birth_date` is text as written, read by the database's day; `birth_dates` are those that a whole list
    has told already, by its own convention. `country` is an ISO 3166 alpha-2 code; `journey` codes for the
    ledger (kind, destination, stage, line).
    """

    a_number: str
    name: str | None = None
    birth_date: str | None = None
    birth_dates: tuple[dt.date, ...] = ()
    country: str | None = None
    journey: Mapping[str, str | int] = field(default_factory=dict)


def answer_check(database: Database, *, acting: Acting, question: Question) -> Answer:
    """Check in one transaction with its ledger row; any failure at all is answered `blocked`."""
    try:
        return database.run(
            lambda session: check_removal(session, database, acting=acting, question=question)
        )
    except Exception:
        return Answer(decision=Decision.BLOCKED, reasons=(*_why_closed(database), "error.no_answer"))


def _why_closed(database: Database) -> tuple[str, ...]:
    """What can still be told of a database that could not even keep the answer."""
    try:
        with database.reading() as session:
            return closed_reasons(session, database.vault.ring, database.metadata)
    except Exception:
        return ()


def check_removal(session: Session, database: Database, *, acting: Acting, question: Question) -> Answer:
    """Look up under every live key, decide, and write the decision in the ledger."""
    require(acting, Verb.CHECK_REMOVAL)
    closed = closed_reasons(session, database.vault.ring, database.metadata)
    reading = read_a_numbers(question.a_number)
    readable = len(reading.numbers) == 1 and reading.problem is None
    born: tuple[dt.date, ...] = ()
    if not closed:
        born = dates_asked(question, session.scalars(select(holdfast_now())).one().date())
    people: dict[uuid.UUID, Found] = {}
    compared = False
    if not closed:
        people, compared = _found(session, database, acting, question, numbers=reading.numbers, born=born)
    if not closed and is_demo(session) and not all(is_synthetic(number) for number in reading.numbers):
        closed = (*closed, "database.demo")
    decision, reasons = decide_check(
        number_readable=readable,
        closed_reasons=closed,
        birth_date_readable=bool(closed) or birth_date_readable(question, born),
        identity_compared=compared,
        found=tuple(people.values()),
    )
    by_number = [person_id for person_id, found in people.items() if found.by_number]
    reference = tell(
        session,
        acting,
        "removal.checked",
        by_number[0] if len(by_number) == 1 else new_id(),
        person_id=by_number[0] if len(by_number) == 1 else None,
        codes={"decision": decision.value, "reasons": list(reasons), **question.journey},
    )
    alarm_if_closed(session, acting, by_number, reference)
    at = session.scalar(select(holdfast_now()))
    return Answer(decision=decision, reasons=reasons, at=at, reference=str(reference))


def birth_date_readable(question: Question, born: tuple[dt.date, ...]) -> bool:
    """Whether what was written as a birth date gave one, where anything was."""
    return bool(born or not (question.birth_date or "").strip())


def dates_asked(question: Question, today: dt.date) -> tuple[dt.date, ...]:
    """The birth date asked for; day and month that cannot be told apart give both dates."""
    if question.birth_dates:
        return question.birth_dates
    if not question.birth_date:
        return ()
    return read_birth_date(question.birth_date, today=today).dates


def _found(
    session: Session,
    database: Database,
    acting: Acting,
    question: Question,
    *,
    numbers: tuple[str, ...],
    born: tuple[dt.date, ...],
) -> tuple[dict[uuid.UUID, Found], bool]:
    """Who is meant, by the root of their record (merged records are one person's), and whether name and
    birth date were compared with the record's."""
    ring = database.vault.ring
    by_number = frozenset[uuid.UUID]().union(*find_people(session, ring, "a_number", numbers).values())
    pairs = all_pairs(question.name) if question.name else frozenset[str]()
    terms = name_terms(pairs, [date.isoformat() for date in born])
    near = frozenset[uuid.UUID]().union(*find_people(session, ring, "name_birth_date", terms).values())
    near |= _by_name_alone(session, database, question)
    if len(numbers) == 1 and question.name and not by_number:
        # A number that is on record as it was written was not mistyped; another name under it is a conflict.
        near |= near_by_number(session, database.vault, numbers[0], question.name)
    records = one_records(session, by_number | near)
    named = {records[person_id].root for person_id in by_number}
    others = {person_id for person_id in near if records[person_id].root not in named}
    others -= judged_different(session, list(number_values(ring, numbers)), others)
    held = active_bases(session, by_number | others)
    near_and_held = {person_id for person_id in others if held[person_id]}
    if len(numbers) == 1 and question.name and near_and_held:
        queue_near_matches(
            session,
            database.vault,
            acting=acting,
            number=numbers[0],
            name=question.name,
            birth_dates=born,
            person_ids=near_and_held,
        )
    meant = {r for r in records.values() if r.root in named}
    conflicts = _conflicts(session, database, question, born, meant)
    found = {
        records[person_id].root: Found(
            by_number=records[person_id].root in named,
            active_bases=held[person_id],
            identity_conflicts=conflicts.get(records[person_id].root, False),
        )
        for person_id in sorted(by_number | others)
    }
    return found, bool(terms)


def _by_name_alone(session: Session, database: Database, question: Question) -> frozenset[uuid.UUID]:
    """Who is found by the name alone: whose number and birth date nobody knows."""
    if not question.name:
        return frozenset()
    alone = find_by_name_alone(session, database.vault.ring, question.name)
    facts = facts_of(session, database.vault, sorted(alone))
    # Whose birth date has come on record since is found by it; a name alone says too little of them.
    return frozenset(p for p in alone if p not in facts or not facts[p].birth_dates)


def _conflicts(
    session: Session,
    database: Database,
    question: Question,
    born: tuple[dt.date, ...],
    records: Collection[OneRecord],
) -> dict[uuid.UUID, bool]:
    """Of each record, by its root, whether what is asked disagrees with all that is known of the person."""
    asked = identity((question.name,) if question.name else (), born)
    facts = facts_of(session, database.vault, sorted({m for record in records for m in record.members}))
    found = {}
    for record in records:
        known = [facts[member] for member in record.members if member in facts]
        names = [name for one in known for name in one.names]
        dates = [dt.date.fromisoformat(date) for one in known for date in one.birth_dates]
        countries = {one.nationality for one in known}
        found[record.root] = bool(
            agreement(identity(names, dates), asked).disagreed
            or (question.country and known and not countries & {None, question.country})
        )
    return found
