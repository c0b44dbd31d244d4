"""Systems that may ask: what each scope allows, and when a client asks too often or like a prober."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from holds.domain.refusal import RefusedError
from holds.domain.staff import Role


class Scope(StrEnum):
    """No foreign government has a key: there is no scope for one."""

    AGENCY_OFFICER = "agency_officer"
    FIELD_OFFICE = "field_office"
    CARRIER = "carrier"


class Call(StrEnum):
    CHECK = "check"
    CLEAR = "clear"
    REMOVE = "remove"
    REGISTER_MANIFEST = "register_manifest"
    READ_MANIFEST = "read_manifest"
    LIST_TRANSMISSIONS = "list_transmissions"
    ACKNOWLEDGE = "acknowledge"
    SEE_HEALTH = "see_health"


SCOPES: dict[Scope, frozenset[Call]] = {
    Scope.AGENCY_OFFICER: frozenset({Call.CHECK, Call.SEE_HEALTH}),
    Scope.FIELD_OFFICE: frozenset(Call),
    Scope.CARRIER: frozenset({Call.READ_MANIFEST, Call.SEE_HEALTH}),
}
ROLES = {
    Scope.AGENCY_OFFICER: Role.FIELD_OFFICER,
    Scope.FIELD_OFFICE: Role.FIELD_OFFICER,
    Scope.CARRIER: Role.CARRIER,
}
DAILY_NUMBERS = {Scope.AGENCY_OFFICER: 300, Scope.FIELD_OFFICE: 4_000, Scope.CARRIER: 0}
"""Distinct A-numbers a day, unless the client was given another budget."""

MINUTE = dt.timedelta(minutes=1)
SLOW_AT = 10
LOCK_AT = 30
"""Points of suspicion in a day: from the first a client waits between calls, at the second it is locked."""
SLOW_GAP = dt.timedelta(seconds=10)
POINTS = {
    "confirmation.code_wrong": 5,
    "a_number.unreadable": 1,
    "identity.conflict": 2,
    "identity.several_people": 1,
    "identity.near_match": 2,
}
NEIGHBOURS = 6
"""More distinct numbers than this of one block of ten are no family any more: somebody counts upwards."""
NEIGHBOUR_POINTS = 3
OVER_BUDGET_POINTS = 5
OUT_OF_SCOPE_POINTS = 3
"""A key that knocks at a door that is not its own was stolen, or is tried out."""


class ScopeError(RefusedError):
    """The client's scope does not cover this call."""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a client was given: calls a minute, and distinct A-numbers a day (of UTC)."""

    per_minute: int
    daily_numbers: int


@dataclass(frozen=True, kw_only=True)
class Meter:
    """What a client has used: of the minute and of the day of its last call, and when that was."""

    minute: dt.datetime
    calls: int
    day: dt.date
    numbers: int
    suspicion: int
    last_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Not now: `code` says why, `seconds` how long."""

    code: str
    seconds: int


def require_scope(scope: Scope, call: Call) -> None:
    """Raise `ScopeError` unless the scope covers the call."""
    if call not in SCOPES[scope]:
        raise ScopeError(f"A key of scope {scope.value} may not {call.value.replace('_', ' ')}.")


def admit(meter: Meter, allowance: Allowance, now: dt.datetime) -> Meter | Wait:
    """Let one more call in, or say how long to wait. A new minute and a new day begin at nought."""
    minute = now.replace(second=0, microsecond=0)
    day = now.date()
    if day != meter.day:
        meter = replace(meter, day=day, numbers=0, suspicion=0)
    if meter.suspicion >= SLOW_AT and meter.last_at is not None and now < meter.last_at + SLOW_GAP:
        return Wait(code="client.slowed", seconds=_seconds(meter.last_at + SLOW_GAP - now))
    calls = meter.calls if minute == meter.minute else 0
    if calls >= allowance.per_minute:
        return Wait(code="client.rate", seconds=_seconds(minute + MINUTE - now))
    return replace(meter, minute=minute, calls=calls + 1, last_at=now)


def spend(meter: Meter, allowance: Allowance, fresh: int, now: dt.datetime) -> Meter | Wait:
    """Take distinct numbers that were not asked today from the budget; nothing is taken where it is short."""
    if meter.numbers + fresh > allowance.daily_numbers:
        midnight = dt.datetime.combine(meter.day, dt.time(), dt.UTC) + dt.timedelta(days=1)
        return Wait(code="client.budget", seconds=_seconds(midnight - now))
    return replace(meter, numbers=meter.numbers + fresh)


def suspect(meter: Meter, points: int) -> Meter:
    """Add points of suspicion."""
    return replace(meter, suspicion=meter.suspicion + points)


def points_of(reasons: tuple[str, ...]) -> int:
    """What the reasons of an answer weigh. A plain `hold.active` or `not_on_record` weighs nothing."""
    return sum(POINTS.get(code, 0) for code in reasons)


def _seconds(time: dt.timedelta) -> int:
    return max(1, -(-time // dt.timedelta(seconds=1)))
