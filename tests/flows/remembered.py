"""What the oracle remembers of people and their holds: the words of the field, and nothing of the house's."""

import datetime as dt
from dataclasses import dataclass, field

ENDS_FREE = {"released", "stay_rejected", "entered_in_error"}
"""After these a hold blocks no removal; after any other end it still does."""
CHOSEN, LEFT_BY_CHOICE = "closed_departed_by_choice", "voluntary_departure"
EXTRADITED = "closed_extradited"
LETS_GO = {CHOSEN: {LEFT_BY_CHOICE, "withdrawal"}, EXTRADITED: {"extradition"}}
"""The ends that let somebody go in one way, and in no other."""
RESTS_ON = {
    "closed_protected": "granted",
    "closed_terminated": "terminated",
    EXTRADITED: "extradition_ordered",
}
"""The ends that a court gives, and what it must have said."""


@dataclass
class Notice:
    """A service of the notice of somebody's exposure."""

    at: dt.datetime
    proven: bool
    disputed: bool = False


@dataclass
class Order:
    """A court's order on one hold."""

    outcome: str
    decided: dt.datetime
    verified: bool = False
    superseded: bool = False


@dataclass
class Proposal:
    """An end that was proposed: of a kind, by whom, told to whom."""

    kind: str
    by: str
    order: Order | None = None
    told: dict[str, dt.datetime] = field(default_factory=dict)


@dataclass
class Hold:
    placer: str
    provisional: bool = False
    verified: bool = False
    ended: str | None = None
    ended_on: Order | None = None
    put_back: bool = False
    violated: bool = False
    said_before: int = 0
    """How many statements the person had made when the hold was placed: they count for nothing."""
    orders: list[Order] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)
    """Each `open`, `overruled` or `sustained`."""

    def blocks(self, departure: str) -> bool:
        return self.ended not in ENDS_FREE and departure not in LETS_GO.get(self.ended or "", set())

    def latest(self, *, release: bool) -> Proposal | None:
        found = [p for p in self.proposals if (p.kind == "released") is release]
        return found[-1] if found else None


@dataclass
class Leave:
    """A clearance, and how much had happened at the gate when it was issued."""

    at: dt.datetime
    seen: int
    departure: str = "removal"
    used: bool = False


@dataclass
class Person:
    holds: list[Hold] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    choices: list[tuple[dt.datetime, int]] = field(default_factory=list)
    """When they soundly said that they choose to leave, and how much had been said by anybody before."""
    revoked: int = -1
    """The same of when they took it back last."""
    represented: bool = False
