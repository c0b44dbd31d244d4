"""What a racer is told to do, and what it answers."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Order:
    """One writer's part in a race.

    `act`: hold, clear, board, leave (clear, then board), release, merge, stall (a hold that is taken
    back), or clear_and_stall. `style`: `bare` writers take no lock and state what they read, so that only
    the triggers stand between them; `house` writers issue the statements of the actions; `action` calls
    the actions.
    `delay` and `pause` in seconds: before it begins, and between reading and writing. `life` of a clearance
    in seconds; `until_end`: begin so long before its end by the machine's clock, once it is on record.
    """

    act: str
    style: str
    person: uuid.UUID
    other: uuid.UUID | None = None
    clearance: uuid.UUID | None = None
    hold: uuid.UUID | None = None
    review: uuid.UUID | None = None
    proposal: uuid.UUID | None = None
    doubt: uuid.UUID | None = None
    judgement: uuid.UUID | None = None
    delay: float = 0.0
    pause: float = 0.0
    life: float = 900.0
    until_end: float | None = None


@dataclass(frozen=True)
class Answer:
    """What came of it, and from when to when it was at work, by the machine's monotonic clock (ns)."""

    outcome: str
    began: int
    ended: int


Race = tuple[Order | None, Order | None, Order | None]
"""One race: what each of a crew's three does in it."""
