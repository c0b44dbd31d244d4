"""How many holds are on their way, and how many nobody has acknowledged."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.gates import Hold, HoldEnding
from holds.store.held import blocking
from holds.store.people import Person
from holds.store.transmissions import (
    LETS_EVERYBODY_PASS,
    Acknowledgement,
    Transmission,
    TransmissionEnd,
    waiting,
)


@dataclass(frozen=True)
class TransmissionFigures:
    """Active holds by how far they came. `untransmitted` were sent to nobody yet; the others count
    addressees: `waiting` (of which `overdue`) were sent and not acknowledged."""

    untransmitted: int
    waiting: int
    overdue: int
    acknowledged: int

    @property
    def unacknowledged(self) -> int:
        return self.untransmitted + self.waiting


@dataclass(frozen=True)
class OfficeFigures:
    """What waits at one addressee."""

    kind: str
    office: str
    waiting: int
    overdue: int
    oldest_due_at: dt.datetime


def transmission_figures(session: Session, organisation_id: uuid.UUID) -> TransmissionFigures:
    """Of one organisation's people, as the database stands."""
    sent = exists().where(
        Transmission.hold_id == Hold.id,
        ~exists().where(TransmissionEnd.transmission_id == Transmission.id),
    )
    untransmitted = session.scalar(
        select(func.count(Hold.id))
        .join(Person, Person.id == Hold.person_id)
        .where(Person.organisation_id == organisation_id, blocking(), ~sent)
    )
    ours = (
        select(func.count(), func.count().filter(Transmission.due_at <= holdfast_now()))
        .join(Person, Person.id == Transmission.person_id)
        .where(Person.organisation_id == organisation_id)
    )
    unconfirmed, overdue = session.execute(ours.where(*waiting())).one()
    confirmed = session.execute(
        ours.where(
            exists().where(Acknowledgement.transmission_id == Transmission.id),
            ~exists().where(TransmissionEnd.transmission_id == Transmission.id),
            ~exists().where(
                HoldEnding.hold_id == Transmission.hold_id, HoldEnding.kind.in_(LETS_EVERYBODY_PASS)
            ),
        )
    ).one()
    return TransmissionFigures(untransmitted or 0, unconfirmed, overdue, confirmed[0])


def waiting_offices(session: Session, *, acting: Acting) -> tuple[OfficeFigures, ...]:
    """Every addressee with unacknowledged holds of the actor's organisation, the longest due first."""
    require(acting, Verb.SEE_FIGURES)
    oldest = func.min(Transmission.due_at, type_=Transmission.due_at.type)
    rows = session.execute(
        select(
            Transmission.kind,
            Transmission.office,
            func.count(),
            func.count().filter(Transmission.due_at <= holdfast_now()),
            oldest,
        )
        .join(Person, Person.id == Transmission.person_id)
        .where(Person.organisation_id == acting.organisation_id, *waiting())
        .group_by(Transmission.kind, Transmission.office)
        .order_by(oldest, Transmission.office)
    )
    return tuple(OfficeFigures(*row) for row in rows)
