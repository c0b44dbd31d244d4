"""The bulk of the races: each act as its SQL statements, on a connection of its own.

`house` is what the actions issue (`issue_clearance`, `record_boarding`, `insert_hold`, `release_hold`,
`merge_records`), without the look at whether the database is open and at other records under the number.
`bare` leaves out every lock: it states the epoch it read, and only the triggers stand between it and a fault.
"""

import datetime as dt
import hashlib
import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from holds.domain.closing import LETS_PASS
from holds.domain.departure import DepartureKind
from holds.store.base import new_id, new_reference
from holds.store.clearance_indexes import ClearanceIndex
from holds.store.gates import Clearance, Hold, HoldEnding, Removal
from holds.store.judgements import RecordMerge
from holds.store.ledger_rows import LedgerRow
from tests.races.ends import Ends
from tests.races.line import FAILURES, Line, code_of
from tests.races.orders import Order

ATTEMPTS = 400
AGAIN = {"40001", "40P01", "gate.stale_epoch"}
"""After these, what must get through tries again."""
PASSING = ", ".join(f"'{k.value}'" for k, lets in LETS_PASS.items() if DepartureKind.REMOVAL in lets)
EDGES = (
    "SELECT gate.person_id, gate.merged_into FROM gate WHERE gate.merged_into IS NOT NULL "
    "AND (gate.person_id IN ({0}) OR gate.merged_into IN ({0}))"
)
EPOCHS = "SELECT gate.person_id, gate.epoch FROM gate WHERE gate.person_id IN ({0}) ORDER BY gate.person_id"
ACTIVE = (  # the kinds are of the house's own table
    "SELECT hold.person_id, hold.basis FROM hold WHERE hold.person_id IN ({0}) AND NOT (EXISTS "
    "(SELECT * FROM hold_ending WHERE hold_ending.hold_id = hold.id "
    "AND hold_ending.kind IN (PASSING)))"
).replace("PASSING", PASSING)
CLEARED = "SELECT clearance.person_id FROM clearance WHERE clearance.id = :clearance"
PATIENCE = 0.2
"""Seconds to wait for a clearance that another racer is about to issue."""


class RefusedError(Exception):
    """The writer itself would not; the message is the code."""


