"""What may happen to a hold, said once more and apart: in the words of the field, from memory alone.

Nothing of the house's rules is imported here. A method named after an act says whether it must be refused,
and takes note of it where it must not.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from tests.flows.remembered import CHOSEN, ENDS_FREE, RESTS_ON, Hold, Leave, Order, Person, Proposal

COURT_ZONE = ZoneInfo("America/New_York")
THREE_DAYS = dt.timedelta(hours=72)
ORDERS_THAT_END = {"denied", "dismissed"}
ORDERS_THAT_UNDO = {"vacated", "remanded", "granted"}
SUPERVISORS = {"sunny", "sol"}
QUARTER = dt.timedelta(minutes=15)


class Oracle:
    """Several people, some of whom may turn out to be one."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.touched: dict[int, int] = {}
        self.pairs: list[tuple[int, int]] = []
        self.said = 0

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
        hold = self._add(who, Hold(placer, provisional))
        self.touch(who)
        return hold

    def _add(self, who: int, hold: Hold) -> Hold:
        hold.said_before = len(self.people[who].choices)
        self.people[who].holds.append(hold)
        return hold

    def refuses_verification(self, who: int, hold: Hold, by: str) -> bool:
        if hold.placer == by or hold.ended or hold.verified:
            return True
        hold.verified = True
        self.touch(who)
        return False

    def refuses_dispute(self, who: int) -> bool:
        """Whoever is one with others disputes for all of them. What a court decided after a notice that was
        never served frees nobody."""
        notices = [n for member in self.one_with(who) for n in self.people[member].notices]
        standing = [n for n in notices if n.proven and not n.disputed]
        for notice in standing:
            notice.disputed = True
        for member in self.one_with(who) if standing else ():
            for hold in list(self.people[member].holds):
                order = hold.ended_on if hold.ended == "released" else None
                if order is not None and any(notice.at < order.decided for notice in standing):
                    self._put_back(member, hold)
        if standing:
            self.touch(who)
        return not standing

    def choose(self, who: int, at: dt.datetime) -> None:
        self.said += 1
        self.people[who].choices.append((at, self.said))

    def revoke(self, who: int) -> None:
        """Taken back, for whichever of the records it was said; what it ended is back."""
        self.said += 1
        self.people[who].revoked = self.said
        for member in self.one_with(who):
            for hold in list(self.people[member].holds):
                if hold.ended == CHOSEN:
                    self._put_back(member, hold)
        self.touch(who)

    def _chosen(self, who: int, hold: Hold) -> bool:
        """Said twice, three days apart, since the hold, and not taken back since."""
        revoked = max(self.people[member].revoked for member in self.one_with(who))
        since = self.people[who].choices[hold.said_before :]
        times = [at for at, said in since if said > revoked]
        return bool(times) and max(times) - min(times) >= THREE_DAYS

    def refuses_report(self, who: int) -> bool:
        """A removal that nobody knows the day of: of whoever is held now, or was let go in another way."""
        holds = [hold for member in self.one_with(who) for hold in self.people[member].holds]
        violated = [hold for hold in holds if hold.ended not in ENDS_FREE]
        for hold in violated:
            hold.violated = True
        if violated:
            self.touch(who)
        return not violated

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
            self._add(who, Hold("casey"))

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

    def refuses_closing(self, hold: Hold, kind: str, by: str, order: Order | None = None) -> bool:
        if hold.ended or (kind in RESTS_ON and order is None):
            return True
        hold.proposals.append(Proposal(kind, by, order))
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
            or not self._told(who, proposal, now)
        )

    def _told(self, who: int, proposal: Proposal, now: dt.datetime) -> bool:
        """The person was, and counsel where there is one, and a week is over since."""
        represented = any(self.people[member].represented for member in self.one_with(who))
        if "person" not in proposal.told or (represented and "counsel" not in proposal.told):
            return False
        return all(_week_over(proposal.told[whom], now) for whom in proposal.told if whom != "placer")

    def refuses_close(self, who: int, hold: Hold, by: str, now: dt.datetime) -> bool:
        proposal = hold.latest(release=False)
        if self._refuses_end(hold, proposal, by) or proposal is None:
            return True
        if proposal.kind == "stay_rejected":
            in_time = not any(p.kind == "released" for p in hold.proposals)
            in_time = in_time and not hold.violated
            return not (hold.provisional and not hold.verified and "placer" in proposal.told and in_time)
        if proposal.kind == CHOSEN:
            return not self._chosen(who, hold)
        if proposal.kind in RESTS_ON:
            order = proposal.order
            right = order is not None and order.outcome == RESTS_ON[proposal.kind]
            return order is None or not right or not order.verified or order.superseded
        return proposal.kind == "entered_in_error" and not self._told(who, proposal, now)

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
                self._add(side, Hold(placer="sunny"))  # who confirmed the split


def _week_over(told: dt.datetime, now: dt.datetime) -> bool:
    """Seven full days, at the court's midnight, and never less than seven times 24 hours."""
    day = told.astimezone(COURT_ZONE).date() + dt.timedelta(days=8)
    midnight = dt.datetime.combine(day, dt.time(), COURT_ZONE).astimezone(dt.UTC)
    return now >= max(midnight, told + dt.timedelta(days=7))
