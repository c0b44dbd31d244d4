"""Checking whether people may be removed. Whatever goes wrong, the answer is `blocked` (guarantee 2).

One person or a whole manifest goes the same way: one look at the database for all of them, one pure decision
each, and the ledger rows in the same transaction.
"""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.alarm_closed import ClosedChecked, alarm_closed
from holds.actions.questions import Asked, Question, index_keys_of, read_questions, with_slips
from holds.actions.queue_near_match import NearMatch, queue_near_matches
from holds.actions.recognised import Recognised, recognise
from holds.domain.decision import Answer, Decision, decide_check
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.engine import Database
from holds.store.gate_query import Seen, Terms, look
from holds.store.ledger import Entry, write_ledger
from holds.store.openness import closed_as_seen, closed_now, closed_reasons

LOOKS = 3
"""How often it is looked again where the day turned, or somebody is changing the schema, between."""


class Checked(NamedTuple):
    """An answer. `found`: somebody on record was found under an index of the question; `person_id`: the one
    the number means; `compared`: name and birth date were looked up too; `terms`: the indexes it was asked
    under."""

    answer: Answer
    found: bool
    person_id: uuid.UUID | None
    compared: bool
    terms: tuple[Terms, ...]


def answer_check(database: Database, *, acting: Acting, question: Question) -> Answer:
    """Check in one transaction with its ledger row; any failure at all is answered `blocked`."""
    try:
        return database.run(
            lambda session: check_removal(session, database, acting=acting, question=question)
        )
    except Exception:
        return Answer(decision=Decision.BLOCKED, reasons=(*why_closed(database), "error.no_answer"))


def why_closed(database: Database) -> tuple[str, ...]:
    """What can still be told of a database that could not even keep the answer."""
    try:
        with database.reading() as session:
            return closed_reasons(session, database.vault.ring, database.metadata)
    except Exception:
        return ()


def check_removal(session: Session, database: Database, *, acting: Acting, question: Question) -> Answer:
    """Check one person: a manifest of one line, in the ledger whoever it is."""
    (checked,) = check_all(session, database, acting=acting, questions=(question,), tell_unknown=True)
    return checked.answer


def check_all(
    session: Session,
    database: Database,
    *,
    acting: Acting,
    questions: Sequence[Question],
    tell_unknown: bool = False,
) -> list[Checked]:
    """Look up under every live key, decide each, and write the decisions in the ledger.

    A row of its own for whoever is on record; for the others, only where `tell_unknown`.
    """
    require(acting, Verb.CHECK_REMOVAL)
    closed, asked, seen = _looked(session, database, questions)
    ring = database.vault.ring
    who = [recognise(ring, seen, one) if seen else None for one in asked]
    at = seen.standing.now if seen else session.scalars(select(holdfast_now())).one()
    checked, entries = [], []
    for one, known in zip(asked, who, strict=True):
        here = closed
        if not closed and seen and seen.standing.demo and not one.synthetic:
            here = ("database.demo",)
        found = known.found if known else ()
        decision, reasons = decide_check(
            number_readable=one.number_readable,
            closed_reasons=here,
            birth_date_readable=bool(closed) or one.birth_date_readable,
            country_readable=one.question.country_readable,
            identity_compared=known is not None and one.compared,
            found=found,
        )
        reference = None
        if tell_unknown or found:
            entry = _entry(acting, one, known, decision, reasons)
            entries += [entry, *_of_candidates(acting, entry, known)]
            reference = str(entry.id)
        # Given by place, as `Answer` and `Checked` name them: a manifest makes a thousand of each.
        answer = Answer(decision, reasons, at, reference)
        person_id = known.person_id if known else None
        checked.append(Checked(answer, bool(found), person_id, one.compared, one.terms))
    write_ledger(session, entries)
    _raise_alarms(session, database, acting, list(zip(asked, who, checked, strict=True)))
    return checked


def _looked(
    session: Session, database: Database, questions: Sequence[Question]
) -> tuple[tuple[str, ...], list[Asked], Seen | None]:
    """Why the database is closed, the questions as read, and what was seen where it is open.

    The indexes depend on the database's day, so the day is guessed and what was seen is compared with it.
    """
    ring, last = database.vault.ring, database.last
    keys = index_keys_of(ring)
    closed = closed_now(session, database) if last.generation is None else ()
    for _ in range(LOOKS):
        today = last.today()
        asked = read_questions(keys, questions, today=today)
        if closed:
            return closed, asked, None
        seen = look(session, [term for one in asked for term in one.terms])
        if len(asked) == 1 and not seen.found.get(0, {}).get("a_number"):
            # On nobody's record: perhaps the number was mistyped. Who is on record is spared the search.
            mistyped = with_slips(keys, asked[0])
            if mistyped is not asked[0]:
                asked, seen = [mistyped], look(session, mistyped.terms)
        closed = closed_as_seen(session, ring, database.metadata, last, seen.standing)
        if not closed and seen.standing.now.date() == today:
            return (), asked, seen
    raise RuntimeError("the database's clock does not stand still for a look")


def _entry(
    acting: Acting, one: Asked, known: Recognised | None, decision: Decision, reasons: tuple[str, ...]
) -> Entry:
    person_id = known.person_id if known else None
    return Entry(
        verb="removal.checked",
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=person_id or new_id(),
        person_id=person_id,
        codes={"decision": decision.value, "reasons": list(reasons), **one.question.journey},
    )


def _of_candidates(acting: Acting, check: Entry, known: Recognised | None) -> list[Entry]:
    """A row for each who may have been meant by a refused check: their counsel is told no more than that."""
    if check.codes["decision"] != Decision.BLOCKED.value or known is None:
        return []
    return [
        Entry(
            verb="removal.candidate_refused",
            actor_id=acting.id,
            organisation_id=acting.organisation_id,
            subject_id=check.id,
            person_id=person_id,
            codes={"check": str(check.id)},
        )
        for person_id in known.candidates
    ]


def _raise_alarms(
    session: Session,
    database: Database,
    acting: Acting,
    answered: Sequence[tuple[Asked, Recognised | None, Checked]],
) -> None:
    """Queue near matches, and tell of whoever should not be asked about any more."""
    near, closed = [], []
    for one, known, done in answered:
        if known is None or not (known.undoubted or known.closed):
            continue
        name = one.question.name
        if len(one.numbers) == 1 and name:
            near += [
                NearMatch(number=one.numbers[0], name=name, birth_dates=one.born, person=member)
                for member in known.undoubted
            ]
        closed += [
            ClosedChecked(person_id=person_id, ended=ended.value, check=str(done.answer.reference))
            for person_id, ended in known.closed
        ]
    if near:
        queue_near_matches(session, database.vault, acting=acting, matches=near)
    if closed:
        alarm_closed(session, acting, closed)