class Writer:
    """Writes behind gates as it is ordered, as one caseworker, field officer or supervisor."""

    def __init__(
        self, line: Line, staff: Mapping[str, uuid.UUID], organisation_id: uuid.UUID, ends: Ends
    ) -> None:
        self.line, self.staff, self.organisation_id, self.ends = line, staff, organisation_id, ends
        self.isolation = "READ COMMITTED"
        self.end_of_last = dt.datetime.min.replace(tzinfo=dt.UTC)
        """When the clearance that it issued last ends."""
        self.follows = True
        """Whether it reads the gates of merged records; a weakened house forgets to."""

    def hold(self, order: Order) -> str:
        return self._until_done("held", order, self._read, self._place)

    def release(self, order: Order) -> str:
        return self._until_done("released", order, self._read, self._end)

    def merge(self, order: Order) -> str:
        return self._until_done("merged", order, self._read, self._merge)

    def clear(self, order: Order) -> str:
        return self._once("cleared", order, self._look, self._issue)

    def board(self, order: Order) -> str:
        return self._once("boarded", order, self._look_again, self._board)

    def leave(self, order: Order) -> str:
        cleared = self.clear(order)
        return self.board(order) if cleared == "cleared" else cleared

    def clear_and_stall(self, order: Order) -> str:
        """Clear, and then lock the gate for a while, so that who comes to board waits over the end."""
        cleared = self.clear(order)
        if cleared != "cleared":
            return cleared
        self.ends.tell(self.end_of_last.timestamp())
        return self.stall(order)

    def stall(self, order: Order) -> str:
        """Place a hold and take it back: the gate was locked meanwhile, and nothing came of it."""

        def take_back(order: Order, stated: int) -> None:
            self._place(order, stated)
            time.sleep(order.pause)
            raise RefusedError("taken back")

        return self._once("", order, self._read, take_back)

    def wait_for_end(self, ahead: float) -> None:
        """Return so many seconds before the end of a clearance that somebody is issuing.

        Where it never comes, return all the same: whoever boards on it is refused.
        """
        end = self.ends.wait(PATIENCE)
        if end is not None:
            time.sleep(max(0.0, end - ahead - time.time()))

    def _once(
        self,
        outcome: str,
        order: Order,
        read: Callable[[Order], int],
        write: Callable[[Order, int], None],
    ) -> str:
        """One transaction. On SQLite there is one writer at a time, and who reads within the write lock
        cannot be raced: a bare writer reads before it."""
        outside = order.style == "bare" and self.line.sqlite
        try:
            if not outside:
                self.line.begin(self.isolation)
            stated = read(order) + 1
            if order.style == "bare" and order.pause:
                time.sleep(order.pause)
            if outside:
                self.line.begin(self.isolation)
            write(order, stated)
            self.line.commit()
        except (RefusedError, *FAILURES) as error:
            self.line.rollback()
            return f"refused: {error if isinstance(error, RefusedError) else code_of(error)}"
        return outcome

    def _until_done(
        self,
        outcome: str,
        order: Order,
        read: Callable[[Order], int],
        write: Callable[[Order, int], None],
    ) -> str:
        answer = ""
        for _ in range(ATTEMPTS):
            answer = self._once(outcome, order, read, write)
            if answer.removeprefix("refused: ") not in AGAIN:
                return answer
        return f"gave up: {answer}"

    def _read(self, order: Order) -> int:
        """The epoch of the gates that are written behind."""
        people = [order.person] if order.act != "merge" else [order.person, _sure(order.other)]
        return self._seen(people, lock=order.style != "bare")[0]

    def _look(self, order: Order) -> int:
        """The epoch, unless a hold is active."""
        epoch, members = self._seen([order.person], lock=order.style != "bare")
        if self._among(ACTIVE, members):
            raise RefusedError("hold.active")
        return epoch

    def _look_again(self, order: Order) -> int:
        if not self.line.rows(CLEARED, {"clearance": order.clearance}):
            raise RefusedError("clearance.unknown")
        return self._look(order)

    def _seen(self, people: list[uuid.UUID], *, lock: bool) -> tuple[int, list[uuid.UUID]]:
        """The highest epoch to go by, and everyone whose records are one with these people's."""
        while True:
            members, roots = self._members(people)
            query = EPOCHS + (" FOR UPDATE" if lock and not self.line.sqlite else "")
            epochs = {self.line.id(person): epoch for person, epoch in self._among(query, members)}
            # A merge that was committed while we waited brings gates that are not locked yet.
            if not lock or self._members(people)[0] == members:
                return max(epochs[root] for root in roots), members

    def _members(self, people: list[uuid.UUID]) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
        """Everyone merged with these people, and the roots; pairs at most, that is all there is here."""
        if not self.follows:
            return sorted(people), people
        edges = [[self.line.id(end) for end in edge] for edge in self._among(EDGES, people)]
        members = {*people, *(person for edge in edges for person in edge)}
        return sorted(members), list(members - {merged for merged, _ in edges})

    def _among(self, query: str, people: list[uuid.UUID]) -> list[tuple[Any, ...]]:
        names = {f"p{number}": person for number, person in enumerate(people)}
        return self.line.rows(query.format(", ".join(f":{name}" for name in names)), names)

    def _issue(self, order: Order, stated: int) -> None:
        expires_at = self.end_of_last = self.line.now() + dt.timedelta(seconds=order.life)
        leave = {"departure_kind": "removal", "destination": "CU", "issued_to": self.staff["field"]}
        leave |= {"expires_at": expires_at, "reference": new_reference()}
        self.line.put(Clearance, id=order.clearance, person_id=order.person, epoch=stated, **leave)
        asked = {"kind": "name_birth_date", "value": b"nobody else is called so"}
        self.line.put(ClearanceIndex, clearance_id=order.clearance, **asked)
        codes = {"epoch": stated, "departure": "removal", "expires": expires_at.isoformat()}
        self._tell("field", "clearance.issued", order.clearance, order.person, codes)

    def _board(self, order: Order, stated: int) -> None:
        """The action has the lock, tells the ledger and then writes; who has no lock tells it afterwards."""
        removal_id = new_id()
        row = {"id": removal_id, "person_id": order.person, "epoch": stated}
        row |= {"clearance_id": order.clearance, "recorded_by": self.staff["field"]}
        codes = {"epoch": stated, "clearance": str(order.clearance)}
        if order.style == "bare":
            self.line.put(Removal, **row)
        self._tell("field", "removal.boarded", removal_id, order.person, codes)
        if order.style != "bare":
            self.line.put(Removal, **row)

    def _place(self, order: Order, stated: int) -> None:
        hold_id = new_id()
        row = {"id": hold_id, "reference": new_reference(), "person_id": order.person, "epoch": stated}
        row |= {"basis": "habeas", "sealed_cites": None, "reinstates_id": None}
        row |= {"organisation_id": self.organisation_id, "placed_by": self.staff["casey"]}
        self.line.put(Hold, **row)
        codes = {"basis": "habeas", "epoch": stated}
        self._tell("casey", "hold.placed", hold_id, order.person, codes)

    def _end(self, order: Order, stated: int) -> None:
        row = {"hold_id": order.hold, "person_id": order.person, "epoch": stated, "kind": "released"}
        row |= {"review_id": order.review, "proposal_id": order.proposal, "outside": True}
        row |= {"proposed_by": self.staff["casey"], "ended_by": self.staff["sunny"]}
        self.line.put(HoldEnding, **row)
        codes = {"review": str(order.review), "epoch": stated}
        self._tell("sunny", "hold.released", order.hold, order.person, codes)

    def _merge(self, order: Order, stated: int) -> None:
        merge_id, other = new_id(), _sure(order.other)
        row = {"id": merge_id, "person_id": order.person, "other_id": other, "epoch": stated}
        row |= {"merged_id": order.person, "doubt_id": order.doubt, "judgement_id": order.judgement}
        self.line.put(RecordMerge, **row, verdict="positive")
        for person, with_ in ((order.person, other), (other, order.person)):
            codes = {"with": str(with_), "epoch": stated, "judgement": str(order.judgement)}
            self._tell("sunny", "records.merged", merge_id, person, codes)

    def _tell(
        self, who: str, verb: str, subject: uuid.UUID | None, person: uuid.UUID, codes: dict[str, Any]
    ) -> None:
        row: dict[str, Any] = {
            "id": new_id(),
            "organisation_id": self.organisation_id,
            "actor_id": self.staff[who],
        }
        row |= {"verb": verb, "subject_id": subject, "person_id": person, "codes": codes}
        commitment = hashlib.sha256(secrets.token_bytes(32) + b"{}").digest()
        self.line.put(LedgerRow, **row, commitment=commitment)


def _sure(person: uuid.UUID | None) -> uuid.UUID:
    assert person is not None
    return person
