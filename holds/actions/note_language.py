"""Noting a person's language: stated by them, or noted by counsel or a caseworker. A proposal is neither."""

import uuid
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.intake.language_name import language_tag
from holds.store.base import holdfast_now, new_id
from holds.store.ledger import tell
from holds.store.ownership import own_person
from holds.store.people import LanguageNote


class LanguageRefusedError(RefusedError):
    """The language cannot be noted like this; the message says why."""


class SaidBy(StrEnum):
    """Who says which language it is."""

    PERSON = "person"
    COUNSEL = "counsel"
    CASEWORKER = "caseworker"


def note_language(
    session: Session, *, acting: Acting, person_id: uuid.UUID, language: str, said_by: SaidBy
) -> str:
    """Note the language (its name or BCP 47 tag) and return its tag. What was said last counts, and what the
    person says counts before what anybody else does."""
    require(acting, Verb.LOOK_AT_PERSON)
    own_person(session, acting, person_id)
    tag = language_tag(language)
    if tag is None:
        raise LanguageRefusedError(
            f"{language} is no language known for certain; give its English name, or its tag, such as es."
        )
    source = "stated" if said_by is SaidBy.PERSON else "noted"
    now = session.scalars(select(holdfast_now())).one()
    note = session.scalar(
        select(LanguageNote)
        .where(LanguageNote.person_id == person_id, LanguageNote.source == source, LanguageNote.tag == tag)
        .with_for_update()
    )
    if note is None:
        note = LanguageNote(id=new_id(), person_id=person_id, source=source, tag=tag)
        session.add(note)
    note.noted_at, note.noted_by, note.evidence = now, acting.id, f"said by {said_by.value}"
    session.flush()
    codes = {"tag": tag, "by": said_by.value}
    tell(session, acting, f"language.{source}", note.id, person_id=person_id, codes=codes)
    return tag
