"""What may happen to a hold, said once more and apart: in the words of the field, from memory alone.

Nothing of the house's rules is imported here. A method named after an act says whether it must be refused,
and takes note of it where it must not.
"""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

COURT_ZONE = ZoneInfo("America/New_York")
ENDS_FREE = {"released", "stay_rejected", "entered_in_error"}
"""After these a hold blocks no removal; after any other end it still does."""
CHOSEN, LEFT_BY_CHOICE = "closed_departed_by_choice", "voluntary_departure"
"""The end that lets somebody go as they chose, and in no other way."""
THREE_DAYS = dt.timedelta(hours=72)
ORDERS_THAT_END = {"denied", "dismissed"}
ORDERS_THAT_UNDO = {"vacated", "remanded", "granted"}
SUPERVISORS = {"sunny", "sol"}
QUARTER = dt.timedelta(minutes=15)


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
    orders: list[Order] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)
    """Each `open`, `overruled` or `sustained`."""

    def blocks(self, departure: str) -> bool:
        return self.ended not in ENDS_FREE and (self.ended, departure) != (CHOSEN, LEFT_BY_CHOICE)

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
    choices: list[dt.datetime] = field(default_factory=list)
    """When they soundly said that they choose to leave."""


class Oracle:
    """Several people, some of whom may turn out to be one."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.touched: dict[int, int] = {}
        self.pairs: list[tuple[int, int]] = []

    def arrive(self) -> int:
        self.people.append(Person([Hold("operator")]))
        self.touched[len(self.people) - 1] = 0
        return len(self.people) - 1

    def one_with(self, who: int) -> set[int]:
        """Everyone who is this person, by the judgements that stand."""
        found = {who}
        while fresh := {p for pair in self.pairs if found & set(pair) for p in pair} - found:
            found |= fresh
        return found

    def blocked(self, who: int, departure: str = "removal") -> bool:
        return any(hold.blocks(departure) for p in self.one_with(who) for hold in self.people[p].holds)

    def touch(self, who: int) -> None:
        """Something happened that voids every clearance of this person's."""
        for member in self.one_with(who):
            self.touched[member] += 1

    def place(self, who: int, placer: str, *, provisional: bool) -> Hold:
        hold = Hold(placer, provisional)
        self.people[who].holds.append(hold)
        self.touch(who)
        return hold

    def refuses_verification(self, who: int, hold: Hold, by: str) -> bool:
        if hold.placer == by or hold.ended or hold.verified:
            return True
        hold.verified = True
        self.touch(who)
        return False

    def refuses_dispute(self, who: int) -> bool:
        """Whoever is one with others disputes for all of them."""
        notices = [n for member in self.one_with(who) for n in self.people[member].notices]
        standing = [n for n in notices if n.proven and not n.disputed]
        for notice in standing:
            notice.disputed = True
        if standing:
            self.touch(who)
        return not standing

    def refuses_order(self, who: int, hold: Hold, order: Order) -> bool:
        """An order undoes the end that rested on one before it; else an ended hold takes no more orders."""
        if hold.ended:
            if order.outcome not in ORDERS_THAT_UNDO or hold.ended_on is None or hold.ended_on.superseded:
                return True
            hold.ended_on.superseded = True
            self._put_back(who, hold)
        hold.orders.append(order)
        self.touch(who)
        return False

    def _put_back(self, who: int, hold: Hold) -> None:
        if not hold.put_back:
            hold.put_back = True
            self.people[who].holds.append(Hold("casey"))

    def refuses_order_verification(self, order: Order) -> bool:
        was, order.verified = order.verified, True
        return was

    def _bears(self, who: int, order: Order) -> bool:
        """A verified denial that nothing superseded, made after every exposure's notice was served."""
        if order.outcome not in ORDERS_THAT_END or not order.verified or order.superseded:
            return False
        for member in self.one_with(who):
            served = [n.at for n in self.people[member].notices if n.proven and not n.disputed]
            if not served or min(served) >= order.decided:
                return False
        return True

    def refuses_proposal(self, who: int, hold: Hold, order: Order, by: str) -> bool:
        if hold.ended or not self._bears(who, order):
            return True
        hold.proposals.append(Proposal("released", by, order))
        return False

    def refuses_closing(self, hold: Hold, kind: str, by: str) -> bool:
        if hold.ended:
            return True
        hold.proposals.append(Proposal(kind, by))
        return False

    def refuses_telling(self, proposal: Proposal, whom: str, at: dt.datetime) -> bool:
        if whom in proposal.told:
            return True
        proposal.told[whom] = at
        return False

    def refuses_release(self, who: int, hold: Hold, by: str, now: dt.datetime) -> bool:
        proposal = hold.latest(release=True)
        return (
            self._refuses_end(hold, proposal, by)
            or proposal is None
            or proposal.order is None
            or not self._bears(who, proposal.order)
            or not _week_over(proposal.told.get("person"), now)
        )

    def refuses_close(self, who: int, hold: Hold, by: str, now: dt.datetime) -> bool:
        proposal = hold.latest(release=False)
        if self._refuses_end(hold, proposal, by) or proposal is None:
            return True
        if proposal.kind == "stay_rejected":
            in_time = not any(p.kind == "released" for p in hold.proposals)
            return not (hold.provisional and not hold.verified and "placer" in proposal.told and in_time)
        if proposal.kind == CHOSEN:
            said = self.people[who].choices
            return not said or max(said) - min(said) < THREE_DAYS
        return proposal.kind == "entered_in_error" and not _week_over(proposal.told.get("person"), now)

    def _refuses_end(self, hold: Hold, proposal: Proposal | None, by: str) -> bool:
        objected = any(objection != "overruled" for objection in hold.objections)
        if bool(hold.ended) or proposal is None or proposal.by == by or objected:
            return True
        # In these lives it is Sunny who overrules, and who overruled has no other part in the end.
        return bool(hold.objections) and "sunny" in {by, proposal.by}

    def end(self, who: int, hold: Hold, *, release: bool) -> None:
        proposal = hold.latest(release=release)
        assert proposal is not None
        hold.ended, hold.ended_on = proposal.kind, proposal.order
        self.touch(who)

    def leave(self, who: int, now: dt.datetime, departure: str) -> Leave | None:
        """A clearance, where nothing blocks."""
        if self.blocked(who, departure):
            return None
        self.touch(who)
        return Leave(now, self.touched[who], departure)

    def refuses_boarding(self, who: int, leave: Leave, now: dt.datetime) -> bool:
        stale = leave.used or leave.seen != self.touched[who] or now >= leave.at + QUARTER
        if stale or self.blocked(who, leave.departure):
            return True
        leave.used = True
        self.touch(who)
        return False

    def merge(self, one: int, other: int) -> None:
        self.pairs.append((one, other))
        self.touch(one)

    def split(self, one: int, other: int) -> None:
        """Where only the other's hold blocked them, they get one of their own first."""
        blocked = self.blocked(one)
        self.touch(one)
        self.pairs.remove((one, other))
        if not blocked:
            return
        for side in (one, other):
            members = self.one_with(side)
            if not any(hold.ended is None for p in members for hold in self.people[p].holds):
                self.people[side].holds.append(Hold("casey"))


def _week_over(told: dt.datetime | None, now: dt.datetime) -> bool:
    """Seven full days, at the court's midnight, and never less than seven times 24 hours."""
    if told is None:
        return False
    day = told.astimezone(COURT_ZONE).date() + dt.timedelta(days=8)
    midnight = dt.datetime.combine(day, dt.time(), COURT_ZONE).astimezone(dt.UTC)
    return now >= max(midnight, told + dt.timedelta(days=7))
