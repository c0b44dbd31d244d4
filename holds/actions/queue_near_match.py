"""Queueing a near match: a check under one number named somebody who is held under another."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.judgement import PROMISE, DoubtKind
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.doubts import number_values
from holds.store.gate_query import Member
from holds.store.judgements import Doubt, DoubtNumber
from holds.store.key_ring import KeyRing
from holds.store.ledger import tell
from holds.store.sealing import unwrap
from holds.store.vault import Vault, seal_json

NEAR_MATCH = "near_match"


@dataclass(frozen=True, kw_only=True)
class NearMatch:
    """Who was asked for, and the record that comes near and was never doubted for this number."""

    number: str
    name: str
    birth_dates: tuple[dt.date, ...]
    person: Member


def queue_near_matches(
    session: Session, vault: Vault, *, acting: Acting, matches: Iterable[NearMatch]
) -> int:
    """Raise a doubt for each; how many are new. The same number and person are one doubt.

    Due within `PROMISE` of the database's time. What was asked is sealed under the data key of the person
    it came near to; who was shredded cannot be judged, and stays blocked.
    """
    fresh = {(match.person.id, match.number): match for match in matches if match.person.key is not None}
    due_at = session.scalars(select(holdfast_now())).one() + PROMISE
    return sum(
        _queue(session, vault, acting, match, due_at) for _, match in sorted(fresh.items(), key=_order)
    )


def _order(entry: tuple[tuple[uuid.UUID, str], NearMatch]) -> tuple[uuid.UUID, str]:
    return entry[0]


def _queue(session: Session, vault: Vault, acting: Acting, match: NearMatch, due_at: dt.datetime) -> bool:
    doubt_id, person_id = new_id(), match.person.id
    numbers = [
        {"doubt_id": doubt_id, "subject_id": person_id, "value": value, "index_key_id": key_id}
        for value, key_id in number_values(vault.ring, [match.number]).items()
    ]
    row = {
        "id": doubt_id,
        "reference": new_reference(),
        # The queue of those who hold the record, whoever asked.
        "organisation_id": match.person.organisation_id,
        "kind": DoubtKind.NEAR_MATCH.value,
        "subject_id": person_id,
        "evidence": {"asked_by": str(acting.id)},
        "sealed_question": _sealed(vault.ring, match, doubt_id),
        "raised_by": acting.id,
        "due_at": due_at,
    }
    try:
        with session.begin_nested():
            session.execute(insert(Doubt), [row])
            session.execute(insert(DoubtNumber), numbers)
    except IntegrityError:
        return False  # asked at the same moment elsewhere: that one is in the queue
    codes = {"kind": DoubtKind.NEAR_MATCH.value, "due_at": due_at.isoformat()}
    tell(session, acting, "doubt.raised", doubt_id, person_id=person_id, codes=codes)
    raise_tasks(session, acting, [near_match_task(doubt_id, person_id, due_at)])
    return True


def _sealed(ring: KeyRing, match: NearMatch, doubt_id: uuid.UUID) -> bytes:
    person = match.person
    if person.key is None:
        raise ValueError("nothing can be sealed for who was shredded")
    asked: Mapping[str, Any] = {
        "a_number": match.number,
        "name": match.name,
        "birth_dates": [day.isoformat() for day in match.birth_dates],
    }
    return seal_json(unwrap(ring, person.id, *person.key), "doubt", "sealed_question", doubt_id, asked)


def near_match_task(doubt_id: uuid.UUID, person_id: uuid.UUID, due_at: dt.datetime) -> NewTask:
    """The on-call task of a near match, wherever tasks are looked at; closed by the judgement of two."""
    return NewTask(kind=NEAR_MATCH, subject_id=doubt_id, person_id=person_id, due_at=due_at)
