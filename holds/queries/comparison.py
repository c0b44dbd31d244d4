"""The two sides of a doubt in clear, with every judgement of it and its reason, for whoever judges."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from holds.domain.person import PersonFacts
from holds.domain.staff import Acting, Verb, require
from holds.store.facts import facts_of
from holds.store.judgements import Doubt, Judgement, JudgementConfirmation
from holds.store.people import Person
from holds.store.representation import Appearance, AppearanceJudgement
from holds.store.staff import Actor
from holds.store.vault import Vault, open_json


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """A judgement as it stands in the history, with its reason in clear."""

    verdict: str
    reason: str
    judged_by: str
    judged_at: dt.datetime
    confirmed_by: str | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The two sides of a doubt in clear, for a look whose reason is in the ledger."""

    subject: PersonFacts | None
    other: PersonFacts | None
    opinions: tuple[Opinion, ...]
    evidence: Mapping[str, Any] = field(default_factory=dict)


def compare(session: Session, vault: Vault, doubt_id: uuid.UUID, *, acting: Acting) -> Comparison | None:
    """Both sides in clear; None where the doubt is not of the actor's organisation.

    Whoever calls this tells the ledger in the same transaction (`holds.actions.look_at_person`).
    """
    require(acting, Verb.JUDGE_IDENTITY)
    doubt = session.get(Doubt, doubt_id)
    if doubt is None or doubt.organisation_id != acting.organisation_id:
        return None
    key = vault.key(session, doubt.subject_id)
    facts = facts_of(session, vault, [p for p in (doubt.subject_id, doubt.other_id) if p is not None])
    if doubt.sealed_question is not None:
        asked = open_json(key, "doubt", "sealed_question", doubt.id, doubt.sealed_question)
        other: PersonFacts | None = PersonFacts(
            names=(asked["name"],),
            a_numbers=(asked["a_number"],),
            birth_dates=tuple(asked["birth_dates"]),
        )
    else:
        other = facts.get(doubt.other_id) if doubt.other_id else None
    judge, second = aliased(Actor), aliased(Actor)
    rows = session.execute(
        select(Judgement, judge.display_name, second.display_name.label("second"))
        .join(judge, judge.id == Judgement.judged_by)
        .outerjoin(JudgementConfirmation, JudgementConfirmation.judgement_id == Judgement.id)
        .outerjoin(second, second.id == JudgementConfirmation.confirmed_by)
        .where(Judgement.doubt_id == doubt_id)
        .order_by(Judgement.judged_at, Judgement.id)
    )
    opinions = tuple(
        Opinion(
            verdict=row.verdict,
            reason=str(open_json(key, "judgement", "sealed_reason", row.id, row.sealed_reason)["reason"]),
            judged_by=by,
            judged_at=row.judged_at,
            confirmed_by=confirmed_by,
        )
        for row, by, confirmed_by in rows
    )
    return Comparison(
        subject=facts.get(doubt.subject_id), other=other, opinions=opinions, evidence=doubt.evidence
    )


def compare_appearance(
    session: Session, vault: Vault, appearance_id: uuid.UUID, *, acting: Acting
) -> Comparison | None:
    """The record and what the roster says of the client; None where the person is not of the actor's
    organisation. Whoever calls this tells the ledger, as of `compare`.
    """
    require(acting, Verb.VERIFY_APPEARANCE)
    appearance = session.scalar(
        select(Appearance)
        .join(Person, Person.id == Appearance.person_id)
        .where(Appearance.id == appearance_id, Person.organisation_id == acting.organisation_id)
    )
    if appearance is None:
        return None
    key, said = vault.key(session, appearance.person_id), None
    if appearance.sealed_claim is not None:
        said = _claimed(open_json(key, "appearance", "sealed_claim", appearance.id, appearance.sealed_claim))
    rows = session.execute(
        select(AppearanceJudgement, Actor.display_name)
        .join(Actor, Actor.id == AppearanceJudgement.judged_by)
        .where(AppearanceJudgement.appearance_id == appearance_id)
        .order_by(AppearanceJudgement.judged_at, AppearanceJudgement.id)
    )
    opinions = tuple(
        Opinion(
            verdict=row.verdict,
            reason=str(
                open_json(key, "appearance_judgement", "sealed_reason", row.id, row.sealed_reason)["reason"]
            ),
            judged_by=by,
            judged_at=row.judged_at,
            confirmed_by=None,
        )
        for row, by in rows
    )
    subject = facts_of(session, vault, [appearance.person_id]).get(appearance.person_id)
    return Comparison(subject=subject, other=said, opinions=opinions, evidence=appearance.evidence)


def _claimed(claim: Mapping[str, Any]) -> PersonFacts:
    return PersonFacts(
        names=(claim["name"],) if claim["name"] else (),
        a_numbers=tuple(claim["a_numbers"]),
        birth_dates=tuple(claim["birth_dates"]),
        nationality=claim["nationality"] or None,
    )
