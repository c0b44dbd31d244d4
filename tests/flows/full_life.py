"""What else may happen in a life: a choice taken back, counsel appearing, a removal in spite of a hold."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from holds.actions.report_violation import Report, report_violation
from holds.actions.state_choice import revoke_choice
from tests.flows.life_machine import PEOPLE, PICK
from tests.flows.remembered import RESTS_ON
from tests.flows.whole_life import WAITS, WholeLife
from tests.holds.store.ground import put_appearance


class FullLife(WholeLife):
    """A whole life, and everybody who has a part in it."""

    @rule(person=PICK)
    def revoke(self, person: int) -> None:
        """By word of mouth to an officer, whether or not anything was said or ended before."""
        who = person % PEOPLE
        about: dict[str, Any] = {"acting": self.record.staff["field"]}
        about["person_id"] = self.held[who].person_id
        self.wait(WAITS[0])
        self.oracle.revoke(who)
        self.ask("revoke", who, lambda s: revoke_choice(s, self.record.vault, **about), refused=False)
        self.keep_all()
        self.wait(WAITS[0])

    @rule(person=PICK, kind=st.sampled_from(tuple(RESTS_ON)))
    def close_by_a_court(self, person: int, kind: str) -> None:
        """The ends that no two people can bring about without an order."""
        self.close_the_whole_way(person, kind)

    @rule(person=PICK)
    def appear(self, person: int) -> None:
        """Counsel is to be told of everything from here on; what nobody told them bears no end."""
        who = person % PEOPLE
        if self.oracle.people[who].represented:
            return
        self.oracle.people[who].represented = True
        with self.record.database.transaction() as session:
            put_appearance(session, self.record, self.held[who])
        self.tally["appear: done"] = self.tally.get("appear: done", 0) + 1
        self.look(who)

    @rule(person=PICK)
    def report(self, person: int) -> None:
        """The family calls: they were removed, nobody knows when. Whoever was free is no violation."""
        who, now = person % PEOPLE, self.now()
        refused = self.oracle.refuses_report(who)
        told = Report(source="family", account="Calls from Havana", reported_at=now)
        about: dict[str, Any] = {"acting": self.record.staff["casey"], "report": told}
        about["person_id"] = self.held[who].person_id
        self.ask("report", who, lambda s: report_violation(s, self.record.vault, **about), refused=refused)
