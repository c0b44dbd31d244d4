"""From a reference in the queue to the doubt it means; a conflict that an import left becomes a doubt."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.judge import JudgementRefusedError, raise_doubt
from holds.actions.judge_appearance import own_appearance
from holds.domain.judgement import DoubtKind
from holds.domain.staff import Acting
from holds.store.judgements import Doubt
from holds.store.people import Person, Task
from holds.store.representation import Appearance


def doubt_of(session: Session, text: str, *, acting: Acting) -> uuid.UUID:
    """The doubt of the actor's organisation with this reference, or of the task with this id."""
    written = text.strip()
    found = session.scalar(
        select(Doubt.id).where(
            Doubt.reference == written.upper(), Doubt.organisation_id == acting.organisation_id
        )
    )
    if found is not None:
        return found
    task = session.scalar(
        select(Task).where(
            Task.id == _task_id(written),
            Task.kind == DoubtKind.IDENTITY_CONFLICT.value,
            Task.organisation_id == acting.organisation_id,
        )
    )
    if task is None:
        raise _nothing()
    return raise_doubt(
        session,
        acting=acting,
        kind=DoubtKind.IDENTITY_CONFLICT,
        subject_id=task.subject_id,
        other_id=uuid.UUID(task.detail),
    )


def appearance_of(session: Session, text: str, *, acting: Acting) -> uuid.UUID | None:
    """The appearance with this id, for a person of the actor's organisation; None where there is none."""
    try:
        appearance_id = uuid.UUID(text.strip())
    except ValueError:
        return None
    found = own_appearance(session, appearance_id, acting=acting)
    return None if found is None else found.id


def client_of(session: Session, appearance_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Whom an appearance is for."""
    return (session.get_one(Appearance, appearance_id).person_id,)


def reference_of(session: Session, doubt_id: uuid.UUID) -> str:
    """How people call a doubt."""
    return session.scalars(select(Doubt.reference).where(Doubt.id == doubt_id)).one()


def people_of(session: Session, doubt_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Whom on record the doubt is about: one, or two."""
    doubt = session.get_one(Doubt, doubt_id)
    return (doubt.subject_id,) if doubt.other_id is None else (doubt.subject_id, doubt.other_id)


def record_of(session: Session, reference: str, *, acting: Acting) -> uuid.UUID:
    """The record with this reference. A number would not do: the two may share it."""
    found = session.scalar(
        select(Person.id).where(
            Person.reference == reference.strip().upper(), Person.organisation_id == acting.organisation_id
        )
    )
    if found is None:
        raise JudgementRefusedError(f"There is no record {reference}; see: holdfast person show A-NUMBER")
    return found


def _task_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise _nothing() from None


def _nothing() -> JudgementRefusedError:
    return JudgementRefusedError("There is nothing to judge under this; see: holdfast match queue")
