"""Rows that merge two records and split them again, inserted past every action."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.judgement import DoubtKind, Verdict
from holds.store.base import new_id
from holds.store.gates import Gate
from holds.store.judgements import (
    Doubt,
    DoubtNumber,
    Judgement,
    JudgementConfirmation,
    RecordMerge,
    RecordSplit,
)
from holds.store.merged import one_records
from tests.holds.store.ground import put
from tests.holds.store.record import Held, Record


def put_doubt(
    session: Session, record: Record, one: uuid.UUID, other: uuid.UUID | None, kind: DoubtKind
) -> uuid.UUID:
    """A doubt about two people, or about one and a number that was asked."""
    doubt_id, casey = new_id(), record.staff["casey"]
    row: dict[str, Any] = {
        "subject_id": one,
        "other_id": other,
        "kind": kind.value,
        "evidence": {},
        "raised_by": casey.id,
    }
    row |= {"sealed_question": b"sealed" if other is None else None}
    put(session, Doubt, id=doubt_id, organisation_id=casey.organisation_id, **row)
    if other is None:
        put(session, DoubtNumber, doubt_id=doubt_id, subject_id=one, value=doubt_id.bytes, index_key_id="k")
    return doubt_id


def judged(session: Session, record: Record, doubt_id: uuid.UUID, verdict: Verdict) -> uuid.UUID:
    """Judged by one person and confirmed by another."""
    judgement_id, casey, sunny = new_id(), record.staff["casey"], record.staff["sunny"]
    row = {"doubt_id": doubt_id, "verdict": verdict.value, "judged_by": casey.id}
    put(session, Judgement, id=judgement_id, sealed_reason=b"sealed", **row)
    put(session, JudgementConfirmation, judgement_id=judgement_id, confirmed_by=sunny.id, **row)
    return judgement_id


def gate(session: Session, person_id: uuid.UUID) -> tuple[int, uuid.UUID | None]:
    """Epoch and what it was merged into."""
    row = session.execute(select(Gate.epoch, Gate.merged_into).where(Gate.person_id == person_id)).one()
    return row.epoch, row.merged_into


def root_epoch(session: Session, person_id: uuid.UUID) -> int:
    """What a writer for this person must go by."""
    return gate(session, one_records(session, [person_id])[person_id].root)[0]


def merge_row(session: Session, record: Record, one: Held, other: Held, **changes: Any) -> dict[str, Any]:
    """`one` into `other`, judged by two people."""
    doubt_id = put_doubt(session, record, one.person_id, other.person_id, DoubtKind.IDENTITY_CONFLICT)
    highest = max(root_epoch(session, one.person_id), root_epoch(session, other.person_id))
    return {
        "id": new_id(),
        "person_id": one.person_id,
        "other_id": other.person_id,
        "merged_id": one_records(session, [one.person_id])[one.person_id].root,
        "epoch": highest + 1,
        "doubt_id": doubt_id,
        "judgement_id": judged(session, record, doubt_id, Verdict.POSITIVE),
        **changes,
    }


def put_merge(session: Session, record: Record, one: Held, other: Held) -> dict[str, Any]:
    """Merge, and return the row."""
    row = merge_row(session, record, one, other)
    put(session, RecordMerge, **row)
    return row


def split_row(session: Session, record: Record, merge: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The merge undone, by a judgement of its own."""
    doubt_id = put_doubt(session, record, merge["person_id"], merge["other_id"], DoubtKind.WRONG_MERGE)
    highest = max(gate(session, merge["merged_id"])[0], root_epoch(session, merge["other_id"]))
    return {
        "merge_id": merge["id"],
        "person_id": merge["person_id"],
        "other_id": merge["other_id"],
        "merged_id": merge["merged_id"],
        "epoch": highest + 1,
        "doubt_id": doubt_id,
        "judgement_id": judged(session, record, doubt_id, Verdict.NEGATIVE),
        **changes,
    }


def put_split(session: Session, record: Record, merge: dict[str, Any]) -> None:
    """Undo a merge."""
    put(session, RecordSplit, **split_row(session, record, merge))
