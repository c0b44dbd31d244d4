"""One look for alarms: watch, decide, send, climb. It comes every second and costs little when all is quiet.

Several may look at once, in the schedule and in every worker: what one has written is there for the others,
and of two who write the same at the same moment one is refused and looks again.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from holds.actions.watch_boardings import watch_boardings
from holds.actions.watch_manifests import watch_manifests
from holds.actions.watchers import BEAT_SECONDS, note_look
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.engine import Database
from notify.actions.plan_alarms import Decided, climb_alarms, plan_alarms, undecided_rows, unreached_alarms
from notify.actions.send_due import send_due
from notify.domain.channel import Channels, Sender
from notify.domain.delivery import CLAIMABLE, Carriage
from notify.store.alarm_causes import rows_before
from notify.store.deliveries import Delivery

EVERY_SECONDS = 1.0
OVERLAP_SECONDS = 180
"""A row is written under the id of its moment and seen when its transaction ends; none lasts so long."""
WHOLE_SECONDS = 600
"""How often the whole ledger is looked through all the same."""
WIDELY_SECONDS = 60
"""How often journeys and boardings of long ago are looked at too."""


@dataclass(frozen=True)
class Raised:
    """What one look did: lines that turned red, what was decided, what was sent by state."""

    red: int
    decided: Decided
    climbed: Decided
    sent: Counter[str]

    @property
    def anything(self) -> bool:
        return bool(self.red or self.decided.rows or self.climbed.rows or self.sent)


@dataclass
class AlarmWatch:
    """Looks for alarms, again and again. `whole_at`: when the whole ledger was last looked through, `wide_at`
    all that is watched, and `beat_at` when it was last written that this `watcher` looked."""

    database: Database
    channels: Channels
    acting: Acting
    sender: Sender
    whole_at: float | None = None
    wide_at: float | None = None
    beat_at: float | None = None
    watcher: uuid.UUID = field(default_factory=uuid.uuid4)
    spoken: Channels = field(init=False)

    def __post_init__(self) -> None:
        wanted = (Carriage.VOICE, Carriage.SMS, Carriage.EMAIL)
        self.spoken = {way: self.channels[way] for way in wanted if way in self.channels}

    def look(self) -> Raised:
        """One look. What fails is raised, and tried again at the next."""
        red = self._watch()
        decided = self._decide()
        sent = self._send()
        climbed = self._climb()
        sent += self._send() if climbed.alarms else Counter[str]()
        self._beat()
        return Raised(red, decided, climbed, sent)

    def _watch(self) -> int:
        started = time.monotonic()
        whole = self.wide_at is None or started - self.wide_at >= WIDELY_SECONDS
        red = sum(self._watched(watch, whole) for watch in (watch_manifests, watch_boardings))
        if whole:
            self.wide_at = started
        return red

    def _watched(self, watch: Callable[..., int], whole: bool) -> int:
        try:
            return self.database.run(
                lambda session: watch(session, self.database, acting=self.acting, whole=whole)
            )
        except IntegrityError:
            return 0  # another watcher raised the same alarm at this moment

    def _beat(self) -> None:
        started = time.monotonic()
        if self.beat_at is None or started - self.beat_at >= BEAT_SECONDS:
            self.database.run(lambda session: note_look(session, self.watcher))
            self.beat_at = started

    def _decide(self) -> Decided:
        started = time.monotonic()
        whole = self.whole_at is None or started - self.whole_at >= WHOLE_SECONDS
        since = None if whole else rows_before(OVERLAP_SECONDS)
        total = Decided()
        while self._waits(since):
            decided = self.database.run(
                lambda session: plan_alarms(session, self.database.vault, acting=self.acting, since=since)
            )
            total = total.plus(decided)
            if not decided.rows:
                break
        if whole:
            self.whole_at = started
        return total

    def _waits(self, since: uuid.UUID | None) -> bool:
        with self.database.reading() as session:
            return bool(undecided_rows(session, since))

    def _send(self) -> Counter[str]:
        due = (
            select(Delivery.carriage)
            .where(
                Delivery.alarm_id.is_not(None),
                Delivery.state.in_([state.value for state in CLAIMABLE]),
                Delivery.due_at <= holdfast_now(),
            )
            .distinct()
        )
        with self.database.reading() as session:
            ways = set(session.scalars(due))
        channels = {way: channel for way, channel in self.spoken.items() if way.value in ways}
        return send_due(self.database, channels, acting=self.acting, sender=self.sender, alarms=True)

    def _climb(self) -> Decided:
        with self.database.reading() as session:
            if not unreached_alarms(session):
                return Decided()
        return self.database.run(
            lambda session: climb_alarms(session, self.database.vault, acting=self.acting)
        )
