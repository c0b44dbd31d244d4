"""Trying a counsel roster: whom on record each row means and why, with nothing imported."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.counsel_clients import Client, ClientBook
from holds.domain.look import LookReason
from holds.domain.staff import Acting, Verb, require
from holds.intake.counsel_roster import CounselRow, read_counsel_roster
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person
from holds.store.vault import Vault

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One row. `person` is a record's reference; `agreed` and `disagreed` are codes; `score` in bits.

    `judgement`: exact, confident, needs_judgement or none. `runner_up`: reference and score of the next.
    """

    row: int
    judgement: str
    person: str | None
    rule: str
    score: float | None
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    runner_up: tuple[str, float] | None


def try_roster(session: Session, vault: Vault, *, acting: Acting, path: Path, today: dt.date) -> list[Tried]:
    """Every row in order. Whoever is meant was looked at, which the ledger keeps. Raises IntakeError."""
    require(acting, Verb.LOOK_AT_PERSON)
    own = Person.organisation_id == acting.organisation_id
    ours = dict(session.execute(select(Person.id, Person.reference).where(own)).all())
    book, found = ClientBook(vault), list[tuple[CounselRow, list[Client]]]()
    rows = read_counsel_roster(path, today=today).rows
    while chunk := list(islice(rows, CHUNK)):
        clients = book.clients(session, chunk)
        found += [(row, _own(meant, ours)) for row, meant in zip(chunk, clients, strict=True)]
    seen = sorted({client.person_id for _, clients in found for client in clients})
    codes = {"shown": False, "reason": LookReason.IDENTITY.value}
    entries = [
        Entry(
            verb="person.seen",
            actor_id=acting.id,
            organisation_id=acting.organisation_id,
            subject_id=person_id,
            person_id=person_id,
            codes=codes,
        )
        for person_id in seen
    ]
    write_ledger(session, entries)
    return [_tried(row, [(ours[client.person_id], client) for client in clients]) for row, clients in found]


def _own(clients: Sequence[Client], ours: Mapping[uuid.UUID, str]) -> list[Client]:
    return [client for client in clients if client.person_id in ours]


def _tried(row: CounselRow, clients: Sequence[tuple[str, Client]]) -> Tried:
    if not clients:
        return Tried(
            row=row.row,
            judgement="none",
            person=None,
            rule=row.rejection or "nothing_shared",
            score=None,
            agreed=(),
            disagreed=(),
            runner_up=None,
        )
    (reference, best), *others = clients
    return Tried(
        row=row.row,
        judgement=best.judgement,
        person=reference,
        rule=best.rule,
        score=best.score,
        agreed=best.agreed,
        disagreed=best.disagreed,
        runner_up=(others[0][0], others[0][1].score) if others else None,
    )
