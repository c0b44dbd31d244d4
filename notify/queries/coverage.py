"""Who was told and how far: people by outcome, deliveries by state, letters by facility, waiting tasks."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session, aliased

from holds.domain.staff import Acting, Verb, require
from holds.store.gates import Gate
from holds.store.merged import merged_records
from holds.store.people import Person, Task
from notify.domain.delivery import Form, State
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.notices import Notice
from notify.store.rounds import newest_round, same_but_round
from notify.store.told_once import TELLS, covered_exposures

OUTCOMES = (
    "served",
    "sent_in_full",
    "sent_neutral",
    "on_its_way",
    "unclear_or_lost",
    "waiting_for_human",
    "not_planned",
)
"""A person's outcome is the first that holds. Sent is not told: only `served` is proven."""


@dataclass(frozen=True)
class Coverage:
    """All figures are counts. `deliveries` by carriage, form and state; `letters` by folder of the spool."""

    people: dict[str, int]
    deliveries: dict[str, dict[str, int]]
    letters: dict[str, int]
    waiting: dict[str, int]

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return dataclasses.asdict(self)


def coverage(session: Session, *, acting: Acting) -> Coverage:
    """The figures of the actor's organisation as they are now."""
    require(acting, Verb.SEE_FIGURES)
    ours = acting.organisation_id
    return Coverage(
        _people(session, ours), _deliveries(session, ours), _letters(session, ours), _waiting(session, ours)
    )


def _rank() -> ColumnElement[int]:
    """How well a delivery of a person's own notice does: the place of its outcome."""
    out = [State.ACCEPTED.value, State.DELIVERED.value]
    pending = [State.PLANNED.value, State.APPROVED.value, State.QUEUED.value, State.SENDING.value]
    return case(
        (Delivery.id.is_(None), 5),
        (Delivery.state.in_([State.SERVED.value, State.ACKNOWLEDGED.value]), 0),
        (Delivery.state.in_(out) & (Delivery.form == Form.FULL.value), 1),
        (Delivery.state.in_(out), 2),
        (Delivery.state.in_(pending), 3),
        (Delivery.state == State.SUPERSEDED.value, 5),
        else_=4,
    )


def _people(session: Session, organisation_id: uuid.UUID) -> dict[str, int]:
    """A person with several notices counts by the one that does worst: all of them must arrive.

    Of a notice's rounds the newest counts, for the earlier ones lie where the person is no more; but service
    in any round is service.
    """
    any_round = aliased(Notice)
    told = Delivery.state.in_([State.SERVED.value, State.ACKNOWLEDGED.value])
    own = (
        select(Notice.id, Notice.person_id, Notice.exposure_id, func.min(_rank()).label("rank"))
        .join(any_round, same_but_round(any_round))
        .outerjoin(Delivery, (Delivery.notice_id == any_round.id) & ((any_round.id == Notice.id) | told))
        .where(
            Notice.kind.in_(TELLS),
            Notice.organisation_id == organisation_id,
            newest_round(),
        )
        .group_by(Notice.id, Notice.person_id, Notice.exposure_id)
        .subquery()
    )
    records = merged_records(session)
    root_of = {member: record.root for record in records for member in record.members}
    alone = own.c.person_id.not_in(sorted(root_of))
    worst = select(func.max(own.c.rank).label("rank")).where(alone).group_by(own.c.person_id).subquery()
    rows = session.execute(select(worst.c.rank, func.count()).group_by(worst.c.rank))
    counts = Counter({OUTCOMES[rank]: number for rank, number in rows})
    counts += _merged(session, own, root_of, covered_exposures(session, records))
    everybody = session.scalar(
        select(func.count())
        .select_from(Person)
        .join(Gate, Gate.person_id == Person.id)
        .where(Person.organisation_id == organisation_id, Gate.merged_into.is_(None))
    )
    counts["not_planned"] = (everybody or 0) - sum(counts.values())
    return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}


def _merged(
    session: Session,
    own: Subquery,
    root_of: Mapping[uuid.UUID, uuid.UUID],
    covered: Collection[uuid.UUID],
) -> Counter[str]:
    """The same of people whose records were merged: one person each, without what another notice tells."""
    worst: dict[uuid.UUID, int] = {}
    rows = session.execute(
        select(own.c.person_id, own.c.exposure_id, own.c.rank).where(own.c.person_id.in_(sorted(root_of)))
    )
    for person_id, exposure_id, rank in rows:
        if exposure_id not in covered:
            root = root_of[person_id]
            worst[root] = max(worst.get(root, 0), rank)
    return Counter(OUTCOMES[rank] for rank in worst.values())


def _deliveries(session: Session, organisation_id: uuid.UUID) -> dict[str, dict[str, int]]:
    rows = session.execute(
        select(Delivery.carriage, Delivery.form, Delivery.state, func.count())
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.organisation_id == organisation_id)
        .group_by(Delivery.carriage, Delivery.form, Delivery.state)
        .order_by(Delivery.carriage, Delivery.form, Delivery.state)
    )
    found: dict[str, dict[str, int]] = {}
    for carriage, form, state, number in rows:
        found.setdefault(f"{carriage}.{form}", {})[state] = number
    return found


def _letters(session: Session, organisation_id: uuid.UUID) -> dict[str, int]:
    """From the spooled files' paths: `letters/<folder>/<reference>`."""
    rows = session.execute(
        select(AttemptResult.reference)
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(
            Attempt.carrier == "letter",
            AttemptResult.outcome == "accepted",
            Notice.organisation_id == organisation_id,
        )
    ).scalars()
    found: dict[str, set[str]] = {}
    for path in rows:
        if path is not None:
            found.setdefault(path.split("/")[1], set()).add(path)
    return {folder: len(paths) for folder, paths in sorted(found.items())}


def _waiting(session: Session, organisation_id: uuid.UUID) -> dict[str, int]:
    rows = session.execute(
        select(Task.kind, func.count().label("number"))
        .where(Task.closed_at.is_(None), Task.organisation_id == organisation_id)
        .group_by(Task.kind)
        .order_by(Task.kind)
    )
    return {row.kind: row.number for row in rows}
