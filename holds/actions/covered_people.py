"""Whom the lines of an order for a class mean: A-numbers, references, docket numbers, one a line."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.a_number import read_a_numbers
from holds.domain.staff import Acting
from holds.store.lookup import find_people
from holds.store.merged import one_records
from holds.store.people import Person
from holds.store.reviews import CourtReview
from holds.store.sealing import OwnerKey
from holds.store.stays import Stay
from holds.store.vault import Vault, open_json

CHUNK = 500
SHORTEST_PART = 5
_A_NUMBER_ALONE = re.compile(r"A[ -]?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}|[0-9]{9}", re.IGNORECASE)

Dockets = Mapping[str, frozenset[uuid.UUID]]


@dataclass(frozen=True, kw_only=True)
class CoveredLine:
    """A line as it stands in the file, counted from 1. `people`: everyone it means, one record a person.

    `near`: people whose docket number the line is a part of, or the other way round; nobody is held for that.
    """

    number: int
    text: str
    people: tuple[uuid.UUID, ...]
    near: tuple[uuid.UUID, ...] = ()


def covered_people(
    session: Session, vault: Vault, acting: Acting, lines: Sequence[str]
) -> tuple[CoveredLine, ...]:
    """Every line that is not empty, in order, with whom it means; a line that is written twice stands once.

    A number or reference means anyone on record, a docket number people of the actor's organisation. Some
    docket numbers could be A-numbers (`22-12345`): these mean both, for a court's order reaches too many
    sooner than too few.
    """
    wanted = {text: at for at, line in reversed(list(enumerate(lines, 1))) if (text := line.strip())}
    texts = sorted(wanted, key=lambda text: wanted[text])
    meant = {text: set(ids) for text, ids in _by_number(session, vault, texts).items()}
    for text, person_id in _by_reference(session, texts).items():
        meant[text].add(person_id)
    doubtful = [text for text in texts if not _A_NUMBER_ALONE.fullmatch(text)]
    dockets = _dockets(session, vault, acting) if doubtful else {}
    for text in doubtful:
        meant[text] |= dockets.get(_plain(text), frozenset())
    near = {text: _near(text, dockets) for text in doubtful if not meant[text]}
    everyone = {person_id for ids in (*meant.values(), *near.values()) for person_id in ids}
    records = one_records(session, everyone)

    def one_each(ids: Sequence[uuid.UUID] | frozenset[uuid.UUID] | set[uuid.UUID]) -> tuple[uuid.UUID, ...]:
        return tuple(sorted({records[person_id].root for person_id in ids}))

    return tuple(
        CoveredLine(
            number=wanted[text],
            text=text,
            people=one_each(meant[text]),
            near=one_each(near.get(text, frozenset())),
        )
        for text in texts
    )


def _by_number(session: Session, vault: Vault, texts: Sequence[str]) -> dict[str, frozenset[uuid.UUID]]:
    numbers = {text: read_a_numbers(text).numbers for text in texts}
    under = find_people(session, vault.ring, "a_number", {n for found in numbers.values() for n in found})
    return {
        text: frozenset[uuid.UUID]().union(*(under.get(number, frozenset()) for number in found))
        for text, found in numbers.items()
    }


def _by_reference(session: Session, texts: Sequence[str]) -> dict[str, uuid.UUID]:
    found: dict[str, uuid.UUID] = {}
    for start in range(0, len(texts), CHUNK):
        chunk = {text.upper(): text for text in texts[start : start + CHUNK]}
        rows = session.execute(select(Person.reference, Person.id).where(Person.reference.in_(sorted(chunk))))
        found |= {chunk[reference]: person_id for reference, person_id in rows}
    return found


def _plain(docket: str) -> str:
    return "".join(letter for letter in docket.casefold() if letter.isalnum())


def _near(text: str, dockets: Dockets) -> frozenset[uuid.UUID]:
    asked = _plain(text)
    if len(asked) < SHORTEST_PART:
        return frozenset()
    parts = (ids for docket, ids in dockets.items() if asked in docket or docket in asked)
    return frozenset[uuid.UUID]().union(*parts)


def _dockets(session: Session, vault: Vault, acting: Acting) -> Dockets:
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
    return {docket: frozenset(ids) for docket, ids in found.items() if len(docket) >= SHORTEST_PART}
