"""The kinds of notice, whom each is for, how soon it must be read, and the wording in force for each."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is for. The values are stored and never change."""

    EXPOSURE_NOTICE = "exposure_notice"
    COUNSEL_NOTICE = "counsel_notice"
    HOLD_NOTICE = "hold_notice"
    RIGHTS_REMINDER = "rights_reminder"
    WINDOW_NOTICE = "window_notice"
    CUSTODY_CHANGE = "custody_change"
    REMOVAL_ATTEMPT_ALERT = "removal_attempt_alert"
    RELEASE_PROPOSED = "release_proposed"
    HOLD_RELEASED = "hold_released"
    CORRECTION = "correction"
    RETURN_ASSISTANCE = "return_assistance"
    FURTHER_DISCLOSURE = "further_disclosure"
    UPDATE = "update"


class Reader(StrEnum):
    """For whom a notice is written: who it speaks to as "you"."""

    PERSON = "person"
    COUNSEL = "counsel"
    OFFICE = "office"


class Pressure(StrEnum):
    """How soon a message must be followed. It is all that a message others may read tells of its matter."""

    NONE = "none"
    SOON = "soon"
    NOW = "now"


READER: dict[NoticeKind, Reader] = {
    **dict.fromkeys(NoticeKind, Reader.PERSON),
    NoticeKind.COUNSEL_NOTICE: Reader.COUNSEL,
    NoticeKind.REMOVAL_ATTEMPT_ALERT: Reader.COUNSEL,
    NoticeKind.HOLD_NOTICE: Reader.OFFICE,
}

PRESSURE: dict[NoticeKind, Pressure] = {
    **dict.fromkeys(NoticeKind, Pressure.NONE),
    # Days run: thirty to tell a court, seven to object, or none any more before a removal.
    NoticeKind.WINDOW_NOTICE: Pressure.SOON,
    NoticeKind.RELEASE_PROPOSED: Pressure.SOON,
    NoticeKind.HOLD_RELEASED: Pressure.SOON,
    NoticeKind.FURTHER_DISCLOSURE: Pressure.SOON,
    NoticeKind.HOLD_NOTICE: Pressure.NOW,
    NoticeKind.REMOVAL_ATTEMPT_ALERT: Pressure.NOW,
}

TELLS_EXPOSURE: frozenset[NoticeKind] = frozenset({NoticeKind.EXPOSURE_NOTICE, NoticeKind.FURTHER_DISCLOSURE})
"""Kinds that tell a person of an exposure: one is due for each, and the clock runs from its service."""

COPIED: frozenset[NoticeKind] = frozenset(
    {NoticeKind.RELEASE_PROPOSED, NoticeKind.HOLD_RELEASED, NoticeKind.CORRECTION}
)
"""Kinds to the person of which verified counsel gets a copy."""

TO_COUNSEL: frozenset[NoticeKind] = frozenset(kind for kind in NoticeKind if READER[kind] is Reader.COUNSEL)
"""Kinds that only counsel gets."""

SERVED: frozenset[NoticeKind] = frozenset(
    {
        NoticeKind.EXPOSURE_NOTICE,
        NoticeKind.FURTHER_DISCLOSURE,
        NoticeKind.RELEASE_PROPOSED,
        NoticeKind.CORRECTION,
    }
)
"""Kinds whose service must be proven: handed over by a person, with a receipt page."""

# A notice names the version of the wording it was written with; raise the number when the wording changes,
# so that a review of the old wording does not pass for a review of the new.
CURRENT_VERSION: dict[NoticeKind, int] = dict.fromkeys(NoticeKind, 1)
