"""Checking whether a person may be removed. Whatever goes wrong, the answer is `blocked` (guarantee 2)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.identities import identity, identity_of
from holds.domain.a_number import is_synthetic, read_a_numbers
from holds.domain.birth_date import read_birth_date
from holds.domain.decision import Answer, Decision, Found, decide_check
from holds.domain.person_name import all_pairs
from holds.domain.staff import Acting, Verb, require
from holds.matching.identity import agreement
from holds.store.base import holdfast_now, new_id
from holds.store.engine import Database
from holds.store.facts import facts_of
from holds.store.held import active_bases
from holds.store.ledger import tell
from holds.store.lookup import find_by_name_alone, find_people, name_terms
from holds.store.openness import closed_reasons, is_demo


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who is to be removed: A-number and birth date as written, and what else the asker knows of them."""

    a_number: str
    name: str | None = None
    birth_date: str | None = None


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
    born = _born(session, question) if not closed else ()
    people: dict[uuid.UUID, Found] = {}
    compared = False
    if not closed:
        people, compared = _found(session, database, question, numbers=reading.numbers, born=born)
    if not closed and is_demo(session) and not all(is_synthetic(number) for number in reading.numbers):
        closed = (*closed, "database.demo")
    decision, reasons = decide_check(
        number_readable=readable,
        closed_reasons=closed,
        birth_date_readable=bool(closed or born or not _given(question.birth_date)),
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
        codes={"decision": decision.value, "reasons": list(reasons)},
    )
    at = session.scalar(select(holdfast_now()))
    return Answer(decision=decision, reasons=reasons, at=at, reference=str(reference))


def _given(text: str | None) -> bool:
    return bool(text and text.strip())


def _born(session: Session, question: Question) -> tuple[dt.date, ...]:
    """The birth date asked for; day and month that cannot be told apart give both dates."""
    if not _given(question.birth_date):
        return ()
    today = session.scalars(select(holdfast_now())).one().date()
    return read_birth_date(question.birth_date, today=today).dates


def _found(
    session: Session,
    database: Database,
    question: Question,
    *,
    numbers: tuple[str, ...],
    born: tuple[dt.date, ...],
) -> tuple[dict[uuid.UUID, Found], bool]:
    """Whom the look-up touched, and whether name and birth date were compared with the record's."""
    ring = database.vault.ring
    by_number = frozenset[uuid.UUID]().union(*find_people(session, ring, "a_number", numbers).values())
    pairs = all_pairs(question.name) if question.name else frozenset[str]()
    terms = name_terms(pairs, [date.isoformat() for date in born])
    near = frozenset[uuid.UUID]().union(*find_people(session, ring, "name_birth_date", terms).values())
    alone = find_by_name_alone(session, ring, question.name) if question.name else frozenset[uuid.UUID]()
    facts = facts_of(session, database.vault, sorted(by_number | alone))
    # Whose birth date has come on record since is found by it; a name alone says too little of them.
    near |= {person_id for person_id in alone if person_id not in facts or not facts[person_id].birth_dates}
    everyone = sorted(by_number | near)
    held = active_bases(session, everyone)
    asked = identity((question.name,) if question.name else (), born)
    found = {
        person_id: Found(
            by_number=person_id in by_number,
            active_bases=held[person_id],
            identity_conflicts=person_id in by_number
            and person_id in facts
            and bool(agreement(identity_of(facts[person_id]), asked).disagreed),
        )
        for person_id in everyone
    }
    return found, bool(terms)
