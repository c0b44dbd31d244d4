"""Sending what is due: claim, attempt committed, hand over with no transaction open, result committed.

A crash anywhere leaves a state that tells what may have happened: a lease without an attempt, and nothing
went; an attempt without a result, and it may have gone. `reconcile` tells them apart.
"""

import uuid
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from holds.actions.tasks import raise_tasks
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id
from holds.store.engine import Database
from holds.store.ledger import Entry, write_ledger
from holds.store.vault import seal_json
from notify.actions.hand_over import Begun, InHand, doubt_of, hand_over
from notify.actions.prepared import Dropped, Ready, prepare
from notify.actions.prepared_alarms import prepare_alarms
from notify.actions.stored_receipts import apply_receipts
from notify.actions.typesetting import Typesetter
from notify.domain.channel import Channel, Channels, Sender
from notify.domain.delivery import Carriage, State
from notify.store.outbox import (
    Claim,
    Claimed,
    NewAttempt,
    Result,
    begin_attempts,
    claim_due,
    drop,
    finish_attempts,
    of_what,
)

LEASE_SECONDS = 900
ALARM_LEASE_SECONDS = 60
"""Who was not told within a minute of the claim is told by the next, or somebody else is."""
MANY, FEW = 120, 20
"""Deliveries a claim: letters are typeset together; a provider's calls of a claim must fit into its lease."""
AHEAD = 2
COMMIT_EVERY = 40
VERBS = {
    State.ACCEPTED: "delivery.sent",
    State.QUEUED: "delivery.put_off",
    State.FAILED: "delivery.failed",
    State.UNKNOWN: "delivery.unknown",
    State.SUPERSEDED: "delivery.superseded",
}


def send_due(
    database: Database,
    channels: Channels,
    *,
    acting: Acting,
    sender: Sender,
    limit: int | None = None,
    typesetter: Typesetter | None = None,
    alarms: bool = False,
) -> Counter[str]:
    """Send everything due by the given channels, at most about `limit`; counts by the state it came to.

    Notices and `alarms` are sent apart: an alarm waits for no list of letters.
    """
    require(acting, Verb.SEND_NOTICES)
    own = Typesetter()
    counts: Counter[str] = Counter()
    with own:
        work = _Run(database, channels, acting, sender, typesetter or own, alarms)
        for carriage in channels:
            left = None if limit is None else limit - counts.total()
            if left is None or left > 0:
                counts += work.all_by(carriage, left)
    return counts


