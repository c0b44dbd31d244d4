"""Making two records one at the gate, and two again. Only ever by a judgement that two people share."""

import uuid

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.place_hold import insert_hold
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id
from holds.store.gate_lock import lock_gates
from holds.store.gates import Gate, Hold, HoldEnding
from holds.store.held import active_bases
from holds.store.judgements import Doubt, RecordMerge, RecordSplit
from holds.store.ledger import tell
from holds.store.merged import below, one_records
from holds.store.people import Task
from holds.store.vault import Vault


class MergeRefusedError(RefusedError):
    """Nothing was merged or split; the message says why."""


def merge_records(session: Session, acting: Acting, doubt: Doubt, judgement_id: uuid.UUID) -> bool:
    """Merge the two of a doubt whose judgement was confirmed; False where they are one record already.

    Both gates are locked in the order of their ids. Whatever was cleared for either is void from here on,
    and a hold of either blocks both.
    """
    one, other = doubt.subject_id, _other(doubt)
    epochs = lock_gates(session, [one, other])
    records = one_records(session, [one, other])
    close_conflict(session, acting, doubt)
    if records[one].root == records[other].root:
        return False
    merge_id, epoch = new_id(), max(epochs.values()) + 1
    row = {
        "id": merge_id,
        "person_id": one,
        "other_id": other,
        "merged_id": records[one].root,
        "epoch": epoch,
        "doubt_id": doubt.id,
        "judgement_id": judgement_id,
    }
    session.execute(insert(RecordMerge), [row])
    for person_id, with_ in ((one, other), (other, one)):
        tell(
            session,
            acting,
            "records.merged",
            merge_id,
            person_id=person_id,
            codes={"with": str(with_), "epoch": epoch, "judgement": str(judgement_id)},
        )
    return True


def split_records(
    session: Session, vault: Vault, acting: Acting, doubt: Doubt, judgement_id: uuid.UUID
) -> None:
    """Undo the merge of the two of a doubt. Whoever only the other's hold has blocked gets one first."""
    merge = merge_of(session, doubt.subject_id, _other(doubt))
    if merge is None:
        raise MergeRefusedError("These two records were not merged, or no longer are; nothing was written.")
    lock_gates(session, [merge.merged_id])
    everyone = one_records(session, [merge.merged_id])[merge.merged_id].members
    leaving = below(session, merge.merged_id)
    if active_bases(session, [merge.merged_id])[merge.merged_id]:
        sides = ((merge.person_id, leaving), (merge.other_id, everyone - leaving))
        for person_id, side in sides:
            ended = select(HoldEnding.hold_id)
            stays = select(Hold.id).where(Hold.person_id.in_(list(side)), Hold.id.not_in(ended)).limit(1)
            if session.scalar(stays) is None:
                whose = person_id if person_id in side else merge.merged_id
                insert_hold(session, vault, acting, whose, Basis.SPLIT_RECORD, cites=doubt.reference)
    seen = lock_gates(session, [merge.other_id])[merge.other_id]
    own = session.scalars(select(Gate.epoch).where(Gate.person_id == merge.merged_id)).one()
    # The gate that leaves is bumped by the split itself, and the root it leaves with it.
    epoch = max(seen, own) + 1
    row = {
        "merge_id": merge.id,
        "person_id": merge.person_id,
        "other_id": merge.other_id,
        "merged_id": merge.merged_id,
        "epoch": epoch,
        "doubt_id": doubt.id,
        "judgement_id": judgement_id,
    }
    session.execute(insert(RecordSplit), [row])
    for person_id, from_ in ((merge.person_id, merge.other_id), (merge.other_id, merge.person_id)):
        tell(
            session,
            acting,
            "records.split",
            merge.id,
            person_id=person_id,
            codes={"from": str(from_), "epoch": epoch, "judgement": str(judgement_id)},
        )


def merge_of(session: Session, one: uuid.UUID, other: uuid.UUID) -> RecordMerge | None:
    """The merge of these two, in the direction it was made, that still stands."""
    undone = select(RecordSplit.merge_id)
    return session.scalars(
        select(RecordMerge).where(
            RecordMerge.person_id == one, RecordMerge.other_id == other, RecordMerge.id.not_in(undone)
        )
    ).one_or_none()


def close_conflict(session: Session, acting: Acting, doubt: Doubt) -> None:
    """Close the tasks that asked about these two, whichever of them they were raised for."""
    pair = ((doubt.subject_id, doubt.other_id), (doubt.other_id, doubt.subject_id))
    for subject_id, other_id in pair:
        closed = session.scalars(
            update(Task)
            .where(
                Task.kind == "identity_conflict",
                Task.subject_id == subject_id,
                Task.detail == str(other_id),
                Task.closed_at.is_(None),
            )
            .values(closed_at=holdfast_now(), closed_by=acting.id)
            .returning(Task.id)
        ).all()
        for _ in closed:
            codes = {"kind": "identity_conflict"}
            tell(session, acting, "task.closed", doubt.subject_id, person_id=doubt.subject_id, codes=codes)


def _other(doubt: Doubt) -> uuid.UUID:
    if doubt.other_id is None:
        raise MergeRefusedError("A near match is about a number, not about another record.")
    return doubt.other_id
