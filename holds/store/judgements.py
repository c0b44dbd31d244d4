"""Doubts about who is who, judgements of them by two people, and the merges that follow. Append-only.

A row of `record_merge` or `record_split` works in its trigger (`merge_guards.py`): nothing else may set
`gate.merged_into`.
"""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from holds.domain.judgement import DoubtKind, Verdict
from holds.store.base import Base, holdfast_now, new_id, new_reference

_KINDS = ", ".join(repr(kind.value) for kind in DoubtKind)
_VERDICTS = ", ".join(repr(verdict.value) for verdict in Verdict)


class Doubt(Base):
    """A question for a human: is this the same person? `evidence` holds codes and ids.

    A near match has no other record; what was asked is in `sealed_question`, under the subject's data key.
    """

    __tablename__ = "doubt"
    __table_args__ = (
        UniqueConstraint("id", "subject_id", "other_id"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("(kind = 'near_match') = (other_id IS NULL)", name="near_match"),
        CheckConstraint("(kind = 'near_match') = (sealed_question IS NOT NULL)", name="question"),
        CheckConstraint("other_id <> subject_id", name="two_records"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True, default=new_reference)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    evidence: Mapped[dict[str, Any]]
    sealed_question: Mapped[bytes | None]
    raised_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("actor.id"))
    raised_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
    due_at: Mapped[dt.datetime | None]


class DoubtNumber(Base):
    """The keyed index of the number that was asked, never the number itself. A new index key adds another.

    About one person and one number there is one doubt, however often and from wherever it is asked.
    """

    __tablename__ = "doubt_number"
    __table_args__ = (UniqueConstraint("subject_id", "value"),)

    doubt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("doubt.id"), primary_key=True)
    value: Mapped[bytes] = mapped_column(primary_key=True, index=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    index_key_id: Mapped[str]


class Judgement(Base):
    """What one person judged, with the reason sealed under the subject's data key. A doubt keeps them all."""

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("id", "doubt_id", "verdict", "judged_by"),
        ForeignKeyConstraint(["judged_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint(f"verdict IN ({_VERDICTS})", name="verdict"),
        CheckConstraint("outside", name="outside"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    doubt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("doubt.id"), index=True)
    verdict: Mapped[str]
    sealed_reason: Mapped[bytes]
    judged_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    judged_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class JudgementConfirmation(Base):
    """A second person judges the same. Only then does a judgement do anything."""

    __tablename__ = "judgement_confirmation"
    __table_args__ = (
        UniqueConstraint("judgement_id", "doubt_id", "verdict"),
        ForeignKeyConstraint(
            ["judgement_id", "doubt_id", "verdict", "judged_by"],
            ["judgement.id", "judgement.doubt_id", "judgement.verdict", "judgement.judged_by"],
        ),
        ForeignKeyConstraint(["confirmed_by", "outside"], ["actor.id", "actor.outside_removing_office"]),
        CheckConstraint("confirmed_by <> judged_by", name="two_people"),
        CheckConstraint("verdict <> 'unsure'", name="verdict"),
        CheckConstraint("outside", name="outside"),
    )

    judgement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    doubt_id: Mapped[uuid.UUID] = mapped_column(index=True)
    verdict: Mapped[str]
    judged_by: Mapped[uuid.UUID]
    confirmed_by: Mapped[uuid.UUID]
    outside: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


def _judged(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["judgement_id", "doubt_id", "verdict"],
        [
            "judgement_confirmation.judgement_id",
            "judgement_confirmation.doubt_id",
            "judgement_confirmation.verdict",
        ],
        name=name,
    )


class RecordMerge(Base):
    """Two records become one: the gate `merged_id`, at which `person_id`'s writes end, follows `other_id`.

    `epoch` is what the united gate stands at afterwards: above every epoch either has seen, so that
    whatever was cleared for either before is void.
    """

    __tablename__ = "record_merge"
    __table_args__ = (
        UniqueConstraint("id", "person_id", "other_id", "merged_id"),
        _judged("fk_record_merge_judged"),
        ForeignKeyConstraint(
            ["doubt_id", "person_id", "other_id"], ["doubt.id", "doubt.subject_id", "doubt.other_id"]
        ),
        CheckConstraint("verdict = 'positive'", name="verdict"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    other_id: Mapped[uuid.UUID] = mapped_column(index=True)
    merged_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gate.person_id"), index=True)
    epoch: Mapped[int]
    doubt_id: Mapped[uuid.UUID]
    judgement_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    verdict: Mapped[str] = mapped_column(default="positive")
    merged_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())


class RecordSplit(Base):
    """A merge undone, by a judgement of its own. It releases nobody: the trigger sees to that."""

    __tablename__ = "record_split"
    __table_args__ = (
        ForeignKeyConstraint(
            ["merge_id", "person_id", "other_id", "merged_id"],
            ["record_merge.id", "record_merge.person_id", "record_merge.other_id", "record_merge.merged_id"],
        ),
        _judged("fk_record_split_judged"),
        ForeignKeyConstraint(
            ["doubt_id", "person_id", "other_id"], ["doubt.id", "doubt.subject_id", "doubt.other_id"]
        ),
        CheckConstraint("verdict = 'negative'", name="verdict"),
    )

    merge_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    other_id: Mapped[uuid.UUID] = mapped_column(index=True)
    merged_id: Mapped[uuid.UUID] = mapped_column(index=True)
    epoch: Mapped[int]
    doubt_id: Mapped[uuid.UUID]
    judgement_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    verdict: Mapped[str] = mapped_column(default="negative")
    split_at: Mapped[dt.datetime] = mapped_column(default=holdfast_now())
