"""A share of the races: each act through the action of the house, sessions, sealing and all."""

import time
import uuid
from collections.abc import Callable, Mapping

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.merge_people import merge_records
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.actions.release_hold import release_hold
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.release import Refusal
from holds.domain.staff import Acting
from holds.store.engine import Database
from holds.store.gate_lock import UnknownPersonError
from holds.store.judgements import Doubt
from tests.races.line import code_of
from tests.races.orders import Order
from tests.races.writers import AGAIN, ATTEMPTS

WAITED = {*AGAIN, "database is locked"}


class ActionWriter:
    """Calls the actions, one transaction each, and again where the database asks for it."""

    def __init__(self, database: Database, staff: Mapping[str, Acting]) -> None:
        self.database, self.staff = database, staff

    def at(self, isolation: str) -> None:
        """Work at that level from here on; SQLite has but one."""
        if self.database.engine.dialect.name != "sqlite":
            engine = self.database.engine.execution_options(isolation_level=isolation)
            self.database = Database(engine, self.database.vault, self.database.metadata)

    def hold(self, order: Order) -> str:
        def work(session: Session) -> str:
            place_hold(
                session,
                self.database.vault,
                acting=self.staff["casey"],
                person_id=order.person,
                basis=Basis.HABEAS,
                cites="race",
            )
            return "held"

        return self._until_done(work)

    def release(self, order: Order) -> str:
        def work(session: Session) -> str:
            assert order.hold is not None
            refusal = release_hold(session, acting=self.staff["sunny"], hold_id=order.hold)
            return f"refused: {refusal.reasons}" if isinstance(refusal, Refusal) else "released"

        return self._until_done(work)

    def merge(self, order: Order) -> str:
        def work(session: Session) -> str:
            assert order.judgement is not None
            doubt = session.get_one(Doubt, order.doubt)
            merge_records(session, self.staff["sunny"], doubt, order.judgement)
            return "merged"

        return self._until_done(work)

    def board(self, order: Order) -> str:
        assert order.clearance is not None
        return self._board(order.clearance)

    def leave(self, order: Order) -> str:
        """Clear, then board: two transactions, as at a real gate."""
        cleared: list[uuid.UUID] = []

        def work(session: Session) -> str:
            cleared.append(
                issue_clearance(
                    session,
                    self.database,
                    acting=self.staff["field"],
                    person_id=order.person,
                    question=Question(a_number="A900000000", name="Jane Doe", birth_date="1990-01-31"),
                    departure_kind=DepartureKind.REMOVAL,
                    destination="CU",
                )
            )
            return "cleared"

        answer = self._once(work)
        return self._board(cleared[-1]) if answer == "cleared" else answer

    def _board(self, clearance_id: uuid.UUID) -> str:
        def work(session: Session) -> str:
            record_boarding(session, self.database, acting=self.staff["field"], clearance_id=clearance_id)
            return "boarded"

        return self._once(work)

    def _once(self, work: Callable[[Session], str]) -> str:
        try:
            with self.database.transaction() as session:
                return work(session)
        except (BlockedError, UnknownPersonError) as error:
            return f"refused: {str(error).removeprefix('blocked: ')}"
        except DBAPIError as error:
            return f"refused: {code_of(error)}"

    def _until_done(self, work: Callable[[Session], str]) -> str:
        answer = ""
        for _ in range(ATTEMPTS):
            answer = self._once(work)
            if answer.removeprefix("refused: ") not in WAITED:
                return answer
            time.sleep(0.001)
        return f"gave up: {answer}"
