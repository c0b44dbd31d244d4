"""Where a delivery stands, and how it may move on (docs/terms.md, *Service*)."""

from enum import StrEnum


class Carriage(StrEnum):
    """By what a notice travels. `in_person` is service without a letter, by voice or an interpreter."""

    LETTER = "letter"
    SMS = "sms"
    EMAIL = "email"
    VOICE = "voice"
    IN_PERSON = "in_person"


class Form(StrEnum):
    """How much it says: all of it, or only a number to call and a code."""

    FULL = "full"
    NEUTRAL = "neutral"


class StopReason(StrEnum):
    """Why nothing more leaves. A code, because free words might name somebody."""

    WRONG_CONTENT = "wrong_content"
    WRONG_PEOPLE = "wrong_people"
    PROVIDER = "provider"
    EXPOSED = "exposed"
    OTHER = "other"


class State(StrEnum):
    PLANNED = "planned"
    APPROVED = "approved"
    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    SERVED = "served"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"


S = State
TRANSITIONS: dict[State, frozenset[State]] = {
    S.PLANNED: frozenset({S.APPROVED, S.SUPERSEDED}),
    S.APPROVED: frozenset({S.SENDING, S.SUPERSEDED}),
    # Waits for another try: the provider said it did not process it, or a worker died before its attempt.
    S.QUEUED: frozenset({S.SENDING, S.SUPERSEDED}),
    # `failed` straight from here: unsafe words, or a permanent refusal; `superseded`: the person moved on
    # between planning and sending, and this way no longer fits.
    S.SENDING: frozenset({S.ACCEPTED, S.QUEUED, S.FAILED, S.UNKNOWN, S.SUPERSEDED}),
    # A carrier may take a letter and bring it back weeks later; a slip proves service with no "delivered".
    S.ACCEPTED: frozenset({S.DELIVERED, S.SERVED, S.RETURNED, S.FAILED}),
    # An e-mail that was "delivered" still bounces later; a phone's owner may send it back.
    S.DELIVERED: frozenset({S.SERVED, S.RETURNED}),
    # A late receipt or a slip settles what we could not tell. It never goes out again by itself.
    S.UNKNOWN: frozenset({S.ACCEPTED, S.DELIVERED, S.SERVED, S.RETURNED, S.FAILED}),
    # The letter came back, or was written off, after it had been handed over: the slip says so, and wins.
    S.RETURNED: frozenset({S.SERVED}),
    S.FAILED: frozenset({S.SERVED}),
    S.SERVED: frozenset({S.ACKNOWLEDGED}),
    S.ACKNOWLEDGED: frozenset(),
    # Only what never left is ever superseded. When the way fits again it is planned, and approved, anew.
    S.SUPERSEDED: frozenset({S.PLANNED}),
}
"""Every edge there is. Service never comes from a provider: only a recorded slip leads to `served`."""

CLAIMABLE = frozenset({S.APPROVED, S.QUEUED})
WAITING = frozenset({S.PLANNED, S.APPROVED, S.QUEUED, S.SENDING})
"""Not gone out yet; who stops or replaces a notice asks for these."""
ARRIVING = frozenset({S.ACCEPTED, S.DELIVERED, S.SERVED, S.ACKNOWLEDGED})
LOST = frozenset({S.RETURNED, S.FAILED})
"""Did not reach anybody: another way is needed, or a person."""


class OddMoveError(Exception):
    """A delivery was asked to move along an edge that the table does not have."""

    def __init__(self, current: State, to: State) -> None:
        super().__init__(f"A delivery that is {current.value} cannot become {to.value}.")
        self.current = current
        self.to = to


def move(current: str, to: State) -> State:
    """The new state, or `OddMoveError`. `current` is the stored value of a state."""
    if to not in TRANSITIONS[State(current)]:
        raise OddMoveError(State(current), to)
    return to


def one_of(column: str, values: type[StrEnum]) -> str:
    """A CHECK that the column holds one of an enumeration's values."""
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"
