"""Alarms from the ledger: who is told at once, and who next where somebody could not be reached.

They carry standing approval: no batch, no language to choose, nothing to wait for.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session, aliased

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.alarm_contact import ContactWay
from holds.domain.staff import Acting, Verb, require
from holds.store.people import Task
from holds.store.vault import Vault
from notify.actions.alarm_recipients import (
    Step,
    boarding_steps,
    counsel_steps,
    link_steps,
    manifest_steps,
    office_steps,
    page_steps,
)
from notify.actions.alarm_rows import Draft, write_alarms
from notify.domain.alarm import ALARMING_TASKS, AlarmKind, Audience, RecipientKind, audiences
from notify.domain.delivery import LOST, State
from notify.store.alarm_causes import AlarmRow, on_call, only_alarmer, undecided
from notify.store.alarms import Alarm, AlarmedRow
from notify.store.deliveries import Delivery

CHUNK = 2000
UNREACHED = "alarm_unreached"
SAYS_WHOM = frozenset({AlarmKind.MANIFEST.value, AlarmKind.BOARDING.value})
PAGED = (Audience.DUTY_DESK, Audience.SUPERVISOR, Audience.EVERYONE)


@dataclass(frozen=True)
class Decided:
    """`rows` of the ledger were decided on: `alarms` planned, `tasks` raised where nobody is on record."""

    rows: int = 0
    alarms: int = 0
    tasks: int = 0

    def plus(self, other: "Decided") -> "Decided":
        return Decided(self.rows + other.rows, self.alarms + other.alarms, self.tasks + other.tasks)


def undecided_rows(session: Session, since: uuid.UUID | None, limit: int = 1) -> list[AlarmRow]:
    """What waits to be decided on; reads only."""
    return undecided(session, since, ALARMING_TASKS, limit)


def plan_alarms(session: Session, vault: Vault, *, acting: Acting, since: uuid.UUID | None = None) -> Decided:
    """Decide on at most `CHUNK` ledger rows (those with an id from `since` on); each is decided on once."""
    require(acting, Verb.SEND_NOTICES)
    only_alarmer(session)
    rows = undecided_rows(session, since, CHUNK)
    if not rows:
        return Decided()
    by_audience: dict[Audience, list[AlarmRow]] = defaultdict(list)
    for row in rows:
        for audience in audiences(row.verb, row.codes, of_somebody=row.person_id is not None):
            by_audience[audience].append(row)
    steps = list(_steps(session, vault, acting, by_audience))
    drafts = _distinct(step for step in steps if isinstance(step, Draft))
    alarms = write_alarms(session, vault, acting, drafts)
    tasks = raise_tasks(session, acting, [step for step in steps if isinstance(step, NewTask)])
    counted: dict[uuid.UUID, int] = defaultdict(int)
    for draft in drafts:
        counted[draft.cause_id] += 1
    session.execute(
        insert(AlarmedRow), [{"ledger_row_id": row.id, "alarms": counted.get(row.id, 0)} for row in rows]
    )
    return Decided(len(rows), alarms, tasks)


def _steps(
    session: Session, vault: Vault, acting: Acting, told: dict[Audience, list[AlarmRow]]
) -> Iterator[Step]:
    if red := told.get(Audience.MANIFEST_CONTACTS):
        yield from manifest_steps(session, red, on_call(session, acting.organisation_id))
    if aboard := told.get(Audience.BOARDING):
        yield from boarding_steps(session, acting, aboard)
    if offices := told.get(Audience.OFFICE):
        yield from office_steps(session, acting, offices)
    if of_clients := told.get(Audience.COUNSEL):
        yield from counsel_steps(session, vault, of_clients)
    if holders := told.get(Audience.LINK_HOLDER):
        yield from link_steps(session, vault, holders)
    for audience in PAGED:
        if audience in told:
            yield from page_steps(session, acting, audience, told[audience])


def _distinct(drafts: Iterator[Draft]) -> list[Draft]:
    """Who is the supervisor and on call with everybody is called once for one thing."""
    return list({(d.cause_id, d.kind, d.recipient_id, d.place): d for d in drafts}.values())


def unreached_alarms(session: Session) -> Sequence[Alarm]:
    """Alarms of which no way is left, whom nobody follows yet and no task tells of; reads only.

    An unclear result counts as lost here: telling the next one needlessly harms less than silence.
    """
    lost = [state.value for state in (*LOST, State.UNKNOWN)]
    hopeful = exists().where(Delivery.alarm_id == Alarm.id, Delivery.state.not_in(lost))
    sent = exists().where(Delivery.alarm_id == Alarm.id, Delivery.state.in_(lost))
    later = aliased(Alarm)
    followed = exists().where(later.follows_id == Alarm.id)
    tasked = exists().where(Task.kind == UNREACHED, Task.subject_id == Alarm.id)
    return session.scalars(
        select(Alarm).where(sent, ~hopeful, ~followed, ~tasked).order_by(Alarm.id).limit(CHUNK)
    ).all()


def climb_alarms(session: Session, vault: Vault, *, acting: Acting) -> Decided:
    """For whoever could not be reached, the next on call who was not told yet; after the last, a task."""
    require(acting, Verb.SEND_NOTICES)
    only_alarmer(session)
    lost = unreached_alarms(session)
    called = on_call(session, acting.organisation_id) if lost else ()
    drafts: list[Draft] = []
    doubts: list[NewTask] = []
    for alarm in lost:
        told = set(session.scalars(select(Alarm.recipient_id).where(Alarm.cause_id == alarm.cause_id)))
        told |= {draft.recipient_id for draft in drafts if draft.cause_id == alarm.cause_id}
        after = next((one for one in called if one.id not in told), None)
        if after is None:
            doubts.append(_unreached(alarm))
            continue
        # What a field office or counsel is told says nothing to us; which line of which list does.
        kind = AlarmKind(alarm.kind) if alarm.kind in SAYS_WHOM else AlarmKind.PAGE
        drafts.append(
            Draft(
                kind=kind,
                cause_id=alarm.cause_id,
                recipient_kind=RecipientKind.CONTACT,
                recipient_id=after.id,
                way=ContactWay(after.way),
                person_id=alarm.person_id,
                follows_id=alarm.id,
                facts=alarm.facts,
            )
        )
    alarms = write_alarms(session, vault, acting, drafts)
    return Decided(len(lost), alarms, raise_tasks(session, acting, doubts))


def _unreached(alarm: Alarm) -> NewTask:
    return NewTask(
        kind=UNREACHED,
        subject_id=alarm.id,
        person_id=alarm.person_id,
        evidence={"alarm": alarm.reference, "kind": alarm.kind},
    )
