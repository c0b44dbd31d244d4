"""Which notices are due and not planned, and which are planned but have no full way yet."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, exists, func, select
from sqlalchemy.orm import Session

from holds.store.ledger_rows import LedgerRow
from holds.store.people import Person, Task
from holds.store.representation import Appearance, Counsel
from holds.store.vault import Vault, open_json
from notify.domain.delivery import ARRIVING, WAITING, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import TaskKind
from notify.store.deliveries import Delivery
from notify.store.notices import Notice
from notify.store.rounds import Cause, newest_round, served_in_any_round

EXPOSED = "exposure.recorded"
LIMITED_HELP = ("EOIR-60", "EOIR-61")
_PLANNER = 0x686F6C64
_LIVE = [state.value for state in (*WAITING, *ARRIVING, State.UNKNOWN)]


@dataclass(frozen=True, kw_only=True)
class CounselCard:
    """Counsel as an envelope needs it."""

    name: str = field(repr=False)
    email: str = field(repr=False)


def only_planner(session: Session) -> None:
    """Wait until no other transaction plans. SQLite has one writer at a time already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_PLANNER)))


def unplanned_people(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Exposures of an organisation's people who have no notice of it, oldest first."""
    planned = exists().where(Notice.cause_id == LedgerRow.id, Notice.kind == NoticeKind.EXPOSURE_NOTICE.value)
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, LedgerRow.subject_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(LedgerRow.verb == EXPOSED, Person.organisation_id == organisation_id, ~planned)
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    return [Cause(row.id, row.person_id, row.subject_id) for row in rows if row.person_id]


def unplanned_counsel(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Exposures of clients of whom a verified counsel in force was not told, whichever came first."""
    planned = exists().where(
        Notice.cause_id == LedgerRow.id,
        Notice.kind == NoticeKind.COUNSEL_NOTICE.value,
        Notice.counsel_id == Appearance.counsel_id,
    )
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, LedgerRow.subject_id, Appearance.counsel_id)
        .join(Appearance, Appearance.person_id == LedgerRow.person_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(
            LedgerRow.verb == EXPOSED,
            Person.organisation_id == organisation_id,
            *_may_be_told(),
            ~planned,
        )
        .distinct()
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    return [Cause(row.id, row.person_id, row.subject_id, row.counsel_id) for row in rows if row.person_id]


def _may_be_told() -> tuple[ColumnElement[bool], ...]:
    """The SQL face of `plan_counsel`, so that whoever may not be told is not even loaded."""
    return (
        Appearance.verified_at.is_not(None),
        Appearance.withdrawn_on.is_(None),
        Appearance.scope != "custody_and_bond",
        Appearance.form.not_in(LIMITED_HELP),
    )


def unverified_appearances(
    session: Session, organisation_id: uuid.UUID, limit: int
) -> Sequence[Row[uuid.UUID, uuid.UUID]]:
    """(appearance id, person id) of appearances in force that nobody verified and no open task names."""
    raised = exists().where(
        Task.kind == TaskKind.VERIFY_APPEARANCE.value,
        Task.subject_id == Appearance.id,
        Task.closed_at.is_(None),
    )
    return session.execute(
        select(Appearance.id, Appearance.person_id)
        .join(Person, Person.id == Appearance.person_id)
        .where(
            Person.organisation_id == organisation_id,
            Appearance.verified_at.is_(None),
            Appearance.withdrawn_on.is_(None),
            Appearance.form.not_in(LIMITED_HELP),
            ~raised,
        )
        .order_by(Appearance.id)
        .limit(limit)
    ).all()


def incomplete_notices(
    session: Session, organisation_id: uuid.UUID, after: uuid.UUID | None, limit: int
) -> list[Notice]:
    """Notices with nothing on its way that tells them in full, by id: their circumstances may have changed.

    Only the newest round counts, and none once any round was served. A neutral e-mail is all that counsel
    gets, so any that is on its way completes theirs.
    """
    on_its_way = exists().where(
        Delivery.notice_id == Notice.id,
        Delivery.state.in_(_LIVE),
        (Delivery.form == Form.FULL.value) | Notice.counsel_id.is_not(None),
    )
    query = (
        select(Notice)
        .where(Notice.organisation_id == organisation_id, ~on_its_way, newest_round(), ~served_in_any_round())
        .order_by(Notice.id)
        .limit(limit)
    )
    return list(session.scalars(query if after is None else query.where(Notice.id > after)))


def deliveries_of(
    session: Session, notice_ids: Sequence[uuid.UUID]
) -> dict[tuple[uuid.UUID, str, str], Delivery]:
    """By notice, carriage and form."""
    rows = session.scalars(select(Delivery).where(Delivery.notice_id.in_(notice_ids)))
    return {(row.notice_id, row.carriage, row.form): row for row in rows if row.notice_id}


def counsel_cards(
    session: Session, vault: Vault, counsel_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, CounselCard]:
    """Cards of counsel; one who was shredded is not in the answer."""
    keys = vault.keys(session, counsel_ids)
    rows = session.execute(select(Counsel.id, Counsel.sealed_card).where(Counsel.id.in_(counsel_ids)))
    found = {}
    for cid, sealed in rows:
        if cid in keys:
            card = open_json(keys[cid], "counsel", "sealed_card", cid, sealed)
            found[cid] = CounselCard(name=card.get("name") or "", email=card.get("email") or "")
    return found


def still_told(
    session: Session, pairs: Sequence[tuple[uuid.UUID, uuid.UUID]]
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Which (counsel, person) pairs stand on a verified appearance in force, at this moment."""
    rows = session.execute(
        select(Appearance.counsel_id, Appearance.person_id)
        .where(*_may_be_told(), Appearance.person_id.in_([person for _, person in pairs]))
        .distinct()
    )
    told = [(row.counsel_id, row.person_id) for row in rows]
    return set(told) & set(pairs)


def counsel_told_of(
    session: Session, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """By person, everybody on a verified appearance in force who may be told of more than custody."""
    found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
    rows = session.execute(
        select(Appearance.person_id, Appearance.counsel_id)
        .where(*_may_be_told(), Appearance.person_id.in_(list(person_ids)))
        .distinct()
        .order_by(Appearance.counsel_id)
    )
    for person_id, counsel_id in rows:
        found[person_id] = (*found.get(person_id, ()), counsel_id)
    return found
