"""Handing one delivery to its channel, with no transaction open, and reading what came of it."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from holds.actions.tasks import Doubt
from notify.actions.prepared import Ready
from notify.actions.typesetting import Job, Unset
from notify.domain.channel import Channel, NotProcessed, Outgoing, Rejected, Unclear
from notify.domain.delivery import State
from notify.domain.plan import TaskKind
from notify.store.outbox import Claim, Claimed, Result

MOST_ATTEMPTS = 8
LONGEST_WAIT = 6 * 3600


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
    except NotProcessed as error:
        if begun.number >= MOST_ATTEMPTS:
            return _result(begun, "not_processed", State.FAILED, code=error.code)
        wait = min(max(error.retry_seconds, 1) * 2 ** (begun.number - 1), LONGEST_WAIT)
        return _result(begun, "not_processed", State.QUEUED, code=error.code, wait=wait)
    except Rejected as error:
        return _result(begun, "rejected", State.FAILED, code=error.code)
    except Unclear as error:
        return _result(begun, "unclear", State.UNKNOWN, code=error.code)
    digest = hashlib.sha256(pdf or envelope.text.encode()).digest()
    return _result(begun, "accepted", State.ACCEPTED, reference=accepted.reference, sha256=digest)


def _outgoing(begun: Begun, pdf: bytes) -> Outgoing:
    envelope = begun.ready.envelope
    return Outgoing(
        attempt_id=begun.attempt_id,
        carriage=envelope.carriage,
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


def doubt_of(one: Claimed, result: Result) -> Doubt | None:
    """Whoever was not reached by this way needs another, or a person (guarantee 10)."""
    kind = FAILING.get(result.state)
    if kind is None:
        return None
    return Doubt(
        kind=kind.value,
        subject_id=one.id,
        person_id=one.person_id,
        detail=result.code or "",
        evidence={"carriage": one.carriage.value, "notice": str(one.notice_id)},
    )
