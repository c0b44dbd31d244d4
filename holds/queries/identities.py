"""Showing who a person is: masked, unless the look was made to show it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.a_number import display, mask
from holds.domain.person import PersonFacts
from holds.domain.person_name import read_person_name
from holds.queries.person_view import IdentityView
from holds.store.places import PostureNote
from holds.store.sealing import OwnerKey
from holds.store.vault import open_json

NO_NAME = "—"


def initials(name: str) -> str:
    """`PEREZ GARCIA, MARIA JOSE` as `M. J. P. G.`: enough to tell two lines apart, not to name anybody."""
    read = read_person_name(name)
    words = (*read.given, *read.family) if read else ()
    return " ".join(f"{word[0].upper()}." for word in words) or NO_NAME


def masked(facts: PersonFacts) -> IdentityView:
    """Initials and the last three digits; birth date, country, fear screening and posture stay closed."""
    return IdentityView(
        shown=False,
        name=initials(facts.display_name),
        a_numbers=tuple(mask(number) for number in facts.a_numbers),
    )


def in_clear(facts: PersonFacts, posture: str | None) -> IdentityView:
    """All of it, for a look whose reason is in the ledger."""
    return IdentityView(
        shown=True,
        name=facts.display_name or NO_NAME,
        other_names=facts.names[1:],
        a_numbers=tuple(display(number) for number in facts.a_numbers),
        birth_dates=facts.birth_dates,
        nationality=facts.nationality,
        fear_screening=facts.fear_screening,
        posture=posture,
    )


def latest_posture(session: Session, key: OwnerKey) -> str | None:
    """The posture noted last, opened."""
    note = session.execute(
        select(PostureNote.id, PostureNote.sealed_posture)
        .where(PostureNote.person_id == key.owner_id)
        .order_by(PostureNote.noted_at.desc(), PostureNote.id.desc())
        .limit(1)
    ).one_or_none()
    if note is None:
        return None
    return str(open_json(key, "posture_note", "sealed_posture", note.id, note.sealed_posture))
