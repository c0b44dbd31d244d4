"""Judging a doubt: one person judges, a second confirms, and only then it does something.

Every verdict stays on record with its reason. None ends a hold: a merge adds what blocks, a split leaves
both held, and `different_person` frees one number of one near match.
"""

import dataclasses
import uuid

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.merge_people import close_conflict, merge_of, merge_records, split_records
from holds.actions.queue_near_match import NEAR_MATCH, near_match_task
from holds.actions.tasks import close_tasks, raise_tasks
from holds.domain.judgement import PROMISE, DoubtKind, Effect, Verdict, effect_of, settled
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.doubts import histories
from holds.store.facts import open_facts, seal_facts
from holds.store.judgements import Doubt, DoubtNumber, Judgement, JudgementConfirmation
from holds.store.ledger import tell
from holds.store.people import Person, PersonIndex
from holds.store.vault import Vault, open_json, seal_json


class JudgementRefusedError(RefusedError):
    """Nothing was judged; the message says why."""


def raise_doubt(
    session: Session, *, acting: Acting, kind: DoubtKind, subject_id: uuid.UUID, other_id: uuid.UUID
) -> uuid.UUID:
    """Put two records into the queue: perhaps one person (`same_person`), perhaps wrongly merged."""
    require(acting, Verb.JUDGE_IDENTITY)
    ours = select(Person.id).where(
        Person.id.in_([subject_id, other_id]), Person.organisation_id == acting.organisation_id
    )
    if kind is DoubtKind.NEAR_MATCH or len(session.scalars(ours).all()) != 2:
        raise JudgementRefusedError("Two records of your organisation are needed to compare.")
    if kind is DoubtKind.WRONG_MERGE and merge_of(session, subject_id, other_id) is None:
        if merge_of(session, other_id, subject_id) is None:
            raise JudgementRefusedError("These two records were not merged with one another.")
        subject_id, other_id = other_id, subject_id
    same = select(Doubt.id).where(
        Doubt.kind == kind.value, Doubt.subject_id == subject_id, Doubt.other_id == other_id
    )
    known = session.scalars(same).all()
    waiting = [doubt for doubt, history in histories(session, known).items() if not settled(history)]
    if waiting:
        return waiting[0]
    doubt_id = new_id()
    row = {
        "id": doubt_id,
        "reference": new_reference(),
        "organisation_id": acting.organisation_id,
        "kind": kind.value,
        "subject_id": subject_id,
        "other_id": other_id,
        "evidence": {},
        "raised_by": acting.id,
    }
    session.execute(insert(Doubt), [row])
    tell(session, acting, "doubt.raised", doubt_id, person_id=subject_id, codes={"kind": kind.value})
    return doubt_id


def judge(
    session: Session, vault: Vault, *, acting: Acting, doubt_id: uuid.UUID, verdict: Verdict, reason: str
) -> uuid.UUID:
    """Judge, with the reason. It does nothing until somebody else confirms it, save to block again."""
    require(acting, Verb.JUDGE_IDENTITY)
    doubt = _ours(session, acting, doubt_id)
    if not reason.strip():
        raise JudgementRefusedError("A judgement needs its reason: --reason TEXT.")
    if doubt.kind != DoubtKind.NEAR_MATCH and settled(histories(session, [doubt_id])[doubt_id]):
        raise JudgementRefusedError("Two people have judged this; a merge is undone by: holdfast merge undo")
    judgement_id, key = new_id(), vault.key(session, doubt.subject_id)
    words = {"reason": reason.strip()}
    row = {
        "id": judgement_id,
        "doubt_id": doubt_id,
        "verdict": verdict.value,
        "sealed_reason": seal_json(key, "judgement", "sealed_reason", judgement_id, words),
        "judged_by": acting.id,
    }
    session.execute(insert(Judgement), [row])
    codes = {"kind": doubt.kind, "verdict": verdict.value, "judgement": str(judgement_id)}
    tell(
        session,
        acting,
        "doubt.judged",
        doubt_id,
        person_id=doubt.subject_id,
        codes=codes,
        details=words,
        key=key,
    )
    if doubt.kind == DoubtKind.NEAR_MATCH:
        # One doubt after the word of two is enough to block again, and to wait for two again.
        due_at = session.scalars(select(holdfast_now())).one() + PROMISE
        raise_tasks(session, acting, [near_match_task(doubt_id, doubt.subject_id, due_at)])
    return judgement_id


