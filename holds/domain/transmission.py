"""To whom a hold is sent, when it must be acknowledged, and how an overdue one climbs.

A hold nobody has read stops nobody: it is addressed to the field office and the facility that have the
person, and stays with them until an officer of theirs confirms it by name.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class AddresseeKind(StrEnum):
    FIELD_OFFICE = "field_office"
    FACILITY = "facility"


@dataclass(frozen=True, order=True)
class Addressee:
    """`office` is the AOR of a field office, or the DETLOC of a facility (its name where it has none)."""

    kind: AddresseeKind
    office: str


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where the custody line says somebody is. `aor` is of the present place, `last_aor` of the latest
    place on the line that has one: whoever released or lost a person is still responsible for them."""

    detained: bool
    facility: str | None = None
    aor: str | None = None
    last_aor: str | None = None


@dataclass(frozen=True)
class Limits:
    """How long an addressee has to acknowledge, by whether the person is detained."""

    detained: dt.timedelta = dt.timedelta(minutes=60)
    otherwise: dt.timedelta = dt.timedelta(hours=24)

    def of(self, *, detained: bool) -> dt.timedelta:
        return self.detained if detained else self.otherwise


class Rung(StrEnum):
    """Who is called next about a hold that nobody acknowledged."""

    ADDRESSEE_AGAIN = "addressee_again"
    DUTY_DESK = "duty_desk"
    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"


LADDER: tuple[tuple[Rung, dt.timedelta], ...] = (
    (Rung.ADDRESSEE_AGAIN, dt.timedelta(0)),
    (Rung.DUTY_DESK, dt.timedelta(minutes=15)),
    (Rung.SUPERVISOR, dt.timedelta(minutes=30)),
    (Rung.EVERYONE, dt.timedelta(minutes=60)),
)
"""Each rung with how long after the acknowledgement fell due it is climbed. It never ends a hold."""


def office_name(text: str | None) -> str | None:
    """An office as it is compared: upper case, single spaces; None where nothing was written."""
    return " ".join(text.split()).upper() or None if text else None


def addressees(whereabouts: Whereabouts) -> tuple[Addressee, ...]:
    """The responsible field office and the facility; empty where nobody on record is responsible."""
    aor = office_name(whereabouts.aor) or office_name(whereabouts.last_aor)
    facility = office_name(whereabouts.facility) if whereabouts.detained else None
    found = [Addressee(AddresseeKind.FIELD_OFFICE, aor)] if aor else []
    return (*found, Addressee(AddresseeKind.FACILITY, facility)) if facility else tuple(found)


def rungs_reached(due_at: dt.datetime, now: dt.datetime) -> tuple[Rung, ...]:
    """The rungs an unacknowledged hold has reached by now, lowest first; none before it is due."""
    return tuple(rung for rung, after in LADDER if due_at + after <= now)
