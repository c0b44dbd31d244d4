"""How holds come, and notices and courts: the first half of a life, each answer foretold by the oracle."""

import abc
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.check_removal import answer_check
from holds.actions.place_hold import place_hold
from holds.actions.place_provisional_stay import StayForm, place_provisional_stay
from holds.actions.questions import Question
from holds.actions.record_review import record_review, verify_review
from holds.actions.record_service import dispute_services, record_service
from holds.actions.release_hold import propose_release
from holds.actions.verify_hold import verify_hold
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.domain.release import Refusal
from holds.domain.review import Forum, Outcome
from holds.store.gates import Gate, Hold
from holds.store.ledger_rows import LedgerRow
from tests.flows import oracle, remembered
from tests.holds.store.life import order, someone
from tests.holds.store.record import Held, Record, database_now
from tests.proven import PROVEN

PICK = st.integers(0, 1000)
STAFF = st.sampled_from(("casey", "sunny", "sol"))
SECOND = st.sampled_from(("sunny", "sol"))
OUTCOMES = st.sampled_from(
    ("denied", "remanded", "vacated", "dismissed", "granted", "terminated", "extradition_ordered")
)
PEOPLE = 3
REFUSED = object()


class Life(RuleBasedStateMachine):
    """Three people on record, and everything that may happen to their holds."""

    record: Record
    tally: dict[str, int]

    def __init__(self) -> None:
        super().__init__()
        self.oracle, self.held = oracle.Oracle(), list[Held]()
        self.ids: dict[int, uuid.UUID] = {}
        self.leaves: list[tuple[int, remembered.Leave]] = []
        self.boarded: list[tuple[int, str, uuid.UUID]] = []
        self.objections: list[tuple[int, remembered.Hold, int, uuid.UUID]] = []
        self.epochs: dict[uuid.UUID, int] = {}
        self.rows = 0

    @initialize(free=st.sampled_from((0, 1, 1, 2)))
    def arrive(self, free: int) -> None:
        """So many of them have been freed by a court before the rest begins."""
        for _ in range(PEOPLE):
            who, held = self.oracle.arrive(), someone(self.record)
            self.held.append(held)
            self.ids[id(self.oracle.people[who].holds[0])] = held.hold_id
        self.look(0)
        for who in range(free):
            self.go_the_whole_way(who)

    @abc.abstractmethod
    def go_the_whole_way(self, person: int) -> None:
        """Everything that frees somebody."""

    # What is asked of the house, and what is looked at afterwards.

    def ask(self, act: str, who: int, work: Callable[[Session], Any], *, refused: bool) -> Any:
        """Do it in a transaction; it must be refused if and only if the oracle says so."""
        try:
            with self.record.database.transaction() as session:
                done = work(session)
        except (RefusedError, IntegrityError) as error:
            done, why = REFUSED, str(error)
        else:
            why = str(done)
            done = REFUSED if isinstance(done, Refusal) else done
        assert (done is REFUSED) == refused, f"{act}: expected {'a refusal' if refused else 'none'}; {why}"
        said = f"{act}: {'refused' if refused else 'done'}"
        self.tally[said] = self.tally.get(said, 0) + 1
        self.look(who, told=not refused)
        return done

    def look(self, who: int, *, told: bool = False) -> None:
        """The check agrees with the oracle, the ledger grows, and no gate goes back."""
        people = [held.person_id for held in self.held]
        with self.record.database.reading() as session:
            count = select(func.count()).select_from(LedgerRow).where(LedgerRow.person_id.in_(people))
            rows = session.scalars(count).one()
            gates = select(Gate.person_id, Gate.epoch).where(Gate.person_id.in_(people))
            epochs: dict[uuid.UUID, int] = dict(session.execute(gates).all())
        assert rows > self.rows if told else rows >= self.rows, "an act without its ledger row"
        assert all(epochs[person] >= seen for person, seen in self.epochs.items()), "a gate went back"
        self.rows, self.epochs = rows, epochs
        for member in self.oracle.one_with(who):
            question = Question(a_number=self.held[member].number)
            field = self.record.staff["field"]
            answer = answer_check(self.record.database, acting=field, question=question)
            foretold = "blocked" if self.oracle.blocked(member) else "no_active_hold"
            assert answer.decision.value == foretold, (answer, foretold)
            self.rows += 1

    def now(self) -> dt.datetime:
        with self.record.database.reading() as session:
            return database_now(session)

    def pick(self, person: int, hold: int) -> tuple[int, remembered.Hold]:
        who = person % PEOPLE
        holds = self.oracle.people[who].holds
        return who, holds[hold % len(holds)]

    def keep_new(self, who: int) -> None:
        """Learn the id of a hold that an act placed by itself."""
        with self.record.database.reading() as session:
            found = select(Hold.id).where(Hold.person_id == self.held[who].person_id).order_by(Hold.epoch)
            for hold_id, hold in zip(session.scalars(found), self.oracle.people[who].holds, strict=True):
                self.ids[id(hold)] = hold_id

    def keep_all(self) -> None:
        """The same of an act that may have put back several holds of several records."""
        for who in range(PEOPLE):
            self.keep_new(who)

    # Holds come.

    @rule(person=PICK, placer=st.sampled_from(("casey", "field")), stay=st.booleans())
    def place(self, person: int, placer: str, stay: bool) -> None:
        who, acting = person % PEOPLE, self.record.staff[placer]
        about: dict[str, Any] = {"acting": acting, "person_id": self.held[who].person_id}
        self.oracle.place(who, placer, provisional=stay)

        def work(session: Session) -> str:
            if not stay:
                cites: dict[str, Any] = {"basis": Basis.HABEAS, "cites": "26-cv-1"}
                return place_hold(session, self.record.vault, **about, **cites)
            form = StayForm(basis=Basis.AUTOMATIC_STAY, rule="bia_appeal")
            return place_provisional_stay(session, self.record.vault, **about, form=form)

        self.ask("stay" if stay else "place", who, work, refused=False)
        self.keep_new(who)

    @rule(person=PICK, hold=PICK, by=STAFF)
    def verify(self, person: int, hold: int, by: str) -> None:
        who, chosen = self.pick(person, hold)
        refused = self.oracle.refuses_verification(who, chosen, by)
        self.ask(
            "verify hold",
            who,
            lambda s: verify_hold(s, acting=self.record.staff[by], hold_id=self.ids[id(chosen)]),
            refused=refused,
        )

    # Notices and courts.

    @rule(person=PICK, proven=st.booleans())
    def serve(self, person: int, proven: bool) -> None:
        who, at = person % PEOPLE, self.now()
        self.oracle.people[who].notices.append(remembered.Notice(at, proven))
        held, slip = self.held[who], PROVEN
        act = slip if proven else type(slip)(**{**vars(slip), "understood_second": False})
        about: dict[str, Any] = {"person_id": held.person_id, "exposure_id": held.exposure_id}
        about |= {"acting": self.record.staff["casey"], "act": act, "served_at": at}
        self.ask("serve", who, lambda s: record_service(s, self.record.vault, **about), refused=False)

    @rule(person=PICK)
    def dispute(self, person: int) -> None:
        who = person % PEOPLE
        about: dict[str, Any] = {"person_id": self.held[who].person_id, "disputed_by": "person"}
        about |= {"acting": self.record.staff["casey"]}
        refused = self.oracle.refuses_dispute(who)
        self.ask("dispute", who, lambda s: dispute_services(s, self.record.vault, **about), refused=refused)
        self.keep_all()

    @rule(person=PICK, hold=PICK, outcome=OUTCOMES)
    def review(self, person: int, hold: int, outcome: str) -> None:
        who, chosen = self.pick(person, hold)
        made = remembered.Order(outcome, self.now())
        refused = self.oracle.refuses_order(who, chosen, made)
        hold_id = self.ids[id(chosen)]

        def work(session: Session) -> uuid.UUID:
            times: dict[str, Any] = {"decided_at": made.decided, "served_at": made.decided}
            times["forum"] = Forum.DISTRICT_COURT if outcome == "extradition_ordered" else Forum.BIA
            form = order(session, outcome=Outcome(outcome), **times)
            casey = self.record.staff["casey"]
            return record_review(session, self.record.vault, acting=casey, hold_id=hold_id, form=form)

        done = self.ask("review", who, work, refused=refused)
        if not refused:
            self.ids[id(made)] = done
            self.keep_new(who)

    @rule(person=PICK, hold=PICK, number=PICK, by=SECOND)
    def verify_order(self, person: int, hold: int, number: int, by: str) -> None:
        who, chosen = self.pick(person, hold)
        if chosen.orders:
            made = chosen.orders[number % len(chosen.orders)]
            refused = self.oracle.refuses_order_verification(made)
            about: dict[str, Any] = {"acting": self.record.staff[by], "review_id": self.ids[id(made)]}
            self.ask("verify review", who, lambda s: verify_review(s, **about), refused=refused)

    # Ends.

    @rule(person=PICK, hold=PICK, number=PICK, by=STAFF)
    def propose(self, person: int, hold: int, number: int, by: str) -> None:
        who, chosen = self.pick(person, hold)
        if chosen.orders:
            made = chosen.orders[number % len(chosen.orders)]
            refused = self.oracle.refuses_proposal(who, chosen, made, by)
            about: dict[str, Any] = {"acting": self.record.staff[by], "hold_id": self.ids[id(chosen)]}
            review_id = self.ids[id(made)]
            done = self.ask(
                "propose release",
                who,
                lambda s: propose_release(s, **about, review_id=review_id),
                refused=refused,
            )
            if not refused:
                self.ids[id(chosen.proposals[-1])] = done
