"""The whole life of holds against an oracle: blocked iff a hold is active, refused iff it must be.

On both databases, with the demo's clock. HOLDFAST_LIVES sets how many lives each lives through; the default
keeps it under forty seconds a database.
"""

import datetime as dt
import os
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from holds.actions.clear_removal import issue_clearance, record_boarding
from holds.actions.close_hold import close_hold, propose_closing, tell_closing
from holds.actions.judge import confirm_judgement, judge, raise_doubt
from holds.actions.object_to_release import answer_objection, record_objection
from holds.actions.release_hold import release_hold, serve_proposal
from holds.actions.removal_calls import depart
from holds.domain.closing import EndingKind
from holds.domain.departure import DepartureKind
from holds.domain.judgement import DoubtKind, Verdict
from holds.store.demo_time import move_clock
from tests.flows import oracle
from tests.flows.life_machine import PEOPLE, PICK, SECOND, STAFF, Life
from tests.holds.store.record import BACKENDS, Record, open_record

LIVES, STEPS = int(os.environ.get("HOLDFAST_LIVES", "6")), 30
CLOSINGS = st.sampled_from(("closed_deceased", "entered_in_error", "stay_rejected"))
WAITS = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=16),
    dt.timedelta(days=3),
    dt.timedelta(days=8, hours=1),
)


class WholeLife(Life):
    """And the second half: how they end, who is cleared and boards, who turns out to be one."""

    @rule(span=st.sampled_from(WAITS))
    def wait(self, span: dt.timedelta) -> None:
        with self.record.database.transaction() as session:
            move_clock(session, span)

    @rule(person=PICK, hold=PICK, kind=CLOSINGS, by=STAFF)
    def close_proposed(self, person: int, hold: int, kind: str, by: str) -> None:
        who, chosen = self.pick(person, hold)
        refused = self.oracle.refuses_closing(chosen, kind, by)
        about: dict[str, Any] = {"acting": self.record.staff[by], "hold_id": self.ids[id(chosen)]}
        about |= {"kind": EndingKind(kind), "reasons": "As told", "document": b"paper"}
        work = lambda s: propose_closing(s, self.record.vault, **about)  # noqa: E731 - one line says it
        done = self.ask("propose closing", who, work, refused=refused)
        if not refused:
            self.ids[id(chosen.proposals[-1])] = done

    @rule(person=PICK, hold=PICK, number=PICK, placer=st.booleans())
    def tell(self, person: int, hold: int, number: int, placer: bool) -> None:
        who, chosen = self.pick(person, hold)
        if not chosen.proposals:
            return
        proposal, at = chosen.proposals[number % len(chosen.proposals)], self.now()
        release = proposal.kind == "released"
        whom = "placer" if placer and not release else "person"
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

    def end_hold(self, who: int, hold: oracle.Hold, by: str, *, release: bool) -> None:
        about: dict[str, Any] = {"acting": self.record.staff[by], "hold_id": self.ids[id(hold)]}
        now = self.now()
        if release:
            refused = self.oracle.refuses_release(who, hold, by, now)
        else:
            refused = self.oracle.refuses_close(hold, by, now)
        if not refused:
            self.oracle.end(who, hold, release=release)
        work = release_hold if release else close_hold
        self.ask("release" if release else "close", who, lambda s: work(s, **about), refused=refused)

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
                self.tell(member, place, len(hold.proposals) - 1, placer=False)
        self.wait(WAITS[-1])
        for member in sorted(self.oracle.one_with(who)):
            for hold in list(self.oracle.people[member].holds):
                self.end_hold(member, hold, "sol", release=True)

    @rule(person=PICK)
    def free(self, person: int) -> None:
        self.go_the_whole_way(person)

    # The gate.

    @rule(person=PICK)
    def clear(self, person: int) -> None:
        who, now = person % PEOPLE, self.now()
        leave = self.oracle.leave(who, now)
        about: dict[str, Any] = {"acting": self.record.staff["field"], "destination": "CU"}
        about |= {"person_id": self.held[who].person_id, "departure_kind": DepartureKind.REMOVAL}
        work = lambda s: issue_clearance(s, self.record.database, **about)  # noqa: E731 - one line says it
        done = self.ask("clear", who, work, refused=leave is None)
        if leave is not None:
            self.ids[id(leave)] = done
            self.leaves.append((who, leave))

    @precondition(lambda self: self.leaves)
    @rule(number=PICK)
    def board(self, number: int) -> None:
        who, leave = self.leaves[-1 - number % min(3, len(self.leaves))]
        refused = self.oracle.refuses_boarding(who, leave, self.now())
        about: dict[str, Any] = {"acting": self.record.staff["field"], "clearance_id": self.ids[id(leave)]}
        work = lambda s: record_boarding(s, self.record.database, **about)  # noqa: E731 - one line says it
        done = self.ask("board", who, work, refused=refused)
        if not refused:
            self.boarded.append((who, done))

    @precondition(lambda self: self.boarded)
    @rule()
    def depart(self) -> None:
        who, removal = self.boarded.pop()
        field = self.record.staff["field"]
        done = self.ask("depart", who, lambda s: depart(s, acting=field, removal=removal), refused=False)
        assert done.recall == self.oracle.blocked(who)

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

    @rule(person=PICK, other=PICK)
    def merge(self, person: int, other: int) -> None:
        one, two = person % PEOPLE, other % PEOPLE
        if one == two or len(self.oracle.one_with(one) | self.oracle.one_with(two)) > 2 or self.oracle.pairs:
            return
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


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def test_every_life_of_a_hold_goes_as_the_oracle_says(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    tally: dict[str, int] = {}
    machine = type("Machine", (WholeLife,), {"record": record, "tally": tally})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
    with capsys.disabled():
        told = ", ".join(f"{said} {count}" for said, count in sorted(tally.items()))
        sys.stdout.write(f"\n{LIVES} lives on {record.backend}: {told}\n")
    assert tally.get("release: done"), "nobody was ever freed: the machine proves nothing"
    assert tally.get("board: done", 0) + tally.get("clear: done", 0)
