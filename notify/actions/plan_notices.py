"""Planning: for everything in the ledger that someone must be told, a notice with its deliveries or a task.

A transaction plans one chunk; `plan_everything` goes on until nothing is due. Planning again changes nothing
that stands, and finds new ways for those who had none.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from holds.store.engine import Database
from holds.store.vault import Vault
from notify.actions.planned_rows import Drawn, draw, write
from notify.actions.readable import readable
from notify.actions.steps import GONE, OFFICE_STEPS, UNREADABLE, WordingOf, steps_for, steps_for_counsel
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Step, TaskKind
from notify.store.circumstances import Circumstances, circumstances_of
from notify.store.due_alerts import alarmed_counsel, unconfirmed_holds
from notify.store.due_moves import untold_moves
from notify.store.due_news import untold_news
from notify.store.due_notices import (
    CounselCard,
    counsel_cards,
    deliveries_of,
    incomplete_notices,
    only_planner,
    still_told,
    unplanned_counsel,
    unplanned_people,
    unverified_appearances,
)
from notify.store.due_reminders import ending_windows, unserved_people
from notify.store.ended_holds import uncopied_endings, untold_endings
from notify.store.notices import Notice
from notify.store.occasions import past_notices
from notify.store.other_language import misread_people
from notify.store.rounds import Cause, moved_people

CHUNK = 1000


@dataclass(frozen=True)
class Stage:
    """How far a planning run has come: first what was never planned, then (`again`) what is incomplete."""

    batch_id: uuid.UUID
    again: bool = False
    after: uuid.UUID | None = None


@dataclass(frozen=True)
class PlanSummary:
    """What was planned: counts by kind, by `carriage.form` and by task kind. `stage` is None at the end."""

    stage: Stage | None
    batch: str | None = None
    notices: Counter[str] = field(default_factory=Counter)
    deliveries: Counter[str] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)

    def plus(self, other: "PlanSummary") -> "PlanSummary":
        """The sum, at the other's stage."""
        return PlanSummary(
            other.stage,
            other.batch or self.batch,
            self.notices + other.notices,
            self.deliveries + other.deliveries,
            self.tasks + other.tasks,
        )


def plan_everything(
    database: Database, *, acting: Acting, wording_of: WordingOf, chunk: int = CHUNK
) -> PlanSummary:
    """Plan all that is due, a transaction a chunk."""
    total = PlanSummary(Stage(new_id()))
    while (stage := total.stage) is not None:
        total = total.plus(database.run(_one_chunk(database.vault, acting, wording_of, stage, chunk)))
    return total


def _one_chunk(
    vault: Vault, acting: Acting, wording_of: WordingOf, stage: Stage, chunk: int
) -> Callable[[Session], PlanSummary]:
    return lambda session: plan_notices(
        session, vault, acting=acting, wording_of=wording_of, stage=stage, limit=chunk
    )


def plan_notices(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    wording_of: WordingOf,
    stage: Stage,
    limit: int = CHUNK,
) -> PlanSummary:
    """Plan at most `limit` notices of one stage. `wording_of`: does a kind of notice exist in a language?"""
    require(acting, Verb.PLAN_NOTICES)
    only_planner(session)
    if not stage.again:
        drawn = _to_people(session, vault, acting, wording_of, _due_to_people(session, acting, limit))
        drawn += _to_counsel(session, vault, acting, _due_to_counsel(session, acting, limit))
        drawn += _to_offices(session, vault, acting, limit)
        unverified = _unverified(session, acting, limit)
        if not drawn and not unverified:
            return PlanSummary(replace(stage, again=True))
        return _written(session, acting, stage, drawn, unverified)
    notices = incomplete_notices(session, acting.organisation_id, stage.after, limit)
    if not notices:
        return PlanSummary(None)
    drawn = _once_more(session, vault, wording_of, notices)
    return _written(session, acting, replace(stage, after=notices[-1].id), drawn, [])


def _due_to_people(session: Session, acting: Acting, limit: int) -> list[Cause]:
    ours = acting.organisation_id
    # Who was moved before the letter was served is not where it lies, and who reads another language cannot
    # read it: another round, approved as ever. One round serves both.
    again = {
        cause.ledger_id: cause
        for cause in (*moved_people(session, ours, limit), *misread_people(session, ours, limit))
    }
    return [
        *unplanned_people(session, ours, limit),
        *again.values(),
        *untold_moves(session, ours, limit),
        *untold_endings(session, ours, limit),
        *unserved_people(session, ours, limit),
        *ending_windows(session, ours, limit),
        *untold_news(session, ours, limit),
    ]


def _due_to_counsel(session: Session, acting: Acting, limit: int) -> list[Cause]:
    ours = acting.organisation_id
    return [
        *alarmed_counsel(session, ours, limit),
        *unplanned_counsel(session, ours, limit),
        *uncopied_endings(session, ours, limit),
    ]


