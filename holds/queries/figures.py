"""The figures of the record, for one organisation: counted in the database, nothing opened."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from holds.domain.staff import Acting, Verb, require
from holds.queries.list_figures import IncidentFigures, ListFigures, incident_figures, list_figures
from holds.queries.transmissions import TransmissionFigures, transmission_figures
from holds.store.base import holdfast_now
from holds.store.gates import Hold, HoldEnding
from holds.store.held import blocking
from holds.store.ledger_rows import LedgerHead, LedgerLeaf, LedgerRow
from holds.store.merged import roots
from holds.store.people import Person, Task
from holds.store.places import Custody, PlaceMatch
from holds.store.representation import Appearance


@dataclass(frozen=True)
class HoldFigures:
    """Holds of one basis."""

    basis: str
    active: int
    ended: int


@dataclass(frozen=True)
class PlaceFigures:
    """How locations as written were matched: spellings, and the people whose open custody line has one."""

    judgement: str
    spellings: int
    people: int


@dataclass(frozen=True)
class AppearanceFigures:
    """Appearances in force. `exact` ones wait for verification, `doubt` for a judgement before it."""

    exact: int
    doubt: int
    verified: int
    people_represented: int


@dataclass(frozen=True)
class WaitingFigures:
    """Open tasks of one kind."""

    kind: str
    open: int
    oldest: dt.datetime
    next_due: dt.datetime | None


@dataclass(frozen=True)
class LedgerFigures:
    """The organisation's ledger rows, and how many of them the tree does not hold yet."""

    rows: int
    unsealed: int
    last_sealed_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`custody` and `checks` are by code; `waiting` is oldest first."""

    as_of: dt.datetime
    incidents: tuple[IncidentFigures, ...]
    lists: tuple[ListFigures, ...]
    people: int
    people_without_number: int
    people_blocked: int
    holds: tuple[HoldFigures, ...]
    places: tuple[PlaceFigures, ...]
    appearances: AppearanceFigures
    custody: Mapping[str, int]
    waiting: tuple[WaitingFigures, ...]
    hold_endings: int
    checks: Mapping[str, int]
    ledger: LedgerFigures
    transmissions: TransmissionFigures

    @property
    def waiting_in_all(self) -> int:
        return sum(kind.open for kind in self.waiting)


def figures(session: Session, *, acting: Acting) -> Figures:
    """Every figure of the actor's organisation, as the database stands in this transaction."""
    require(acting, Verb.SEE_FIGURES)
    organisation_id = acting.organisation_id
    ours = Person.organisation_id == organisation_id
    lists = list_figures(session, organisation_id)
    holds = _holds(session, organisation_id)
    merged = roots()
    # Merged records are one person's.
    one = func.coalesce(merged.c.root, Person.id).distinct()
    people, with_number = session.execute(
        select(func.count(one), func.count(one).filter(Person.with_number))
        .select_from(Person)
        .outerjoin(merged, merged.c.id == Person.id)
        .where(ours)
    ).one()
    blocked = session.scalar(
        select(func.count(one))
        .select_from(Hold)
        .join(Person, Person.id == Hold.person_id)
        .outerjoin(merged, merged.c.id == Person.id)
        .where(ours, blocking())
    )
    left = left_stretches(session)
    return Figures(
        as_of=session.scalars(select(holdfast_now())).one(),
        incidents=incident_figures(session, organisation_id, lists),
        lists=lists,
        people=people,
        people_without_number=people - with_number,
        people_blocked=blocked or 0,
        holds=holds,
        places=_places(session, organisation_id, left),
        appearances=_appearances(session, organisation_id),
        custody=_custody(session, organisation_id, left),
        waiting=_waiting(session, organisation_id),
        hold_endings=sum(hold.ended for hold in holds),
        checks=_checks(session, organisation_id),
        ledger=_ledger(session, organisation_id),
        transmissions=transmission_figures(session, organisation_id),
    )


def left_stretches(session: Session) -> list[uuid.UUID]:
    """Open stretches of custody that another of somebody's merged records has overtaken."""
    merged = roots()
    member = or_(merged.c.id == Custody.person_id, merged.c.root == Custody.person_id)
    rows = session.execute(
        select(Custody.id, merged.c.root)
        .join(merged, member)
        .where(Custody.until.is_(None))
        .order_by(Custody.noted_at, Custody.id)
    ).all()
    latest = {root: custody_id for custody_id, root in rows}
    return sorted({custody_id for custody_id, _ in rows} - set(latest.values()))


