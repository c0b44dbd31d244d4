"""Reading doubts: their history, and which numbers were judged to be somebody else's."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.judgement import Judged, Verdict, different_person
from holds.store.judgements import DoubtNumber, Judgement, JudgementConfirmation
from holds.store.key_ring import KeyRing
from holds.store.representation import AppearanceJudgement
from holds.store.sealing import index_values


def histories(session: Session, doubt_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Judged, ...]]:
    """What was judged of each doubt, oldest first; nothing where nobody judged yet."""
    found: dict[uuid.UUID, list[Judged]] = {doubt_id: [] for doubt_id in doubt_ids}
    rows = session.execute(
        select(Judgement.doubt_id, Judgement.verdict, JudgementConfirmation.confirmed_at)
        .outerjoin(JudgementConfirmation, JudgementConfirmation.judgement_id == Judgement.id)
        .where(Judgement.doubt_id.in_(list(doubt_ids)))
        .order_by(Judgement.judged_at, Judgement.id)
    )
    for doubt_id, verdict, confirmed_at in rows:
        found[doubt_id].append(Judged(verdict=Verdict(verdict), confirmed=confirmed_at is not None))
    return {doubt_id: tuple(history) for doubt_id, history in found.items()}


def appearance_histories(
    session: Session, appearance_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Judged, ...]]:
    """What was judged of each appearance, oldest first. One person's word is enough for counsel's client."""
    found: dict[uuid.UUID, list[Judged]] = {one: [] for one in appearance_ids}
    rows = session.execute(
        select(AppearanceJudgement.appearance_id, AppearanceJudgement.verdict)
        .where(AppearanceJudgement.appearance_id.in_(list(appearance_ids)))
        .order_by(AppearanceJudgement.judged_at, AppearanceJudgement.id)
    )
    for appearance_id, verdict in rows:
        found[appearance_id].append(Judged(verdict=Verdict(verdict), confirmed=False))
    return {one: tuple(history) for one, history in found.items()}


def number_values(ring: KeyRing, numbers: Iterable[str]) -> dict[bytes, str]:
    """The keyed indexes of A-numbers under every live key, with the id of the key."""
    return {value: key_id for number in numbers for key_id, value in index_values(ring, "a_number", number)}


def doubted(
    session: Session, values: Collection[bytes], person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """The doubt about each of these people and a number with these indexes, where there is one."""
    rows = session.execute(
        select(DoubtNumber.subject_id, DoubtNumber.doubt_id).where(
            DoubtNumber.value.in_(list(values)), DoubtNumber.subject_id.in_(list(person_ids))
        )
    )
    return dict(rows.all())


def judged_different(
    session: Session, values: Collection[bytes], person_ids: Collection[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Those of whom two people judged that the number is somebody else's, and nobody has doubted it since."""
    doubts = doubted(session, values, person_ids)
    history = histories(session, set(doubts.values()))
    return frozenset(person for person, doubt in doubts.items() if different_person(history[doubt]))
