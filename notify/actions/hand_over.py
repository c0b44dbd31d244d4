"""Handing one delivery to its channel, with no transaction open, and reading what came of it."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from holds.actions.tasks import NewTask
from holds.store.sealing import SealBrokenError
from notify.actions.prepared import Ready, unreadable
from notify.actions.typesetting import Job, Unset
from notify.domain.channel import Channel, ChannelError, NotProcessed, Outgoing, Rejected
from notify.domain.delivery import State
from notify.domain.plan import TaskKind
from notify.store.outbox import Claim, Claimed, Result

MOST_ATTEMPTS = 8
LONGEST_WAIT = 6 * 3600
RETRY_SECONDS = 60


@dataclass(frozen=True)
class Begun:
    """One delivery whose attempt is committed."""

    ready: Ready
    attempt_id: uuid.UUID
    number: int


@dataclass(frozen=True)
class InHand:
    """A claim whose attempts are committed, with its letters being typeset."""

    claim: Claim
    begun: tuple[Begun, ...]
    job: Job | None

    def with_letters(self) -> Iterator[tuple[Begun, bytes | Unset]]:
        """Each delivery with its letter as PDF, as they are done; a message has none (empty)."""
        lettered = [one for one in self.begun if one.ready.envelope.letter is not None]
        yield from ((one, b"") for one in self.begun if one.ready.envelope.letter is None)
        if self.job is not None:
            yield from ((lettered[place], pdf) for place, pdf in self.job.results())


def hand_over(channel: Channel, begun: Begun, pdf: bytes | Unset) -> Result:
    """Call the channel. The type of its error alone says what may happen next."""
    if isinstance(pdf, Unset):
        return _result(begun, "rejected", State.FAILED, code=pdf.code)
    envelope = begun.ready.envelope
    try:
        accepted = channel.send(_outgoing(begun, pdf))
    except (ChannelError, SealBrokenError, OSError) as error:
        return _not_accepted(begun, error, repeatable=channel.repeatable)
    digest = hashlib.sha256(pdf or envelope.text.encode()).digest()
    return _result(begun, "accepted", State.ACCEPTED, reference=accepted.reference, sha256=digest)


def _not_accepted(
    begun: Begun, error: ChannelError | SealBrokenError | OSError, *, repeatable: bool
) -> Result:
    code = error.code if isinstance(error, ChannelError) else unreadable(error)
    if isinstance(error, NotProcessed):
        return _again(begun, code, error.retry_seconds)
    if isinstance(error, OSError) and repeatable:
        # A full disk passes: the same file is written again later, and is a task after the last try.
        return _again(begun, code, RETRY_SECONDS)
    if isinstance(error, (Rejected, SealBrokenError)):
        return _result(begun, "rejected", State.FAILED, code=code)
    return _result(begun, "unclear", State.UNKNOWN, code=code)


def _again(begun: Begun, code: str, seconds: int) -> Result:
    if begun.number >= MOST_ATTEMPTS:
        return _result(begun, "not_processed", State.FAILED, code=code)
    wait = min(max(seconds, 1) * 2 ** (begun.number - 1), LONGEST_WAIT)
    return _result(begun, "not_processed", State.QUEUED, code=code, wait=wait)


def _outgoing(begun: Begun, pdf: bytes) -> Outgoing:
    envelope = begun.ready.envelope
    return Outgoing(
        attempt_id=begun.attempt_id,
        carriage=envelope.carriage,
        form=begun.ready.claimed.form,
        reference=envelope.reference,
        folder=envelope.folder,
        address=envelope.address,
        text=envelope.text,
        subject=envelope.subject,
        html=envelope.html,
        pdf=pdf,
        key=envelope.key,
    )


def _result(
    begun: Begun,
    outcome: str,
    state: State,
    *,
    reference: str | None = None,
    code: str | None = None,
    sha256: bytes | None = None,
    wait: int = 0,
) -> Result:
    return Result(
        attempt_id=begun.attempt_id,
        delivery_id=begun.ready.claimed.id,
        outcome=outcome,
        state=state,
        reference=reference,
        code=code,
        sha256=sha256,
        retry_seconds=wait,
    )


FAILING = {State.FAILED: TaskKind.DELIVERY_FAILED, State.UNKNOWN: TaskKind.DELIVERY_UNKNOWN}


def doubt_of(one: Claimed, result: Result) -> NewTask | None:
    """Whoever was not reached by this way needs another, or a person (guarantee 10).

    Of an alarm the next recipient is told instead, see `climb_alarms`.
    """
    kind = FAILING.get(result.state)
    if kind is None or one.alarm_id is not None:
        return None
    return NewTask(
        kind=kind.value,
        subject_id=one.id,
        person_id=one.person_id,
        detail=result.code or "",
        evidence={"carriage": one.carriage.value, "notice": str(one.notice_id)},
    )
