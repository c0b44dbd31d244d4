"""Rounds of a notice: told again, under a reference of its own, because the person was moved meanwhile."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from holds.store.merged import merged_records
from holds.store.places import Custody, Facility
from notify.domain.delivery import Carriage, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Whereabouts
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.notices import Notice
from notify.store.told_once import TELLS, covered_exposures

Letter = Row[uuid.UUID, uuid.UUID, uuid.UUID | None, int, str | None, str]
"""Cause, person, exposure, round, path and kind."""
TOLD = [State.SERVED.value, State.ACKNOWLEDGED.value]
LEFT = [State.ACCEPTED.value, State.DELIVERED.value, State.RETURNED.value]


@dataclass(frozen=True)
class Cause:
    """A ledger row that makes a notice due: which exposure of whom, of which kind, to which counsel if to
    one."""

    ledger_id: uuid.UUID
    person_id: uuid.UUID
    exposure_id: uuid.UUID
    counsel_id: uuid.UUID | None = None
    round: int = 1
    kind: NoticeKind = NoticeKind.EXPOSURE_NOTICE


def same_but_round(other: type[Notice]) -> ColumnElement[bool]:
    """`other` is the notice, or another round of it."""
    return and_(
        other.cause_id == Notice.cause_id,
        other.recipient_id == Notice.recipient_id,
        other.kind == Notice.kind,
    )


def newest_round() -> ColumnElement[bool]:
    """The notice has no later round."""
    later = aliased(Notice)
    return ~exists().where(same_but_round(later), later.round > Notice.round).correlate(Notice)


def served_in_any_round() -> ColumnElement[bool]:
    """Service is proven by the slip of one of its rounds."""
    one, given = aliased(Notice), aliased(Delivery)
    served = exists().where(same_but_round(one), given.notice_id == one.id, given.state.in_(TOLD))
    return served.correlate(Notice)


def moved_people(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Whose full letter left for one place while they are held at another by now, and was not served.

    Where a letter lies is told by the path under which it was spooled. Each is due in the next round; a
    person has one such round a letter, for only the newest is looked at.
    """
    root_of = {member: record.root for record in merged_records(session) for member in record.members}
    later = aliased(Custody)
    superseded = exists().where(
        later.person_id == Custody.person_id,
        later.until.is_(None),
        or_(
            later.noted_at > Custody.noted_at,
            and_(later.noted_at == Custody.noted_at, later.id > Custody.id),
        ),
    )
    rows = session.execute(
        letters_out(organisation_id)
        .join(Custody, Custody.person_id == Notice.person_id)
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(
            Notice.person_id.not_in(sorted(root_of)),
            Custody.until.is_(None),
            Custody.status == Whereabouts.DETAINED.value,
            ~superseded.correlate(Custody),
            or_(Custody.facility_id.is_(None), _elsewhere()),
        )
        .order_by(Notice.id)
        .limit(limit)
    ).all()
    rows = [*rows, *_of_merged(session, organisation_id, root_of)]
    return [
        Cause(
            row.cause_id,
            row.person_id,
            row.exposure_id,
            round=row.round + 1,
            kind=NoticeKind(row.kind),
        )
        for row in rows[:limit]
        if row.exposure_id
    ]


def letters_out(
    organisation_id: uuid.UUID,
) -> Select[uuid.UUID, uuid.UUID, uuid.UUID | None, int, str | None, str]:
    """Full letters to people that left and were not served, each with the path under which it lies."""
    return (
        select(
            Notice.cause_id,
            Notice.person_id,
            Notice.exposure_id,
            Notice.round,
            AttemptResult.reference.label("path"),
            Notice.kind,
        )
        .join(Delivery, Delivery.notice_id == Notice.id)
        .join(Attempt, and_(Attempt.delivery_id == Delivery.id, Attempt.number == Delivery.attempts))
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(
            Notice.kind.in_(TELLS),
            Notice.organisation_id == organisation_id,
            Delivery.carriage == Carriage.LETTER.value,
            Delivery.form == Form.FULL.value,
            Delivery.state.in_(LEFT),
            AttemptResult.outcome == "accepted",
            newest_round(),
            ~served_in_any_round(),
        )
    )


def _of_merged(
    session: Session, organisation_id: uuid.UUID, root_of: Mapping[uuid.UUID, uuid.UUID]
) -> list[Letter]:
    """The same of merged records: their person is where the stretch noted last says, on whichever of them."""
    if not root_of:
        return []
    places: dict[uuid.UUID, str | None] = {}
    for person_id, status, facility in session.execute(
        select(Custody.person_id, Custody.status, Facility)
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(Custody.person_id.in_(sorted(root_of)), Custody.until.is_(None))
        .order_by(Custody.noted_at, Custody.id)
    ):
        detained = status == Whereabouts.DETAINED.value
        places[root_of[person_id]] = letter_folder(facility) if detained else None
    covered = covered_exposures(session)
    letters = session.execute(
        letters_out(organisation_id).where(Notice.person_id.in_(sorted(root_of))).order_by(Notice.id)
    )
    return [
        row
        for row in letters
        if (place := places.get(root_of[row.person_id])) is not None
        and not str(row.path).startswith(f"letters/{place}/")
        and row.exposure_id not in covered
    ]


def letter_folder(facility: Facility | None) -> str:
    """Where a facility's letters are sorted: its DETLOC, or an id that names nobody; empty for no place."""
    return (facility.detloc or f"FACILITY-{facility.id.hex[:12].upper()}") if facility else ""


def _elsewhere() -> ColumnElement[bool]:
    """The letter is not in the folder of this facility: the SQL face of `Place.folder`."""
    id_alone = func.upper(func.substr(func.replace(cast(Facility.id, String), "-", ""), 1, 12))
    folder = func.coalesce(func.nullif(Facility.detloc, ""), literal("FACILITY-") + id_alone)
    begins = literal("letters/") + folder + literal("/")
    return func.substr(AttemptResult.reference, 1, func.length(begins)) != begins