@dataclass(frozen=True)
class _Run:
    database: Database
    channels: Channels
    acting: Acting
    sender: Sender
    typesetter: Typesetter
    alarms: bool

    def all_by(self, carriage: Carriage, limit: int | None) -> Counter[str]:
        """Send all that is due by one carriage."""
        counts: Counter[str] = Counter()
        waiting: deque[InHand] = deque()
        # The next claim's letters are set while this one's are written, so that no core waits. What a
        # provider gets is never begun before the one before it has its result.
        ahead = AHEAD if self.channels[carriage].repeatable else 1
        for in_hand in self._claims(carriage, limit, counts):
            waiting.append(in_hand)
            if len(waiting) == ahead:
                counts += self._carry(waiting.popleft())
        while waiting:
            counts += self._carry(waiting.popleft())
        return counts

    def _claims(self, carriage: Carriage, limit: int | None, counts: Counter[str]) -> Iterator[InHand]:
        channel = self.channels[carriage]
        left = limit
        while left is None or left > 0:
            size = MANY if channel.repeatable else FEW
            size = size if left is None else min(size, left)
            claim = self.database.run(
                partial(
                    claim_due,
                    carriage=carriage,
                    limit=size,
                    seconds=ALARM_LEASE_SECONDS if self.alarms else LEASE_SECONDS,
                    alarms=self.alarms,
                )
            )
            if not claim.deliveries:
                return
            left = None if left is None else left - len(claim.deliveries)
            ready, dropped = self._prepared(claim.deliveries)
            if dropped:
                counts.update(self._drop(claim, dropped))
            # What a provider gets is attempted one by one: a crash leaves one in doubt, not twenty.
            parts = [ready] if channel.repeatable else [[one] for one in ready]
            for part in parts:
                if part:
                    yield self._begin(claim, channel, part)

    def _prepared(self, claimed: Sequence[Claimed]) -> tuple[list[Ready], list[Dropped]]:
        with self.database.reading() as session:
            ready = prepare_alarms if self.alarms else prepare
            outcome = ready(session, self.database.vault, claimed, self.sender)
        return (
            [one for one in outcome if isinstance(one, Ready)],
            [one for one in outcome if isinstance(one, Dropped)],
        )

    def _drop(self, claim: Claim, dropped: Sequence[Dropped]) -> Counter[str]:
        def work(session: Session) -> Counter[str]:
            gone = drop(session, claim.id, {one.claimed.id: one.state for one in dropped})
            ours = [one for one in dropped if one.claimed.id in gone]
            raise_tasks(session, self.acting, [doubt for one in ours for doubt in one.doubts])
            write_ledger(session, [self._entry(one.claimed, one.state, one.code) for one in ours])
            return Counter(state.value for state in gone.values())

        return self.database.run(work)

    def _begin(self, claim: Claim, channel: Channel, ready: Sequence[Ready]) -> InHand:
        attempts = [self._attempt(channel, one) for one in ready]
        begun_ids = self.database.run(
            lambda session: begin_attempts(session, claim.id, self.acting.id, attempts)
        )
        begun = tuple(
            Begun(one, attempt.id, attempt.number)
            for one, attempt in zip(ready, attempts, strict=True)
            if attempt.id in begun_ids
        )
        letters = [one.ready.envelope.letter for one in begun if one.ready.envelope.letter is not None]
        return InHand(claim, begun, self.typesetter.begin(letters) if letters else None)

    def _attempt(self, channel: Channel, one: Ready) -> NewAttempt:
        envelope, attempt_id = one.envelope, new_id()
        return NewAttempt(
            id=attempt_id,
            delivery_id=one.claimed.id,
            number=one.claimed.attempts + 1,
            carrier=channel.name,
            language=envelope.language,
            sealed_address=seal_json(
                envelope.key, "delivery_attempt", "sealed_address", attempt_id, envelope.address
            ),
        )

    def _carry(self, in_hand: InHand) -> Counter[str]:
        """Hand over what was begun, and commit what came of it, in small parts."""
        counts: Counter[str] = Counter()
        results: list[Result] = []
        for begun, pdf in in_hand.with_letters():
            results.append(hand_over(self.channels[begun.ready.claimed.carriage], begun, pdf))
            if len(results) == COMMIT_EVERY:
                counts += self._finish(in_hand, results)
                results = []
        return counts + self._finish(in_hand, results) if results else counts

    def _finish(self, in_hand: InHand, results: Sequence[Result]) -> Counter[str]:
        claimed = {begun.attempt_id: begun.ready.claimed for begun in in_hand.begun}

        def work(session: Session) -> Counter[str]:
            moved = finish_attempts(session, in_hand.claim.id, results)
            doubts = (doubt_of(claimed[result.attempt_id], result) for result in moved)
            raise_tasks(session, self.acting, [doubt for doubt in doubts if doubt is not None])
            write_ledger(
                session, [self._entry(claimed[r.attempt_id], r.state, r.code, r.attempt_id) for r in moved]
            )
            apply_receipts(session, self.acting, [result.delivery_id for result in moved])
            return Counter(result.state.value for result in moved)

        return self.database.run(work)

    def _entry(
        self, one: Claimed, state: State, code: str | None, attempt_id: uuid.UUID | None = None
    ) -> Entry:
        return Entry(
            verb=VERBS[state],
            actor_id=self.acting.id,
            organisation_id=self.acting.organisation_id,
            subject_id=one.id,
            person_id=one.person_id,
            codes={
                **of_what(one.notice_id, one.alarm_id),
                "carriage": one.carriage.value,
                "form": one.form.value,
                **({"code": code} if code else {}),
                **({"attempt": str(attempt_id)} if attempt_id else {}),
            },
        )