def confirm_judgement(session: Session, vault: Vault, *, acting: Acting, doubt_id: uuid.UUID) -> Effect:
    """Confirm the newest judgement of a doubt as a second person, and carry out what follows from it."""
    require(acting, Verb.JUDGE_IDENTITY)
    doubt = _ours(session, acting, doubt_id)
    judgement = session.scalars(
        select(Judgement)
        .where(Judgement.doubt_id == doubt_id)
        .order_by(Judgement.judged_at.desc(), Judgement.id.desc())
        .limit(1)
    ).one_or_none()
    if judgement is None:
        raise JudgementRefusedError("Nobody has judged this yet; run: holdfast match judge --help")
    if session.get(JudgementConfirmation, judgement.id) is not None:
        raise JudgementRefusedError("This judgement was confirmed before.")
    verdict = Verdict(judgement.verdict)
    if verdict is Verdict.UNSURE:
        raise JudgementRefusedError("An unsure verdict changes nothing; judge it anew.")
    if judgement.judged_by == acting.id:
        raise JudgementRefusedError("Who judged it cannot confirm it; a second person must.")
    row = {
        "judgement_id": judgement.id,
        "doubt_id": doubt_id,
        "verdict": verdict.value,
        "judged_by": judgement.judged_by,
        "confirmed_by": acting.id,
    }
    session.execute(insert(JudgementConfirmation), [row])
    effect = effect_of(DoubtKind(doubt.kind), verdict)
    codes = {"verdict": verdict.value, "judgement": str(judgement.id), "effect": effect.value}
    tell(session, acting, "doubt.confirmed", doubt_id, person_id=doubt.subject_id, codes=codes)
    if effect is Effect.MERGE:
        merge_records(session, acting, doubt, judgement.id)
    elif effect is Effect.SPLIT:
        split_records(session, vault, acting, doubt, judgement.id)
    elif effect is Effect.ADD_NUMBER:
        _add_number(session, vault, acting, doubt)
    elif doubt.kind == DoubtKind.IDENTITY_CONFLICT:
        close_conflict(session, acting, doubt)
    close_tasks(session, acting, NEAR_MATCH, [doubt_id])
    return effect


def _ours(session: Session, acting: Acting, doubt_id: uuid.UUID) -> Doubt:
    doubt = session.get(Doubt, doubt_id)
    if doubt is None or doubt.organisation_id != acting.organisation_id:
        raise JudgementRefusedError("There is nothing to judge under this; see: holdfast match queue")
    return doubt


def _add_number(session: Session, vault: Vault, acting: Acting, doubt: Doubt) -> None:
    """The number that was asked is one more of the person's: from here on their holds cover it."""
    key = vault.key(session, doubt.subject_id)
    asked = open_json(key, "doubt", "sealed_question", doubt.id, doubt.sealed_question or b"")
    person = session.get_one(Person, doubt.subject_id)
    facts = open_facts(key, person.sealed_facts)
    numbers = tuple(dict.fromkeys((*facts.a_numbers, str(asked["a_number"]))))
    session.execute(
        update(Person)
        .where(Person.id == person.id)
        .values(sealed_facts=seal_facts(key, dataclasses.replace(facts, a_numbers=numbers)))
    )
    rows = session.execute(
        select(DoubtNumber.value, DoubtNumber.index_key_id).where(DoubtNumber.doubt_id == doubt.id)
    ).all()
    known = set(
        session.scalars(
            select(PersonIndex.value).where(
                PersonIndex.person_id == person.id, PersonIndex.kind == "a_number"
            )
        )
    )
    fresh = [
        {"kind": "a_number", "value": value, "person_id": person.id, "index_key_id": key_id}
        for value, key_id in rows
        if value not in known
    ]
    if fresh:
        session.execute(insert(PersonIndex), fresh)
    tell(
        session, acting, "person.number_added", person.id, person_id=person.id, codes={"doubt": str(doubt.id)}
    )
