"""Queueing a near match: a check under one number named somebody who is held under another."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.tasks import Doubt as Wait
from holds.actions.tasks import raise_tasks
from holds.domain.judgement import PROMISE, DoubtKind
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.doubts import doubted, number_values
from holds.store.judgements import Doubt, DoubtNumber
from holds.store.ledger import tell
from holds.store.people import Person
from holds.store.vault import Vault, seal_json

NEAR_MATCH = "near_match"


def queue_near_matches(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    number: str,
    name: str,
    birth_dates: Sequence[dt.date],
    person_ids: Collection[uuid.UUID],
) -> int:
    """Raise a doubt for each of these people that was never raised for this number; how many are new.

    Due within `PROMISE` of the database's time. What was asked is sealed under the data key of the person
    it came near to; who was shredded cannot be judged, and stays blocked.
    """
    values = number_values(vault.ring, [number])
    fresh = sorted(set(person_ids) - doubted(session, list(values), person_ids).keys())
    if not fresh:
        return 0
    keys = vault.keys(session, fresh)
    owners = dict(
        session.execute(select(Person.id, Person.organisation_id).where(Person.id.in_(fresh))).all()
    )
    due_at = session.scalars(select(holdfast_now())).one() + PROMISE
    asked = {"a_number": number, "name": name, "birth_dates": [day.isoformat() for day in birth_dates]}
    raised = 0
    for person_id in fresh:
        if person_id not in keys:
            continue
        doubt_id = new_id()
        row = {
            "id": doubt_id,
            "reference": new_reference(),
            # The queue of those who hold the record, whoever asked.
            "organisation_id": owners[person_id],
            "kind": DoubtKind.NEAR_MATCH.value,
            "subject_id": person_id,
            "evidence": {"asked_by": str(acting.id)},
            "sealed_question": seal_json(keys[person_id], "doubt", "sealed_question", doubt_id, asked),
            "raised_by": acting.id,
            "due_at": due_at,
        }
        numbers = [
            {"doubt_id": doubt_id, "subject_id": person_id, "value": value, "index_key_id": key_id}
            for value, key_id in values.items()
        ]
        try:
            with session.begin_nested():
                session.execute(insert(Doubt), [row])
                session.execute(insert(DoubtNumber), numbers)
        except IntegrityError:
            continue  # asked at the same moment elsewhere: that one is in the queue
        tell(
            session,
            acting,
            "doubt.raised",
            doubt_id,
            person_id=person_id,
            codes={"kind": DoubtKind.NEAR_MATCH.value, "due_at": due_at.isoformat()},
        )
        raise_tasks(session, acting, [near_match_task(doubt_id, person_id, due_at)])
        raised += 1
    return raised


def near_match_task(doubt_id: uuid.UUID, person_id: uuid.UUID, due_at: dt.datetime) -> Wait:
    """The on-call task of a near match, wherever tasks are looked at; closed by the judgement of two."""
    return Wait(kind=NEAR_MATCH, subject_id=doubt_id, person_id=person_id, due_at=due_at)
