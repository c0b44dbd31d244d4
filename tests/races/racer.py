"""One process of a race: `python -m tests.races.racer URL HOME holder|boarder`.

It reads one JSON order a line and answers each with one: what came of it, and when by the machine's
monotonic clock, which all processes share. `plain` writers take no lock of their own and state what they
read: only the triggers stand between them. The others are the actions of the house.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from holds.actions.clear_removal import LIFE, BlockedError, issue_clearance, record_boarding
from holds.actions.credentials import acting_of
from holds.actions.place_hold import place_hold
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.store.base import holdfast_now, new_id
from holds.store.engine import Database, make_engine, refusal_code
from holds.store.gates import Clearance, Gate, Hold, Removal
from holds.store.held import active_bases
from holds.store.key_ring import read_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from wsgi import METADATA

PLACING_ATTEMPTS = 60


class Racer:
    """Does what it is told to one person after another."""

    def __init__(self, url: str, home: Path) -> None:
        self.engine = make_engine(url)
        self.sqlite = self.engine.dialect.name == "sqlite"
        self.database = Database(self.engine, Vault(read_ring(home / "keys.json"), home), METADATA)
        with self.database.reading() as session:
            staff = {actor.login: acting_of(actor) for actor in session.scalars(select(Actor))}
        self.casey, self.field = staff["casey"], staff["field"]

    def at(self, isolation: str) -> None:
        """Work at another isolation level from here on; SQLite has but one."""
        if not self.sqlite:
            engine = self.engine.execution_options(isolation_level=isolation)
            self.database = Database(engine, self.database.vault, METADATA)

    def hold(self, person_id: uuid.UUID, order: dict[str, Any]) -> dict[str, Any]:
        """Place a hold, and go on trying: a placement must get through."""
        for _ in range(PLACING_ATTEMPTS):
            try:
                if order["plain"]:
                    return self._plain_hold(person_id)
                committed = self._committed(
                    lambda session: place_hold(
                        session,
                        self.database.vault,
                        acting=self.casey,
                        person_id=person_id,
                        basis=Basis.HABEAS,
                        cites="race",
                    )
                )
                return {"outcome": "held", **committed}
            except DBAPIError:
                time.sleep(0.001)
        return {"outcome": "gave up"}

    def board(self, person_id: uuid.UUID, order: dict[str, Any]) -> dict[str, Any]:
        """Clear and board, in two transactions as at a real gate."""
        try:
            return self._plain_board(person_id, order) if order["plain"] else self._board(person_id)
        except BlockedError as error:
            return {"outcome": "refused", "code": str(error)}
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            return {"outcome": "refused", "code": refusal_code(error) or state}

    def _committed(self, work: Callable[[Session], Any]) -> dict[str, Any]:
        """Work in a transaction: when the commit was asked for, and when it had returned."""
        with Session(self.database.engine, expire_on_commit=False) as session:
            work(session)
            asked = time.monotonic_ns()
            session.commit()
        return {"asked": asked, "returned": time.monotonic_ns()}

    def _board(self, person_id: uuid.UUID) -> dict[str, Any]:
        cleared: list[uuid.UUID] = []
        self._committed(
            lambda session: cleared.append(
                issue_clearance(
                    session,
                    self.database,
                    acting=self.field,
                    person_id=person_id,
                    departure_kind=DepartureKind.REMOVAL,
                    destination="CU",
                )
            )
        )
        committed = self._committed(
            lambda session: record_boarding(
                session, self.database, acting=self.field, clearance_id=cleared[0]
            )
        )
        return {"outcome": "boarded", **committed}

    def _seen(self, session: Session, person_id: uuid.UUID) -> int:
        return session.scalars(select(Gate.epoch).where(Gate.person_id == person_id)).one()

    def _plain_hold(self, person_id: uuid.UUID) -> dict[str, Any]:
        def place(session: Session) -> None:
            row = {
                "person_id": person_id,
                "basis": "habeas",
                "sealed_cites": b"sealed",
                "placed_by": self.casey.id,
            }
            row |= {"organisation_id": self.casey.organisation_id}
            session.execute(insert(Hold), [{**row, "epoch": self._seen(session, person_id) + 1}])

        return {"outcome": "held", **self._committed(place)}

    def _plain_board(self, person_id: uuid.UUID, order: dict[str, Any]) -> dict[str, Any]:
        clearance_id, stated = new_id(), 0

        def decide(session: Session) -> None:
            nonlocal stated
            if active_bases(session, [person_id])[person_id]:
                raise BlockedError("hold.active")
            stated = self._seen(session, person_id) + 1
            time.sleep(order["pause"])

        def clear(session: Session) -> None:
            if not self.sqlite:
                decide(session)
            row = {"id": clearance_id, "person_id": person_id, "epoch": stated, "destination": "CU"}
            row |= {"departure_kind": "removal", "issued_to": self.field.id}
            row |= {"expires_at": session.scalars(select(holdfast_now())).one() + LIFE}
            session.execute(insert(Clearance), [row])

        def use(session: Session) -> None:
            row = {"person_id": person_id, "epoch": stated + 1, "clearance_id": clearance_id}
            session.execute(insert(Removal), [{**row, "recorded_by": self.field.id}])

        if self.sqlite:  # one writer at a time: whoever decides within the write lock cannot be raced
            with self.database.reading() as session:
                decide(session)
        self._committed(clear)
        return {"outcome": "boarded", **self._committed(use)}


def answer_orders(racer: Racer, act: Callable[[uuid.UUID, dict[str, Any]], dict[str, Any]]) -> None:
    """Answer one order a line until there are no more."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        order = json.loads(line)
        racer.at(order["isolation"])
        time.sleep(order["delay"])
        answer = act(uuid.UUID(order["person"]), order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main(url: str, home: str, role: str) -> None:
    """Hold or board, as the role says."""
    racer = Racer(url, Path(home))
    answer_orders(racer, racer.hold if role == "holder" else racer.board)


if __name__ == "__main__":
    main(*sys.argv[1:])
