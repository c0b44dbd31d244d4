"""The rows that planning writes: notices, deliveries, their batch, and the ledger's account of them."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.ledger import Entry, write_ledger
from notify.domain.delivery import State, move
from notify.domain.kinds import CURRENT_VERSION, NoticeKind
from notify.domain.plan import ForHuman, Planned, Step, Whereabouts
from notify.store.circumstances import Circumstances
from notify.store.deliveries import Delivery
from notify.store.notices import Batch, Notice
from notify.store.rounds import Cause

DETAINED_FIRST, COUNSEL_NEXT, OTHERS = 0, 5, 10
"""Priorities: those in custody can be removed tomorrow."""


@dataclass(frozen=True)
class Drawn:
    """One notice as planned: `row` where it is new, `standing` the deliveries it may have already."""

    notice_id: uuid.UUID
    person_id: uuid.UUID
    kind: NoticeKind
    row: dict[str, Any] | None
    known: Circumstances | None
    steps: tuple[Step, ...]
    standing: Mapping[tuple[uuid.UUID, str, str], Delivery] = field(default_factory=dict)

    @property
    def priority(self) -> int:
        """Who is sent first."""
        if self.kind in (NoticeKind.HOLD_NOTICE, NoticeKind.REMOVAL_ATTEMPT_ALERT):
            return DETAINED_FIRST
        if self.kind is NoticeKind.COUNSEL_NOTICE:
            return COUNSEL_NEXT
        detained = self.known is not None and self.known.whereabouts is Whereabouts.DETAINED
        return DETAINED_FIRST if detained else OTHERS

    def stands(self, step: Planned) -> Delivery | None:
        """The delivery of this way that there is already."""
        return self.standing.get((self.notice_id, step.carriage.value, step.form.value))


def draw(
    acting: Acting, kind: NoticeKind, cause: Cause, known: Circumstances | None, steps: tuple[Step, ...]
) -> Drawn:
    """A new notice. Its id is fixed here (guarantee 8)."""
    notice_id = new_id()
    row = {
        "id": notice_id,
        "organisation_id": acting.organisation_id,
        "person_id": cause.person_id,
        "counsel_id": cause.counsel_id,
        "recipient_id": cause.counsel_id or cause.person_id,
        "kind": kind.value,
        "version": CURRENT_VERSION[kind],
        "round": cause.round,
        "cause_id": cause.ledger_id,
        "exposure_id": cause.exposure_id,
        "reference": new_reference(),
        "code": new_reference(8),
        "planned_by": acting.id,
    }
    return Drawn(notice_id, cause.person_id, kind, row, known, steps)


def write(
    session: Session, acting: Acting, batch_id: uuid.UUID, drawn: Sequence[Drawn]
) -> tuple[str | None, Counter[str], Counter[str], list[NewTask]]:
    """Write what was drawn. Returns the batch's reference where it has something to approve, the counts of
    notices and deliveries, and the doubts still to be raised."""
    new = [one for one in drawn if one.row is not None]
    if new:
        session.execute(insert(Notice), [one.row for one in new if one.row is not None])
    fresh = [
        (one, step)
        for one in drawn
        for step in one.steps
        if isinstance(step, Planned) and not one.stands(step)
    ]
    revived = [
        (one, step, row)
        for one in drawn
        for step in one.steps
        if isinstance(step, Planned) and (row := one.stands(step)) and row.state == State.SUPERSEDED.value
    ]
    batch = _batch(session, acting, batch_id) if fresh or revived else None
    if fresh:
        session.execute(insert(Delivery), [_delivery(one, step, batch_id) for one, step in fresh])
    for _, _, row in revived:
        session.execute(
            update(Delivery)
            .where(Delivery.id == row.id, Delivery.state == row.state)
            .values(state=move(row.state, State.PLANNED).value, batch_id=batch_id, changed_at=holdfast_now())
        )
    made = [(one, step) for one, step in fresh] + [(one, step) for one, step, _ in revived]
    write_ledger(session, _account(acting, batch_id, new, made))
    deliveries = Counter(f"{step.carriage.value}.{step.form.value}" for _, step in made)
    return batch, Counter(one.kind.value for one in new), deliveries, _doubts(drawn)


def _batch(session: Session, acting: Acting, batch_id: uuid.UUID) -> str:
    reference = session.scalar(select(Batch.reference).where(Batch.id == batch_id))
    if reference is None:
        reference = new_reference()
        row = {
            "id": batch_id,
            "organisation_id": acting.organisation_id,
            "reference": reference,
            "planned_by": acting.id,
        }
        session.execute(insert(Batch), [row])
    return reference


def _delivery(one: Drawn, step: Planned, batch_id: uuid.UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "notice_id": one.notice_id,
        "person_id": one.person_id,
        "carriage": step.carriage.value,
        "form": step.form.value,
        "state": State.PLANNED.value,
        "batch_id": batch_id,
        "priority": one.priority,
    }


def _account(
    acting: Acting, batch_id: uuid.UUID, new: Sequence[Drawn], made: Sequence[tuple[Drawn, Planned]]
) -> list[Entry]:
    ways: dict[uuid.UUID, list[str]] = {}
    for one, step in made:
        ways.setdefault(one.notice_id, []).append(f"{step.carriage.value}.{step.form.value}")
    fresh = {one.notice_id for one in new}
    further = {one.notice_id: one for one, _ in made if one.notice_id not in fresh}
    told = [("notice.planned", one) for one in new] + [("notice.replanned", one) for one in further.values()]
    return [
        Entry(
            verb=verb,
            actor_id=acting.id,
            organisation_id=acting.organisation_id,
            subject_id=one.notice_id,
            person_id=one.person_id,
            codes={
                "kind": one.kind.value,
                "version": CURRENT_VERSION[one.kind],
                **({"round": one.row["round"]} if one.row else {}),
                "ways": ways.get(one.notice_id, []),
                "batch": str(batch_id),
            },
        )
        for verb, one in told
    ]


def _doubts(drawn: Sequence[Drawn]) -> list[NewTask]:
    return [
        NewTask(
            kind=step.kind.value,
            subject_id=one.notice_id,
            person_id=one.person_id,
            detail=step.detail,
            evidence={"notice_kind": one.kind.value},
        )
        for one in drawn
        for step in one.steps
        if isinstance(step, ForHuman)
    ]
