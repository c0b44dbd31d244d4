"""Verifying appearances: that counsel appears for this very person. Until then they are told nothing."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import close_tasks
from holds.domain.judgement import Verdict
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.doubts import appearance_histories
from holds.store.gate_lock import lock_gates
from holds.store.ledger import Entry, write_ledger
from holds.store.people import Person
from holds.store.representation import Appearance

CHUNK = 500
SETTLED_TASKS = ("verify_appearance", "counsel_doubt")


class AppearanceRefusedError(RefusedError):
    """An appearance cannot be verified as asked; the message says which and why, and none was."""


def verify_appearances(
    session: Session, *, acting: Acting, appearance_ids: Sequence[uuid.UUID], same_person: bool = False
) -> int:
    """Verify appearances and return how many were not verified before; all of them or none.

    One that waits for a judgement takes `same_person`: whoever verifies has compared client and form, and
    the judgement is theirs.
    """
    require(acting, Verb.VERIFY_APPEARANCE)
    wanted = list(dict.fromkeys(appearance_ids))
    ours = select(Appearance).join(Person, Person.id == Appearance.person_id)
    ours = ours.where(Appearance.id.in_(wanted), Person.organisation_id == acting.organisation_id)
    found = {appearance.id: appearance for appearance in session.scalars(ours)}
    judged = _judged_last(session, wanted)
    for appearance_id in wanted:
        appearance = found.get(appearance_id)
        if appearance is None:
            raise AppearanceRefusedError(
                f"There is no appearance {appearance_id}; see: holdfast counsel list"
            )
        if appearance.withdrawn_on is not None:
            raise AppearanceRefusedError(f"The appearance {appearance_id} was withdrawn.")
        if "negative" in (appearance.judgement, judged.get(appearance_id)):
            raise AppearanceRefusedError(
                f"The appearance {appearance_id} was judged to be for somebody else. Judge it anew first: "
                f"holdfast match judge {appearance_id} --verdict positive"
            )
        certain = appearance.judgement == "exact" and judged.get(appearance_id) != Verdict.UNSURE
        if not certain and not same_person:
            raise AppearanceRefusedError(
                f"Whether the appearance {appearance_id} is for this person waits for a judgement: "
                "compare client and form, then verify it with --same-person."
            )
    fresh = [found[i] for i in wanted if found[i].verified_at is None]
    verified = [(appearance.id, appearance.person_id) for appearance in fresh]
    _lock(session, verified)
    for appearance in fresh:
        if appearance.judgement != "exact":
            appearance.judgement = "exact"
            appearance.evidence = appearance.evidence | {"judged_by": str(acting.id)}
    session.flush()
    _verify(session, acting, verified)
    return len(fresh)


def verify_all_exact(session: Session, *, acting: Acting) -> int:
    """Verify every appearance in force whose client is certain, and was not judged otherwise; how many."""
    require(acting, Verb.VERIFY_APPEARANCE)
    rows = session.execute(
        select(Appearance.id, Appearance.person_id)
        .join(Person, Person.id == Appearance.person_id)
        .where(
            Person.organisation_id == acting.organisation_id,
            Appearance.judgement == "exact",
            Appearance.verified_at.is_(None),
            Appearance.withdrawn_on.is_(None),
        )
        .order_by(Appearance.id)
    )
    exact = [(row.id, row.person_id) for row in rows]
    judged = _judged_last(session, [appearance_id for appearance_id, _ in exact])
    # The database refuses those anyway, and would refuse everybody else's with them.
    found = [one for one in exact if judged.get(one[0], Verdict.POSITIVE) is Verdict.POSITIVE]
    _lock(session, found)
    for start in range(0, len(found), CHUNK):
        _verify(session, acting, found[start : start + CHUNK])
    return len(found)


def _judged_last(session: Session, appearance_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Verdict]:
    """What was judged last of each appearance that was judged at all."""
    found: dict[uuid.UUID, Verdict] = {}
    for start in range(0, len(appearance_ids), CHUNK):
        histories = appearance_histories(session, appearance_ids[start : start + CHUNK])
        found |= {one: history[-1].verdict for one, history in histories.items() if history}
    return found


def _lock(session: Session, found: Sequence[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Lock the gates of the people first: a release under way is done before, or sees their counsel."""
    lock_gates(session, [person_id for _, person_id in found])


def _verify(session: Session, acting: Acting, found: Sequence[tuple[uuid.UUID, uuid.UUID]]) -> None:
    ids = [appearance_id for appearance_id, _ in found]
    session.execute(
        update(Appearance)
        .where(Appearance.id.in_(ids), Appearance.verified_at.is_(None))
        .values(verified_by=acting.id, verified_at=holdfast_now())
        .execution_options(synchronize_session=False)
    )
    write_ledger(
        session,
        [
            Entry(
                verb="appearance.verified",
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=appearance_id,
                person_id=person_id,
            )
            for appearance_id, person_id in found
        ],
    )
    for kind in SETTLED_TASKS:
        close_tasks(session, acting, kind, ids)
