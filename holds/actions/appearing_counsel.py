"""Who appears for a person at this moment, and may act for them: named as people name counsel."""

import uuid

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.store.base import holdfast_now
from holds.store.counsel_guards import CUSTODY_ONLY
from holds.store.merged import same_person
from holds.store.representation import Appearance, Counsel


class NoAppearanceError(RefusedError):
    """No verified appearance in force answers, or several do; the message says which, and what to do."""


def appearance_of(session: Session, person_id: uuid.UUID, counsel: str | None = None) -> Appearance:
    """The verified appearance in force for more than custody: of the counsel with this EOIR ID or bar
    number, or of the only one there is. Appearances for records that were merged with the person's count."""
    rows = session.execute(
        select(Appearance, Counsel)
        .join(Counsel, Counsel.id == Appearance.counsel_id)
        .where(Appearance.person_id.in_(same_person(session, person_id)), *in_force(session))
        # Of several by one counsel, the primary and newest.
        .order_by(Appearance.is_primary.desc(), Appearance.filed_on.desc(), Appearance.id)
    ).all()
    wanted = counsel.strip().casefold() if counsel else None
    found = {
        one.id: appearance
        for appearance, one in reversed(rows)
        if wanted is None or wanted in {name.casefold() for name in (one.eoir_id, one.bar_number) if name}
    }
    if len(found) == 1:
        return next(iter(found.values()))
    names = ", ".join(sorted({one.eoir_id or f"{one.bar_jurisdiction} {one.bar_number}" for _, one in rows}))
    if found:
        raise NoAppearanceError(f"Several counsel appear for this person; name one: --counsel {names}")
    if names:
        raise NoAppearanceError(f"This counsel does not appear for this person. On record: {names}.")
    raise NoAppearanceError(
        "No counsel's appearance for this person is verified and in force, for more than custody; see: "
        "holdfast counsel list. Any duty officer may place the stay."
    )


def in_force(session: Session) -> tuple[ColumnElement[bool], ...]:
    """SQL: verified, not withdrawn, and for more than custody and bond; as the database's guards say it."""
    today = session.scalars(select(holdfast_now())).one().date()
    return (
        Appearance.verified_at.is_not(None),
        Appearance.scope != CUSTODY_ONLY,
        or_(Appearance.withdrawn_on.is_(None), Appearance.withdrawn_on > today),
    )
