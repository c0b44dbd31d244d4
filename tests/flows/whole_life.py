"""How holds end, who is cleared, boards and departs, who turns out to be one: the second half of a life."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy.orm import Session

from holds.actions.clear_removal import issue_clearance, record_boarding
from holds.actions.close_hold import close_hold, propose_closing, tell_closing
from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.object_to_release import answer_objection, record_objection
from holds.actions.release_hold import release_hold, serve_proposal
from holds.actions.removal_calls import depart
from holds.actions.state_choice import record_statement
from holds.domain.closing import EndingKind, StatementSlip
from holds.domain.departure import DepartureKind
from holds.domain.judgement import DoubtKind, Verdict
from holds.store.demo_time import move_clock
from tests.flows import remembered
from tests.flows.life_machine import PEOPLE, PICK, SECOND, STAFF, Life
from tests.holds.store.record import asked_of

OF_PEOPLE = ("closed_deceased", "entered_in_error", remembered.CHOSEN, "stay_rejected")
CLOSINGS = st.sampled_from((*OF_PEOPLE, *remembered.RESTS_ON))
DEPARTURES = st.sampled_from(("removal", "removal", "voluntary_departure", "extradition"))
WHOM = st.sampled_from(("person", "person", "counsel", "placer"))
SOUND = StatementSlip(
    in_private=True,
    officer_present=False,
    language="es",
    own_language=True,
    support="counsel",
    chooses_to_leave=True,
)
WAITS = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=16),
    dt.timedelta(days=3),
    dt.timedelta(days=8, hours=1),
)


class WholeLife(Life):
    """A life from the first hold to the last departure."""

    @rule(span=st.sampled_from(WAITS))
    def wait(self, span: dt.timedelta) -> None:
        with self.record.database.transaction() as session:
            move_clock(session, span)

    @rule(person=PICK, hold=PICK, kind=CLOSINGS, by=STAFF, number=PICK)
    def close_proposed(self, person: int, hold: int, kind: str, by: str, number: int = 0) -> None:
        who, chosen = self.pick(person, hold)
        made = chosen.orders[number % len(chosen.orders)] if chosen.orders else None
        made = made if kind in remembered.RESTS_ON else None
        refused = self.oracle.refuses_closing(chosen, kind, by, made)
        about: dict[str, Any] = {"acting": self.record.staff[by], "hold_id": self.ids[id(chosen)]}
        about |= {"kind": EndingKind(kind), "reasons": "As told", "document": b"paper"}
        about["review_id"] = self.ids[id(made)] if made else None
        work = lambda s: propose_closing(s, self.record.vault, **about)  # noqa: E731 - one line says it
        done = self.ask("propose closing", who, work, refused=refused)
        if not refused:
            self.ids[id(chosen.proposals[-1])] = done

    @rule(person=PICK, hold=PICK, number=PICK, whom=WHOM)
    def tell(self, person: int, hold: int, number: int, whom: str) -> None:
        who, chosen = self.pick(person, hold)
        if not chosen.proposals:
            return
        proposal, at = chosen.proposals[number % len(chosen.proposals)], self.now()
        release = proposal.kind == "released"
        whom = "person" if release and whom == "placer" else whom
        refused = self.oracle.refuses_telling(proposal, whom, at)
        said: dict[str, Any] = {"acting": self.record.staff["casey"], "served_on": whom, "served_at": at}
        about = self.ids[id(proposal)]

        def work(session: Session) -> None:
            if release:
                serve_proposal(session, proposal_id=about, **said)
            else:
                tell_closing(session, closing_id=about, **said)

        self.ask("tell", who, work, refused=refused)

    @rule(person=PICK, hold=PICK)
    def object(self, person: int, hold: int) -> None:
        who, chosen = self.pick(person, hold)
        chosen.objections.append("open")
        self.oracle.touch(who)
        about: dict[str, Any] = {"hold_id": self.ids[id(chosen)], "objector": "person"}
        about |= {"acting": self.record.staff["casey"], "received_at": self.now()}
        done = self.ask("object", who, lambda s: record_objection(s, **about), refused=False)
        self.objections.append((who, chosen, len(chosen.objections) - 1, done))

    @precondition(lambda self: self.objections)
    @rule(number=PICK, sustained=st.sampled_from((False, False, True)))
    def answer(self, number: int, sustained: bool) -> None:
        who, hold, place, objection_id = self.objections[number % len(self.objections)]
        refused = hold.objections[place] != "open"
        if not refused:
            hold.objections[place] = "sustained" if sustained else "overruled"
        about: dict[str, Any] = {"acting": self.record.staff["sunny"], "sustained": sustained}
        about |= {"objection_id": objection_id}
        self.ask("answer", who, lambda s: answer_objection(s, **about), refused=refused)

    @rule(person=PICK, hold=PICK, by=SECOND, release=st.booleans())
    def end(self, person: int, hold: int, by: str, release: bool) -> None:
        self.end_hold(*self.pick(person, hold), by, release=release)

    def end_hold(self, who: int, hold: remembered.Hold, by: str, *, release: bool) -> None:
        about: dict[str, Any] = {"acting": self.record.staff[by], "hold_id": self.ids[id(hold)]}
        now = self.now()
        if release:
            refused = self.oracle.refuses_release(who, hold, by, now)
        else:
            refused = self.oracle.refuses_close(who, hold, by, now)
        if not refused:
            self.oracle.end(who, hold, release=release)
        work, act = (release_hold, "release") if release else (close_hold, self._closing(hold))
        self.ask(act, who, lambda s: work(s, **about), refused=refused)

    def _closing(self, hold: remembered.Hold) -> str:
        proposal = hold.latest(release=False)
        return f"close as {proposal.kind}" if proposal else "close"

    @rule(person=PICK, sound=st.sampled_from((True, True, False)))
    def choose_to_leave(self, person: int, sound: bool) -> None:
        who, at = person % PEOPLE, self.now()
        slip = SOUND if sound else dataclasses.replace(SOUND, officer_present=True)
        if sound:
            self.oracle.choose(who, at)
        about: dict[str, Any] = {"acting": self.record.staff["casey"], "slip": slip, "stated_at": at}
        about |= {"person_id": self.held[who].person_id}
        work = lambda s: record_statement(s, self.record.vault, **about)  # noqa: E731 - one line says it
        assert self.ask("choose to leave", who, work, refused=False) is sound
        self.wait(WAITS[0])  # what follows is later by any clock

    @rule(person=PICK, kind=st.sampled_from(OF_PEOPLE))
    def close_the_whole_way(self, person: int, kind: str) -> None:
        """Everything that closes the hold that somebody got last, where nothing else stands against it."""
        who = person % PEOPLE
        if kind == "stay_rejected":
            self.place(who, "field", stay=True)
        place = len(self.oracle.people[who].holds) - 1
        hold = self.oracle.people[who].holds[place]
        if kind == remembered.CHOSEN:
            self.choose_to_leave(who, sound=True)
        if kind in remembered.RESTS_ON:
            self.review(who, place, remembered.RESTS_ON[kind])
            self.verify_order(who, place, len(hold.orders) - 1, "sunny")
        self.close_proposed(who, place, kind, "casey", len(hold.orders) - 1)
        for whom in ("placer",) if kind == "stay_rejected" else ("person", "counsel"):
            if hold.proposals:
                self.tell(who, place, len(hold.proposals) - 1, whom)
        self.wait(WAITS[-1])
        if kind == remembered.CHOSEN:
            self.choose_to_leave(who, sound=True)
        self.end_hold(who, hold, "sol", release=False)
        for departure in sorted(remembered.LETS_GO.get(kind, ())):
            self.clear(who, departure)

    def go_the_whole_way(self, person: int) -> None:
        """Everything that frees somebody, in order: each step is foretold like any other."""
        who = person % PEOPLE
        for member in sorted(self.oracle.one_with(who)):
            self.serve(member, proven=True)
        for member in sorted(self.oracle.one_with(who)):
            for place, hold in enumerate(list(self.oracle.people[member].holds)):
                if hold.ended:
                    continue
                self.wait(WAITS[0])
                self.review(member, place, "denied")
                self.verify_order(member, place, len(hold.orders) - 1, "sunny")
                self.propose(member, place, len(hold.orders) - 1, "casey")
                for whom in ("person", "counsel"):
                    self.tell(member, place, len(hold.proposals) - 1, whom)
        self.wait(WAITS[-1])
        for member in sorted(self.oracle.one_with(who)):
            for hold in list(self.oracle.people[member].holds):
                self.end_hold(member, hold, "sol", release=True)

    @rule(person=PICK)
    def free(self, person: int) -> None:
        self.go_the_whole_way(person)

    # The gate.

    @rule(person=PICK, departure=DEPARTURES)
    def clear(self, person: int, departure: str) -> None:
        who, now = person % PEOPLE, self.now()
        leave = self.oracle.leave(who, now, departure)
        about: dict[str, Any] = {"acting": self.record.staff["field"], "destination": "CU"}
        about |= {"person_id": self.held[who].person_id, "departure_kind": DepartureKind(departure)}
        about |= {"question": asked_of(self.held[who])}
        work = lambda s: issue_clearance(s, self.record.database, **about)  # noqa: E731 - one line says it
        done = self.ask(f"clear for {departure}", who, work, refused=leave is None)
        if leave is not None:
            self.ids[id(leave)] = done
            self.leaves.append((who, leave))

    @rule(person=PICK, departure=DEPARTURES)
    def go(self, person: int, departure: str) -> None:
        """Clear, board and depart without a pause, as most do who are free."""
        self.clear(person, departure)
        if self.leaves and not self.leaves[-1][1].used:
            self.board(0)
        if self.boarded:
            self.depart()

    @precondition(lambda self: self.leaves)
    @rule(number=PICK)
    def board(self, number: int) -> None:
        who, leave = self.leaves[-1 - number % min(3, len(self.leaves))]
        refused = self.oracle.refuses_boarding(who, leave, self.now())
        about: dict[str, Any] = {"acting": self.record.staff["field"], "clearance_id": self.ids[id(leave)]}
        work = lambda s: record_boarding(s, self.record.database, **about)  # noqa: E731 - one line says it
        done = self.ask("board", who, work, refused=refused)
        if not refused:
            self.boarded.append((who, leave.departure, done))

    @precondition(lambda self: self.boarded)
    @rule()
    def depart(self) -> None:
        who, departure, removal = self.boarded.pop()
        field = self.record.staff["field"]
        done = self.ask("depart", who, lambda s: depart(s, acting=field, removal=removal), refused=False)
        assert done.recall == self.oracle.blocked(who, departure)

    # Two records of one person.

    def settle(self, one: int, other: int, kind: DoubtKind, verdict: Verdict) -> None:
        casey, sunny = self.record.staff["casey"], self.record.staff["sunny"]
        people = {"subject_id": self.held[one].person_id, "other_id": self.held[other].person_id}

        def work(session: Session) -> uuid.UUID:
            doubt_id = raise_doubt(session, acting=casey, kind=kind, **people)
            said: dict[str, Any] = {"doubt_id": doubt_id, "verdict": verdict, "reason": "The file."}
            judge(session, self.record.vault, acting=casey, **said)
            confirm_judgement(session, self.record.vault, acting=sunny, doubt_id=doubt_id)
            return doubt_id

        self.ask(kind.value, one, work, refused=False)

    @precondition(lambda self: not self.oracle.pairs)
    @rule(person=PICK, further=st.integers(1, PEOPLE - 1))
    def merge(self, person: int, further: int) -> None:
        one, two = person % PEOPLE, (person + further) % PEOPLE
        self.oracle.merge(one, two)
        self.settle(one, two, DoubtKind.SAME_PERSON, Verdict.POSITIVE)

    @precondition(lambda self: self.oracle.pairs)
    @rule()
    def split(self) -> None:
        one, other = self.oracle.pairs[0]
        self.oracle.split(one, other)
        self.settle(one, other, DoubtKind.WRONG_MERGE, Verdict.NEGATIVE)
        self.keep_new(one)
        self.keep_new(other)
        self.look(other)
