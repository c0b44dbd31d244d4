"""One order for a class of people: a hold, a ledger row and a task each, by A-number, reference or docket."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.place_hold import place_hold
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.domain.a_number import read_a_numbers
from holds.domain.hold import Basis
from holds.domain.staff import Acting, Verb, require
from holds.store.gate_lock import lock_gates
from holds.store.ledger import tell
from holds.store.lookup import find_people
from holds.store.people import Person
from holds.store.reviews import CourtReview
from holds.store.sealing import OwnerKey
from holds.store.stays import Stay
from holds.store.vault import Vault, open_json

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class BatchOutcome:
    """The holds placed, by reference, and the lines that mean nobody on record: look at those."""

    holds: tuple[str, ...]
    unknown: tuple[str, ...]


def batch_holds(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    lines: Sequence[str],
    basis: Basis | None = None,
    cites: str = "",
    stay: StayForm | None = None,
) -> BatchOutcome:
    """Hold everyone the lines mean, in one transaction; either by `stay`, or by `basis` and `cites`.

    A line that means several people holds all of them: whom a court meant is judged while they are held.
    """
    require(acting, Verb.PLACE_HOLD)
    wanted = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    found = _people(session, vault, acting, wanted)
    people = sorted({person_id for ids in found.values() for person_id in ids})
    lock_gates(session, people)
    placed = []
    for person_id in people:
        if stay is not None:
            reference = place_provisional_stay(session, vault, acting=acting, person_id=person_id, form=stay)
        else:
            reference = place_hold(
                session,
                vault,
                acting=acting,
                person_id=person_id,
                basis=basis or Basis.AUTOMATIC_STAY,
                cites=cites,
            )
        placed.append(reference)
    unknown = tuple(line for line in wanted if not found.get(line))
    counts = {"lines": len(wanted), "holds": len(placed), "unknown": len(unknown)}
    tell(session, acting, "holds.batch_placed", acting.id, codes=counts)
    return BatchOutcome(holds=tuple(placed), unknown=unknown)


def _people(
    session: Session, vault: Vault, acting: Acting, lines: Sequence[str]
) -> dict[str, frozenset[uuid.UUID]]:
    """Whom each line means: an A-number or a reference (anyone's people may be held), else a docket number of
    the actor's organisation."""
    numbers = {line: read_a_numbers(line).numbers for line in lines}
    under = find_people(session, vault.ring, "a_number", {n for found in numbers.values() for n in found})
    meant = {
        line: frozenset[uuid.UUID]().union(*(under.get(n, frozenset()) for n in found))
        for line, found in numbers.items()
    }
    for start in range(0, len(lines), CHUNK):
        chunk = [line.upper() for line in lines[start : start + CHUNK]]
        rows = session.execute(select(Person.reference, Person.id).where(Person.reference.in_(chunk)))
        by_reference = dict(rows.all())
        for line in lines[start : start + CHUNK]:
            if line.upper() in by_reference:
                meant[line] |= {by_reference[line.upper()]}
    if not all(meant.values()):
        dockets = _dockets(session, vault, acting)
        meant = {line: ids or dockets.get(_plain(line), frozenset()) for line, ids in meant.items()}
    return meant


def _plain(docket: str) -> str:
    return "".join(letter for letter in docket.casefold() if letter.isalnum())


def _dockets(session: Session, vault: Vault, acting: Acting) -> dict[str, frozenset[uuid.UUID]]:
    """Whose docket numbers these are. They are sealed, so every one of the organisation's is opened."""
    ours = Person.organisation_id == acting.organisation_id
    reviews = session.execute(
        select(CourtReview.id, CourtReview.person_id, CourtReview.sealed_docket)
        .join(Person, Person.id == CourtReview.person_id)
        .where(ours)
    ).all()
    stays = session.execute(
        select(Stay.hold_id, Stay.person_id, Stay.sealed_order)
        .join(Person, Person.id == Stay.person_id)
        .where(ours)
    ).all()
    sealed = [("court_review", "sealed_docket", *row) for row in reviews]
    sealed += [("stay", "sealed_order", *row) for row in stays]
    people = sorted({row[3] for row in sealed})
    keys: dict[uuid.UUID, OwnerKey] = {}
    for start in range(0, len(people), CHUNK):
        keys |= vault.keys(session, people[start : start + CHUNK])
    found: dict[str, set[uuid.UUID]] = {}
    for table, column, row_id, person_id, value in sealed:
        if person_id in keys:
            docket = open_json(keys[person_id], table, column, row_id, value).get("docket_number", "")
            found.setdefault(_plain(docket), set()).add(person_id)
    return {docket: frozenset(ids) for docket, ids in found.items() if docket}
