"""Who is told at once of what the ledger says, and who next where somebody cannot be reached.

Pure: tables from a ledger row's verb and codes to audiences. An alarm waits for no approval.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class AlarmKind(StrEnum):
    """What an alarm says. The values are stored."""

    MANIFEST = "manifest"
    BOARDING = "boarding"
    HOLD_SENT = "hold_sent"
    HOLD_OVERDUE = "hold_overdue"
    COUNSEL = "counsel"
    PAGE = "page"
    COUNSEL_LINK = "counsel_link"
    COUNSEL_CODE = "counsel_code"


class RecipientKind(StrEnum):
    """Where the recipient stands: the manifest that names its contacts, a contact on record, counsel."""

    MANIFEST = "manifest"
    CONTACT = "contact"
    COUNSEL = "counsel"


class Audience(StrEnum):
    MANIFEST_CONTACTS = "manifest_contacts"
    BOARDING = "boarding"
    OFFICE = "office"
    DUTY_DESK = "duty_desk"
    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"
    COUNSEL = "counsel"
    LINK_HOLDER = "link_holder"


KIND_OF: dict[Audience, AlarmKind] = {
    Audience.MANIFEST_CONTACTS: AlarmKind.MANIFEST,
    Audience.BOARDING: AlarmKind.BOARDING,
    Audience.COUNSEL: AlarmKind.COUNSEL,
    Audience.DUTY_DESK: AlarmKind.PAGE,
    Audience.SUPERVISOR: AlarmKind.PAGE,
    Audience.EVERYONE: AlarmKind.PAGE,
}
"""An office is told one of two things, and who holds a link one of two, by the verb."""

_RUNGS: dict[str, tuple[Audience, ...]] = {
    "addressee_again": (Audience.OFFICE,),
    "duty_desk": (Audience.DUTY_DESK,),
    "supervisor": (Audience.SUPERVISOR,),
    "everyone": (Audience.OFFICE, Audience.EVERYONE),
}
_TASKS: dict[str, tuple[Audience, ...]] = {
    "closed_person_checked": (Audience.SUPERVISOR,),
    "citizenship_claimed": (Audience.SUPERVISOR,),
    "phone_check_disagreed": (Audience.SUPERVISOR,),
}
"""Tasks nobody may find an hour later on a page, by their kind."""
ALARMING_TASKS = frozenset(_TASKS)

CHECKED = "removal.checked"
CANDIDATE = "removal.candidate_refused"
"""A check that was refused may have meant this person, or somebody else: nobody has judged yet."""
TRANSMITTED = "hold.transmitted"
UNACKNOWLEDGED = "hold.unacknowledged"
TURNED_RED = "manifest.turned_red"
BOARDED_HELD = "boarding.turned_red"
LINK_ISSUED, CODE_MADE = "link.issued", "link.code_made"
_TOLD: dict[str, tuple[Audience, ...]] = {
    TURNED_RED: (Audience.MANIFEST_CONTACTS,),
    BOARDED_HELD: (Audience.BOARDING, Audience.COUNSEL),
    TRANSMITTED: (Audience.OFFICE,),
    CHECKED: (Audience.COUNSEL,),
    CANDIDATE: (Audience.COUNSEL,),
    "hold.violated": (Audience.EVERYONE, Audience.COUNSEL),
    LINK_ISSUED: (Audience.LINK_HOLDER,),
    CODE_MADE: (Audience.LINK_HOLDER,),
    "client.slowed": (Audience.SUPERVISOR,),
    "client.locked": (Audience.EVERYONE,),
}
VERBS = frozenset(_TOLD) | {UNACKNOWLEDGED, "doubt.overdue", "task.raised", "task.reopened"}
"""The verbs that may alarm; every other one is left alone."""


def audiences(verb: str, codes: Mapping[str, Any], *, of_somebody: bool) -> tuple[Audience, ...]:
    """Who is told of one ledger row; empty where nobody is. `of_somebody`: the row knows the person."""
    rung = str(codes.get("rung", ""))
    if verb in (UNACKNOWLEDGED, "doubt.overdue"):
        return _RUNGS.get(rung, (Audience.EVERYONE,))
    if verb in ("task.raised", "task.reopened"):
        return _TASKS.get(str(codes.get("kind", "")), ())
    if verb == CHECKED and not (of_somebody and codes.get("decision") == "blocked"):
        return ()
    return _TOLD.get(verb, ())


def office_kind(verb: str) -> AlarmKind:
    """What an office is told: that a hold came, or that one it was sent waits too long."""
    return AlarmKind.HOLD_SENT if verb == TRANSMITTED else AlarmKind.HOLD_OVERDUE