def _holds(session: Session, organisation_id: uuid.UUID) -> tuple[HoldFigures, ...]:
    rows = session.execute(
        select(Hold.basis, func.count(Hold.id), func.count(HoldEnding.hold_id))
        .join(Person, Person.id == Hold.person_id)
        .outerjoin(HoldEnding, HoldEnding.hold_id == Hold.id)
        .where(Person.organisation_id == organisation_id)
        .group_by(Hold.basis)
        .order_by(func.count(Hold.id).desc(), Hold.basis)
    )
    return tuple(HoldFigures(basis, placed - ended, ended) for basis, placed, ended in rows)


def _places(
    session: Session, organisation_id: uuid.UUID, left: Sequence[uuid.UUID]
) -> tuple[PlaceFigures, ...]:
    judgement = func.coalesce(PlaceMatch.judgement, "no_location")
    rows = session.execute(
        select(judgement, func.count(PlaceMatch.id.distinct()), func.count(Custody.person_id.distinct()))
        .select_from(Custody)
        .join(Person, Person.id == Custody.person_id)
        .outerjoin(PlaceMatch, PlaceMatch.id == Custody.place_match_id)
        .where(Person.organisation_id == organisation_id, Custody.until.is_(None), Custody.id.not_in(left))
        .group_by(judgement)
    )
    found = {code: PlaceFigures(code, spellings, people) for code, spellings, people in rows}
    order = ("exact", "confident", "needs_judgement", "none", "no_location")
    return tuple(found[code] for code in order if code in found)


def _appearances(session: Session, organisation_id: uuid.UUID) -> AppearanceFigures:
    unverified = Appearance.verified_at.is_(None)
    row = session.execute(
        select(
            func.count().filter(and_(unverified, Appearance.judgement == "exact")),
            func.count().filter(and_(unverified, Appearance.judgement.in_(("confident", "needs_judgement")))),
            func.count().filter(~unverified),
            func.count(Appearance.person_id.distinct()).filter(~unverified),
        )
        .select_from(Appearance)
        .join(Person, Person.id == Appearance.person_id)
        .where(Person.organisation_id == organisation_id, Appearance.withdrawn_on.is_(None))
    ).one()
    return AppearanceFigures(*row)


def _custody(session: Session, organisation_id: uuid.UUID, left: Sequence[uuid.UUID]) -> Mapping[str, int]:
    rows = session.execute(
        select(Custody.status, func.count(Custody.person_id.distinct()).label("people"))
        .join(Person, Person.id == Custody.person_id)
        .where(Person.organisation_id == organisation_id, Custody.until.is_(None), Custody.id.not_in(left))
        .group_by(Custody.status)
        .order_by(func.count().desc())
    )
    return {row.status: row.people for row in rows}


def _waiting(session: Session, organisation_id: uuid.UUID) -> tuple[WaitingFigures, ...]:
    oldest = func.min(Task.raised_at, type_=Task.raised_at.type)
    rows = session.execute(
        select(Task.kind, func.count(), oldest, func.min(Task.due_at, type_=Task.raised_at.type))
        .where(Task.organisation_id == organisation_id, Task.closed_at.is_(None))
        .group_by(Task.kind)
        .order_by(oldest, Task.kind)
    )
    return tuple(WaitingFigures(*row) for row in rows)


def _checks(session: Session, organisation_id: uuid.UUID) -> Mapping[str, int]:
    rows = session.scalars(
        select(LedgerRow.codes).where(
            LedgerRow.verb == "removal.checked", LedgerRow.organisation_id == organisation_id
        )
    )
    return dict(Counter(str(codes.get("decision")) for codes in rows))


def _ledger(session: Session, organisation_id: uuid.UUID) -> LedgerFigures:
    rows, sealed = session.execute(
        select(func.count(LedgerRow.id), func.count(LedgerLeaf.number))
        .outerjoin(LedgerLeaf, LedgerLeaf.ledger_row_id == LedgerRow.id)
        .where(LedgerRow.organisation_id == organisation_id)
    ).one()
    last = session.scalar(select(LedgerHead.sealed_at).order_by(LedgerHead.size.desc()).limit(1))
    return LedgerFigures(rows, rows - sealed, last)
