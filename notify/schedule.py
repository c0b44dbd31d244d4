"""The schedule: APScheduler as wake-up timer in a process of its own, each job one action call.

It keeps no job store: two processes must not share one, and what is due stands in the database anyway.
Several schedulers may run; the one that holds the database's lease works, the others stand by.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from holds.actions.call_overdue_doubts import call_overdue_doubts
from holds.actions.climb_ladder import climb_ladder
from holds.actions.credentials import standing_actor
from holds.actions.opening import Database
from holds.actions.prune_clients import prune_clients
from holds.actions.publish_outside import publish_outside
from holds.actions.raise_due_tasks import raise_due_tasks
from holds.actions.seal_ledger import keep_head, seal_ledger
from holds.actions.transmit_hold import transmit_holds
from holds.domain.staff import Acting
from holds.domain.transmission import Limits
from notify.actions.envelope import wording_of
from notify.actions.hold_lease import give_back_lease, hold_lease
from notify.actions.plan_notices import plan_everything
from notify.actions.raise_alarms import EVERY_SECONDS, AlarmWatch
from notify.actions.reconcile import reconcile
from notify.actions.send_due import send_due
from notify.actions.transport import Transport

LEASE_SECONDS = 90
HEARTBEAT_SECONDS = 20
LOG = structlog.get_logger("notify.schedule")


@dataclass(frozen=True)
class Job:
    """Work to do every so many seconds. `work` gets a database whose commits need the lease."""

    name: str
    every: float
    work: Callable[[Database], object]


@dataclass
class Scheduler:
    """One process's part in the schedule. `holder` is its identity on the lease."""

    database: Database
    jobs: tuple[Job, ...]
    timer: BaseScheduler
    holder: uuid.UUID = field(default_factory=uuid.uuid4)
    lease_seconds: int = LEASE_SECONDS

    def prepare(self) -> None:
        """Put the jobs on the timer: missed runs become one, and no job runs twice at a time."""
        self.timer.add_executor(ThreadPoolExecutor(len(self.jobs) + 1))
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self.timer.add_job(self.beat, "interval", seconds=HEARTBEAT_SECONDS, id="heartbeat", **once)
        for job in self.jobs:
            self.timer.add_job(self.fire, "interval", args=[job], seconds=job.every, id=job.name, **once)

    def beat(self) -> bool:
        """Prolong the lease while long jobs run; False while another scheduler holds it."""
        return hold_lease(self.database, holder=self.holder, seconds=self.lease_seconds) is not None

    def fire(self, job: Job) -> bool:
        """Do one job if the lease is ours; False when it is not. One that fails is tried at its next time."""
        held = hold_lease(self.database, holder=self.holder, seconds=self.lease_seconds)
        if held is None:
            LOG.debug("job.stands_by", job=job.name)
            return False
        try:
            job.work(held)
        except Exception as error:
            # Only the type: a database error may carry what somebody's row holds.
            LOG.error("job.failed", job=job.name, error=type(error).__name__)  # noqa: TRY400
            return True
        LOG.info("job.done", job=job.name)
        return True

    def stop(self) -> None:
        """Let running jobs end, and give the lease back if it is ours."""
        if self.timer.running:
            self.timer.shutdown(wait=True)
        held = hold_lease(self.database, holder=self.holder, seconds=1)
        if held is not None:
            give_back_lease(held)


def office_jobs(
    database: Database, transport: Transport, heads: Path, limits: Limits | None = None
) -> tuple[Job, ...]:
    """Planning, sending, reconciling, sealing. Nothing is approved here: that takes a person."""
    with database.reading() as session:
        acting = standing_actor(session, "system")

    def seal(held: Database) -> None:
        head = held.run(lambda session: seal_ledger(session, held.vault))
        if head is not None:
            keep_head(heads, head)

    def publish(held: Database) -> None:
        with held.reading() as session:
            publish_outside(session, folder=heads)

    # Its commits do not need the lease, as sending does not: several may look at once and tell nobody twice.
    alarms = AlarmWatch(database, transport.channels, acting, transport.sender)

    return (
        Job("alarms", EVERY_SECONDS, lambda _held: alarms.look()),
        Job("plan", 60, lambda held: plan_everything(held, acting=acting, wording_of=wording_of)),
        Job("send", 15, lambda _held: _send(database, transport, acting)),
        Job("reconcile", 60, lambda held: held.run(lambda session: reconcile(session, acting=acting))),
        Job("tasks", 60, lambda held: held.run(lambda session: raise_due_tasks(session, acting=acting))),
        Job("seal", 60, seal),
        Job("publish", 60, publish),
        Job("transmit", 15, lambda held: _transmit(held, acting, limits)),
        Job(
            "overdue", 30, lambda held: held.run(lambda session: call_overdue_doubts(session, acting=acting))
        ),
        Job("prune", 3600, lambda held: held.run(lambda session: prune_clients(session, acting=acting))),
        Job("climb", 60, lambda held: held.run(lambda session: climb_ladder(session, acting=acting))),
    )


def _transmit(held: Database, acting: Acting, limits: Limits | None) -> None:
    while held.run(lambda session: transmit_holds(session, held.vault, acting=acting, limits=limits)).more:
        pass


def _send(database: Database, transport: Transport, acting: Acting) -> None:
    # Not under the lease: what came of an attempt is written whoever leads by then. A claim is fence enough.
    send_due(database, transport.channels, acting=acting, sender=transport.sender)


def run_schedule(database: Database, transport: Transport, heads: Path, limits: Limits | None = None) -> None:
    """Run until the process is told to stop (SIGINT, or SystemExit from a signal handler)."""
    scheduler = Scheduler(
        database, office_jobs(database, transport, heads, limits), BlockingScheduler(timezone="UTC")
    )
    scheduler.prepare()
    try:
        scheduler.timer.start()
    finally:
        scheduler.stop()
