"""Which notices are due and not planned, and which are planned but have no full way yet."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.orm import Session

from holds.store.ledger_rows import LedgerRow
from holds.store.merged import OneRecord, merged_records, one_records
from holds.store.people import Person, Task
from holds.store.representation import Appearance, Counsel
from holds.store.vault import Vault, open_json
from notify.domain.delivery import ARRIVING, WAITING, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import TaskKind
from notify.store.deliveries import Delivery
from notify.store.notices import Notice
from notify.store.rounds import Cause, newest_round, served_in_any_round
from notify.store.told_once import TELLS, covered_exposures, further_exposures

EXPOSED = "exposure.recorded"
OF_EXPOSURE = [*TELLS, NoticeKind.COUNSEL_NOTICE.value]
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
    """Exposures of an organisation's people who have no notice of it, oldest first.

    Whoever was exposed in another incident before is told that this one is further.
    """
    covered = covered_exposures(session)
    planned = exists().where(Notice.cause_id == LedgerRow.id, Notice.kind.in_(TELLS))
    rows = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, LedgerRow.subject_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(
            LedgerRow.verb == EXPOSED,
            Person.organisation_id == organisation_id,
            ~planned,
            LedgerRow.subject_id.not_in(sorted(covered)),
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    found = [row for row in rows if row.person_id]
    further = further_exposures(session, [row.subject_id for row in found])
    first = NoticeKind.EXPOSURE_NOTICE
    return [
        Cause(
            row.id,
            row.person_id,
            row.subject_id,
            kind=NoticeKind.FURTHER_DISCLOSURE if row.subject_id in further else first,
        )
        for row in found
    ]


def unplanned_counsel(session: Session, organisation_id: uuid.UUID, limit: int) -> list[Cause]:
    """Exposures of clients of whom a verified counsel in force was not told, whichever came first.

    Whoever appears for one of a person's merged records appears for the person.
    """
    records = merged_records(session)
    covered = covered_exposures(session, records)
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
            *may_be_told(),
            ~planned,
            LedgerRow.subject_id.not_in(sorted(covered)),
        )
        .distinct()
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    kind = NoticeKind.COUNSEL_NOTICE
    causes = [
        Cause(row.id, row.person_id, row.subject_id, row.counsel_id, kind=kind)
        for row in rows
        if row.person_id
    ]
    beside = _counsel_of_the_others(session, organisation_id, records, covered)
    known = {(cause.ledger_id, cause.counsel_id) for cause in causes}
    return [*causes, *(cause for cause in beside if (cause.ledger_id, cause.counsel_id) not in known)][:limit]


def _counsel_of_the_others(
    session: Session,
    organisation_id: uuid.UUID,
    records: Sequence[OneRecord],
    covered: Collection[uuid.UUID],
) -> Iterator[Cause]:
    """Exposures on one of several merged records, of which counsel of another of them was not told."""
    root_of = {member: record.root for record in records for member in record.members}
    if not root_of:
        return
    counsel: dict[uuid.UUID, set[uuid.UUID]] = {}
    for person_id, counsel_id in session.execute(
        select(Appearance.person_id, Appearance.counsel_id).where(
            Appearance.person_id.in_(sorted(root_of)), *may_be_told()
        )
    ):
        counsel.setdefault(root_of[person_id], set()).add(counsel_id)
    exposed = session.execute(
        select(LedgerRow.id, LedgerRow.person_id, LedgerRow.subject_id)
        .join(Person, Person.id == LedgerRow.person_id)
        .where(
            LedgerRow.verb == EXPOSED,
            Person.organisation_id == organisation_id,
            LedgerRow.person_id.in_(sorted(root_of)),
        )
        .order_by(LedgerRow.id)
    ).all()
    told = set(
        session.execute(
            select(Notice.cause_id, Notice.counsel_id).where(
                Notice.kind == NoticeKind.COUNSEL_NOTICE.value,
                Notice.cause_id.in_([row.id for row in exposed]),
            )
        ).all()
    )
    for row in exposed:
        if row.person_id is None or row.subject_id in covered:
            continue
        for counsel_id in sorted(counsel.get(root_of[row.person_id], ())):
            if (row.id, counsel_id) not in told:
                yield Cause(row.id, row.person_id, row.subject_id, counsel_id, kind=NoticeKind.COUNSEL_NOTICE)


def may_be_told() -> tuple[ColumnElement[bool], ...]:
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
            Appearance.judgement != "negative",
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
        .where(
            Notice.organisation_id == organisation_id,
            ~on_its_way,
            newest_round(),
            ~served_in_any_round(),
            # What came later is told of each record's own.
            or_(
                Notice.kind.not_in(OF_EXPOSURE),
                Notice.exposure_id.not_in(sorted(covered_exposures(session))),
            ),
        )
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
    """Which (counsel, person) pairs stand on a verified appearance in force, at this moment.

    An appearance for any record that was merged with the person's is for the person.
    """
    records = one_records(session, sorted({person for _, person in pairs}))
    members = sorted({member for record in records.values() for member in record.members})
    rows = session.execute(
        select(Appearance.counsel_id, Appearance.person_id)
        .where(*may_be_told(), Appearance.person_id.in_(members))
        .distinct()
    )
    told = {(row.counsel_id, row.person_id) for row in rows}
    return {
        (counsel, person)
        for counsel, person in pairs
        if any((counsel, member) in told for member in records[person].members)
    }


def counsel_told_of(
    session: Session, person_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """By person, everybody on a verified appearance in force who may be told of more than custody.

    An appearance for any record that was merged with the person's is for the person.
    """
    records = one_records(session, sorted(person_ids))
    members = sorted({member for record in records.values() for member in record.members})
    rows = session.execute(
        select(Appearance.person_id, Appearance.counsel_id)
        .where(*may_be_told(), Appearance.person_id.in_(members))
        .distinct()
        .order_by(Appearance.counsel_id)
    ).all()
    return {
        person: told
        for person, record in records.items()
        if (told := tuple(dict.fromkeys(row.counsel_id for row in rows if row.person_id in record.members)))
    }
