"""Running races over one record: people made, batches handed to the crews, every history checked."""

import itertools
import random
import time
import uuid
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from holds.store.ledger_rows import LedgerRow
from tests.holds.store.record import Record, database_now, new_incident
from tests.races.checker import Row, check
from tests.races.crew import Crew
from tests.races.orders import Answer, Race
from tests.races.people import People
from tests.races.scenes import ACTIONS, BULK, IN_ACTIONS, SCENES, Chance, draw

BATCH = 200
CHUNK = 500
LOOKS = frozenset({1, 4, 16, 64})
"""After so many batches PostgreSQL looks at the tables again: its plans were made while they were empty."""
TOLD = {
    "hold": ("hold.placed", "exposure.recorded"),
    "hold_ending": ("hold.released", "hold.closed"),
    "clearance": ("clearance.issued",),
    "removal": ("removal.boarded",),
}
"""The ledger's verbs for every row of a table."""


@dataclass
class Result:
    """What came of the races. `met`: in which two writers at least were at work at one time; only those
    are counted as races, the rest stands in `apart`. `faults` by person, as the checker found them."""

    met: int = 0
    apart: int = 0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Result") -> "Result":
        self.met, self.apart = self.met + other.met, self.apart + other.apart
        self.seconds += other.seconds
        self.outcomes += other.outcomes
        self.failures += other.failures
        self.faults |= other.faults
        return self


@dataclass(frozen=True)
class Plan:
    """How to race: the isolation level, the scenes, how the three differ, and whether merges are followed."""

    isolation: str
    scenes: tuple[str, ...] = tuple(SCENES)
    chance: Chance = BULK
    in_actions: int = IN_ACTIONS
    follows: bool = True
    batch: int = BATCH


@dataclass(frozen=True)
class _Batch:
    people: list[uuid.UUID]
    races: list[Race]


def race(record: Record, crews: Sequence[Crew], races: int, plan: Plan) -> Result:
    """Race until so many have met, and check the ledger of everyone that was raced over."""
    result, began = Result(), time.monotonic()
    with record.database.transaction() as session:
        incident_id = new_incident(session, record).id
    idle, at_work = deque(crews), deque[tuple[Crew, _Batch]]()
    done, size = 0, max(1, min(plan.batch, races // len(crews)))
    ready = _prepare(record, incident_id, plan, size)
    while result.met < races or at_work:
        while idle and result.met + sum(len(batch.races) for _, batch in at_work) < races:
            crew = idle.popleft()
            crew.start(plan.isolation, ready.races, follows=plan.follows)
            at_work.append((crew, ready))
            ready = _prepare(record, incident_id, plan, size)
        crew, batch = at_work.popleft()
        for orders, answers in zip(batch.races, crew.answers(), strict=True):
            _count(result, orders, answers)
        idle.append(crew)
        done += 1
        if done in LOOKS and not record.sqlite:
            with record.owner.begin() as owner:
                owner.exec_driver_sql("ANALYZE")
        with record.database.reading() as session:
            result.faults |= check(exported(session, batch.people))
    result.seconds = time.monotonic() - began
    with record.database.reading() as session:
        result.failures.update(_untold(session))
    return result


def _prepare(record: Record, incident_id: uuid.UUID, plan: Plan, size: int) -> _Batch:
    """People for so many races, committed before any of them begins."""
    with record.database.transaction() as session:
        people = People(record.staff, incident_id, database_now(session))
        batch = _Batch([], [])
        for _ in range(size):
            chance = ACTIONS if plan.in_actions and random.randrange(plan.in_actions) == 0 else plan.chance
            about, made = draw(plan.scenes)(people, chance)
            batch.people.extend(about)
            batch.races.append(made)
        people.save(session)
    return batch


def _count(result: Result, orders: Race, answers: Sequence[Answer | None]) -> None:
    given = [(order, answer) for order, answer in zip(orders, answers, strict=True) if order and answer]
    times = sorted((answer.began, answer.ended) for _, answer in given)
    met = any(later < ended for (_, ended), (later, _) in itertools.pairwise(times))
    result.met, result.apart = result.met + met, result.apart + (not met)
    for order, answer in given:
        result.outcomes[f"{order.act}: {answer.outcome}"] += 1
        must = {"hold": "held", "merge": "merged", "release": "released"}.get(order.act, answer.outcome)
        if answer.outcome != must:
            result.failures[f"{order.style} {order.act}: {answer.outcome}"] += 1


def exported(session: Session, people: Sequence[uuid.UUID]) -> Iterator[Row]:
    """The ledger's rows about these people: all that the checker gets."""
    for start in range(0, len(people), CHUNK):
        chosen = select(
            LedgerRow.id,
            LedgerRow.verb,
            LedgerRow.subject_id,
            LedgerRow.person_id,
            LedgerRow.at,
            LedgerRow.codes,
        ).where(LedgerRow.person_id.in_(list(people[start : start + CHUNK])))
        for row_id, verb, subject, person, at, codes in session.execute(chosen):
            yield Row(str(row_id), verb, str(subject), str(person), at, codes)


def _untold(session: Session) -> Iterator[str]:
    """Tables that have more or fewer rows than the ledger tells of."""
    told = dict(session.execute(select(LedgerRow.verb, func.count()).group_by(LedgerRow.verb)).all())
    for table, verbs in TOLD.items():
        rows = session.scalars(text(f"SELECT count(*) FROM {table}")).one()  # noqa: S608 - our own names
        if rows != sum(told.get(verb, 0) for verb in verbs):
            yield f"the ledger does not tell of every row of {table}"
