"""Judging whether counsel's client is this person. Nothing is disclosed before it is verified, too."""

import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.judgement import Verdict
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from holds.store.gate_lock import lock_gates
from holds.store.ledger import tell
from holds.store.people import Person
from holds.store.representation import Appearance, AppearanceJudgement
from holds.store.vault import Vault, seal_json

DOUBT = "counsel_doubt"
OUTCOME = {
    Verdict.POSITIVE: "exact",
    Verdict.NEGATIVE: "negative",
    Verdict.UNSURE: "needs_judgement",
}
"""What the appearance counts as afterwards."""


class NoSuchAppearanceError(RefusedError):
    """Nothing was judged; the message says why."""


def own_appearance(session: Session, appearance_id: uuid.UUID, *, acting: Acting) -> Appearance | None:
    """The appearance, for a person of the actor's organisation; None for any other."""
    return session.scalar(
        select(Appearance)
        .join(Person, Person.id == Appearance.person_id)
        .where(Appearance.id == appearance_id, Person.organisation_id == acting.organisation_id)
    )


def judge_appearance(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    appearance_id: uuid.UUID,
    verdict: Verdict,
    reason: str,
) -> None:
    """Judge, with the reason; every judgement stays, and the newest counts.

    Positive: it can be verified. Negative or unsure: counsel learns nothing, and a verification that stood
    is taken back. The same roster row does not bring the doubt back unless what it or the record says
    changed.
    """
    require(acting, Verb.VERIFY_APPEARANCE)
    appearance = own_appearance(session, appearance_id, acting=acting)
    if appearance is None:
        raise NoSuchAppearanceError("There is nothing to judge under this; see: holdfast match queue")
    if not reason.strip():
        raise NoSuchAppearanceError("A judgement needs its reason: --reason TEXT.")
    lock_gates(session, [appearance.person_id])
    judgement_id, key = new_id(), vault.key(session, appearance.person_id)
    words = {"reason": reason.strip()}
    row = {
        "id": judgement_id,
        "appearance_id": appearance.id,
        "verdict": verdict.value,
        "evidence_mark": appearance.evidence_mark,
        "sealed_reason": seal_json(key, "appearance_judgement", "sealed_reason", judgement_id, words),
        "judged_by": acting.id,
    }
    session.execute(insert(AppearanceJudgement), [row])
    taken_back = verdict is not Verdict.POSITIVE and appearance.verified_at is not None
    appearance.judgement = OUTCOME[verdict]
    appearance.evidence = {**appearance.evidence, "judged": verdict.value}
    if taken_back:
        appearance.verified_by = appearance.verified_at = None
    session.flush()
    codes = {"verdict": verdict.value, "judgement": str(judgement_id), "taken_back": taken_back}
    tell(
        session,
        acting,
        "appearance.judged",
        appearance.id,
        person_id=appearance.person_id,
        codes=codes,
        details=words,
        key=key,
    )
    if verdict is Verdict.UNSURE:
        task = NewTask(
            kind=DOUBT, subject_id=appearance.id, person_id=appearance.person_id, evidence=appearance.evidence
        )
        raise_tasks(session, acting, [task])
    else:
        close_tasks(session, acting, DOUBT, [appearance.id])
    if verdict is Verdict.NEGATIVE:
        close_tasks(session, acting, "verify_appearance", [appearance.id])