def _to_people(
    session: Session, vault: Vault, acting: Acting, wording_of: WordingOf, causes: Sequence[Cause]
) -> list[Drawn]:
    known, unread = _known(session, vault, [cause.person_id for cause in causes])
    return [
        draw(
            acting,
            cause.kind,
            cause,
            known.get(cause.person_id),
            _or_human(
                cause.person_id in unread, steps_for(known.get(cause.person_id), cause.kind, wording_of)
            ),
        )
        for cause in causes
    ]


def _to_offices(session: Session, vault: Vault, acting: Acting, limit: int) -> list[Drawn]:
    causes = unconfirmed_holds(session, acting.organisation_id, limit)
    known, unread = _known(session, vault, [cause.person_id for cause in causes])
    return [
        draw(
            acting,
            cause.kind,
            cause,
            known.get(cause.person_id),
            _or_human(cause.person_id in unread, OFFICE_STEPS if cause.person_id in known else (GONE,)),
        )
        for cause in causes
    ]


def _known(
    session: Session, vault: Vault, person_ids: Sequence[uuid.UUID]
) -> tuple[dict[uuid.UUID, Circumstances], frozenset[uuid.UUID]]:
    return readable(
        session, list(dict.fromkeys(person_ids)), lambda ids: circumstances_of(session, vault, ids)
    )


def _cards(
    session: Session, vault: Vault, counsel_ids: Sequence[uuid.UUID]
) -> tuple[dict[uuid.UUID, CounselCard], frozenset[uuid.UUID]]:
    return readable(session, list(dict.fromkeys(counsel_ids)), lambda ids: counsel_cards(session, vault, ids))


def _or_human(unread: bool, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Of a record that cannot be read a human is told, and its notice stands until it can be."""
    return (UNREADABLE,) if unread else steps


def _to_counsel(session: Session, vault: Vault, acting: Acting, causes: Sequence[Cause]) -> list[Drawn]:
    cards, unread = _cards(session, vault, [cause.counsel_id for cause in causes if cause.counsel_id])
    return [
        draw(
            acting,
            cause.kind,
            cause,
            None,
            _or_human(
                cause.counsel_id in unread,
                steps_for_counsel(
                    cards.get(cause.counsel_id) if cause.counsel_id else None, may_be_told=True
                ),
            ),
        )
        for cause in causes
    ]


def _unverified(session: Session, acting: Acting, limit: int) -> list[NewTask]:
    rows = unverified_appearances(session, acting.organisation_id, limit)
    return [
        NewTask(kind=TaskKind.VERIFY_APPEARANCE.value, subject_id=appearance_id, person_id=person_id)
        for appearance_id, person_id in rows
    ]


def _once_more(
    session: Session, vault: Vault, wording_of: WordingOf, notices: Sequence[Notice]
) -> list[Drawn]:
    known, unread = _known(session, vault, [notice.person_id for notice in notices])
    pairs = [(notice.counsel_id, notice.person_id) for notice in notices if notice.counsel_id]
    cards, unread_cards = _cards(session, vault, [counsel for counsel, _ in pairs])
    told = still_told(session, pairs)
    standing = deliveries_of(session, [notice.id for notice in notices])
    past = past_notices(session, notices)
    drawn = []
    for notice in notices:
        if notice.id in past:
            continue
        of_person = None if notice.counsel_id else known.get(notice.person_id)
        if notice.counsel_id:
            may_be_told = (notice.counsel_id, notice.person_id) in told
            steps = steps_for_counsel(cards.get(notice.counsel_id), may_be_told=may_be_told)
            steps = _or_human(may_be_told and notice.counsel_id in unread_cards, steps)
        elif notice.kind == NoticeKind.HOLD_NOTICE.value:
            steps = _or_human(notice.person_id in unread, OFFICE_STEPS if of_person else (GONE,))
        else:
            steps = steps_for(of_person, NoticeKind(notice.kind), wording_of)
            steps = _or_human(notice.person_id in unread, steps)
        drawn.append(
            Drawn(notice.id, notice.person_id, NoticeKind(notice.kind), None, of_person, steps, standing)
        )
    return drawn


def _written(
    session: Session, acting: Acting, stage: Stage, drawn: Sequence[Drawn], unverified: Sequence[NewTask]
) -> PlanSummary:
    batch, notices, deliveries, doubts = write(session, acting, stage.batch_id, drawn)
    tasks: Counter[str] = Counter()
    for kind in {doubt.kind for doubt in (*doubts, *unverified)}:
        of_kind = [doubt for doubt in (*doubts, *unverified) if doubt.kind == kind]
        tasks[kind] = raise_tasks(session, acting, of_kind)
    return PlanSummary(stage, batch, notices, deliveries, +tasks)
