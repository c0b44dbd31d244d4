"""Whom a question means, of all that one look found: pure, from what was seen."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from holds.actions.identities import identity
from holds.actions.questions import Asked
from holds.domain.closing import STILL_BLOCKING, EndingKind, lets_pass
from holds.domain.decision import Found
from holds.domain.departure import DepartureKind
from holds.domain.person import PersonFacts
from holds.matching.identity import agreement
from holds.store.facts import open_facts
from holds.store.gate_query import SLIP, Member, Seen
from holds.store.key_ring import KeyRing
from holds.store.sealing import unwrap


class Recognised(NamedTuple):
    """Whom a line means; a tuple, because a manifest makes a thousand of them.

    `found`: one a record (merged records are one person's). `person_id`: the one the number means, where
    it means one. `candidates`: whoever else may be meant and is held: several people of one number, near
    matches. `undoubted`: near matches who are held and were never doubted for this number. `closed`: who is
    meant although a closing that blocks ended a hold of theirs."""

    found: tuple[Found, ...]
    person_id: uuid.UUID | None
    candidates: tuple[uuid.UUID, ...]
    undoubted: tuple[Member, ...]
    closed: tuple[tuple[uuid.UUID, EndingKind], ...]


NO_ONE: frozenset[uuid.UUID] = frozenset()
NOBODY = Recognised(found=(), person_id=None, candidates=(), undoubted=(), closed=())


def recognise(ring: KeyRing, seen: Seen, asked: Asked) -> Recognised:
    """Who is meant by the number, and who comes near by name and birth date, or by a name alone."""
    under = seen.found.get(asked.line)
    if not under:
        return NOBODY
    by_number, dated, alone = (under.get(kind, NO_ONE) for kind in ("a_number", "name_birth_date", "name"))
    # A number that is on record as it was written was not mistyped; another name under it is a conflict.
    slips = NO_ONE if by_number else under.get(SLIP, NO_ONE)
    near = dated | {p for p in alone if _known_by_name_alone(ring, seen.records[p], p)}
    near |= {p for p in slips if _bears_the_name(ring, seen.records[p], p, asked)}
    meant = {seen.root(person): person for person in sorted(by_number)}
    others = {person for person in near - by_number if seen.root(person) not in meant}
    others -= seen.different.get(asked.line, NO_ONE)
    departure = asked.question.departure_kind
    found = {
        root: Found(
            by_number=True,
            active_bases=_bases(seen.records[person], departure),
            identity_conflicts=_conflicts(ring, seen.records[person], asked),
        )
        for root, person in meant.items()
    }
    # Whether a near match is the one who chose to leave is the very doubt: any hold of theirs blocks.
    held = {person for person in others if _bases(seen.records[person], None)}
    for person in sorted(others):
        bases = _bases(seen.records[person], None)
        found[seen.root(person)] = Found(by_number=False, active_bases=bases, identity_conflicts=False)
    fresh = sorted(held - seen.doubted.get(asked.line, NO_ONE))
    several = {root for root in meant if found[root].active_bases} if len(meant) > 1 else set()
    return Recognised(
        found=tuple(found.values()),
        person_id=next(iter(meant)) if len(meant) == 1 else None,
        candidates=tuple(sorted(several | {seen.root(person) for person in held})),
        undoubted=tuple(m for person in fresh for m in seen.records[person] if m.id == person),
        closed=tuple(
            (root, ended)
            for root, person in meant.items()
            for member in seen.records[person]
            for _, ended in member.holds
            if ended in STILL_BLOCKING
        ),
    )


def _bases(record: Iterable[Member], departure: DepartureKind | None) -> tuple[str, ...]:
    """The bases of the record's holds that block this departure; any, where none is named."""
    return tuple(
        sorted(
            [basis for member in record for basis, ended in member.holds if not lets_pass(ended, departure)]
        )
    )


def _known_by_name_alone(ring: KeyRing, record: Iterable[Member], person: uuid.UUID) -> bool:
    """Whether neither a usable number nor a birth date of this person is known. Whose birth date has come
    on record since is found by it; a name alone says too little of them."""
    (member,) = (one for one in record if one.id == person)
    if member.with_number:
        return False
    facts = _facts(ring, member)
    return facts is None or not facts.birth_dates


def _bears_the_name(ring: KeyRing, record: Iterable[Member], person: uuid.UUID, asked: Asked) -> bool:
    """Whether the name asked for agrees with this person's, or nobody can tell any more.

    Siblings have numbers in a row and share a family name alone, which is no agreement.
    """
    (member,) = (one for one in record if one.id == person)
    facts = _facts(ring, member)
    return facts is None or agreement(identity(facts.names, ()), asked.identity).name == "agrees"


def _facts(ring: KeyRing, member: Member) -> PersonFacts | None:
    """What the record says of itself; nothing where it was shredded."""
    if member.key is None:
        return None
    return open_facts(unwrap(ring, member.id, *member.key), member.sealed_facts)


def _conflicts(ring: KeyRing, record: Iterable[Member], asked: Asked) -> bool:
    """Whether what is asked disagrees with all that is known of the person."""
    if not asked.says_who:
        return False
    known = [facts for member in record if (facts := _facts(ring, member)) is not None]
    names = [name for one in known for name in one.names]
    dates = [dt.date.fromisoformat(date) for one in known for date in one.birth_dates]
    country = asked.question.country
    if country and known and all(one.nationality not in {None, country} for one in known):
        return True
    return bool(agreement(identity(names, dates), asked.identity).disagreed)
