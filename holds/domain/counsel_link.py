"""A link for counsel: what it is for, how long it counts, and how it ends."""

import datetime as dt
from enum import StrEnum


class LinkPurpose(StrEnum):
    """The one thing that a link lets its counsel do."""

    PLACE_STAY = "place_stay"
    READ_REASONS = "read_reasons"


class LinkEnd(StrEnum):
    USED = "used"
    WITHDRAWN = "withdrawn"


class LinkState(StrEnum):
    """What a link is worth now. Nothing but an open one does anything."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_APPEARING = "not_appearing"
    """Counsel appears for this client no more, or no more for what this takes."""


LIFE = dt.timedelta(hours=72)
CODE_LIFE = dt.timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES = 10
"""Codes of one link: who needs more has lost the mailbox, and calls."""
LARGEST_ORDER = 10 * 1024 * 1024
"""Bytes of an order that is sent through a link."""


def link_state(
    *, ended: LinkEnd | None, appears: bool, expires_at: dt.datetime, now: dt.datetime
) -> LinkState:
    """What was done with a link goes before what became of it."""
    if ended is not None:
        return LinkState(ended.value)
    if not appears:
        return LinkState.NOT_APPEARING
    return LinkState.EXPIRED if expires_at <= now else LinkState.OPEN


def is_pdf(content: bytes) -> bool:
    """Whether a file is a whole PDF (ISO 32000-1, 7.5.2 and 7.5.5): its header, and the mark of its end.

    What a browser says of a file's kind, or its name, is what the sender's machine thinks.
    """
    return content[:1024].find(b"%PDF-") >= 0 and b"%%EOF" in content[-2048:]
