"""Long-lived processes that race: each on connections of its own, started together by a barrier."""

import multiprocessing as mp
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from holds.actions.credentials import acting_of
from holds.domain.staff import Acting
from holds.store.engine import Database, make_engine
from holds.store.key_ring import read_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from tests.races.ends import Ends
from tests.races.line import Line
from tests.races.orders import Answer, Order, Race
from tests.races.through_actions import ActionWriter
from tests.races.writers import Writer
from wsgi import METADATA

SIZE = 3
"""Writers of one race, each in a process of its own."""
PATIENCE = 120
"""Seconds a writer waits for the others before it gives the whole crew up."""
Batch = tuple[str, bool, list[Order | None]]
"""Isolation level, whether writers follow merges, and what one racer does in race after race."""


class Racer:
    """One process's two ways to write."""

    def __init__(self, url: str, home: Path, ends: Ends) -> None:
        engine = make_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _hurry)
        database = Database(engine, Vault(read_ring(home / "keys.json"), home), METADATA)
        with database.reading() as session:
            staff = {actor.login: acting_of(actor) for actor in session.scalars(select(Actor))}
        self.actions = ActionWriter(database, staff)
        self.plain = _plain_writer(Line(engine), staff, ends)

    def at(self, isolation: str, *, follows: bool) -> None:
        self.actions.at(isolation)
        self.plain.isolation, self.plain.follows = isolation, follows

    def race(self, order: Order) -> Answer:
        """Do as ordered, and say from when to when."""
        writer: Any = self.actions if order.style == "action" else self.plain
        act: Callable[[Order], str] = getattr(writer, order.act)
        if order.until_end is not None:
            self.plain.wait_for_end(order.until_end)
        time.sleep(order.delay)
        began = time.monotonic_ns()
        outcome = act(order)
        return Answer(outcome, began, time.monotonic_ns())


def _plain_writer(line: Line, staff: dict[str, Acting], ends: Ends) -> Writer:
    ids = {login: acting.id for login, acting in staff.items()}
    return Writer(line, ids, staff["casey"].organisation_id, ends)


def _hurry(connection: Any, _record: Any) -> None:
    """Only a database that is thrown away may forget what it was told to keep."""
    connection.execute("PRAGMA synchronous = OFF")


def _answer(url: str, home: Path, barrier: Barrier, told: Any, orders: Connection) -> None:
    ends = Ends(told)
    racer = Racer(url, home, ends)
    orders.send([])
    while True:
        batch: Batch | None = orders.recv()
        if batch is None:
            return
        isolation, follows, mine = batch
        racer.at(isolation, follows=follows)
        answers: list[Answer | None] = []
        for order in mine:
            ends.next_race()
            barrier.wait(PATIENCE)
            answers.append(racer.race(order) if order else None)
        orders.send(answers)


class Crew:
    """Three racers who run one batch of races after another."""

    def __init__(self, url: str, home: Path) -> None:
        # From a server that has imported everything once: nine racers that each did would cost half a minute.
        context = mp.get_context("forkserver")
        context.set_forkserver_preload(["tests.races.crew"])
        self._barrier = context.Barrier(SIZE)  # kept: a racer that starts late still has to find it
        self._ends = context.RawArray("d", 2)
        self._racers: list[tuple[Any, Connection]] = []
        for _ in range(SIZE):
            mine, theirs = context.Pipe()
            given = (url, home, self._barrier, self._ends, theirs)
            process = context.Process(target=_answer, args=given, daemon=True)
            process.start()
            theirs.close()
            self._racers.append((process, mine))

    def ready(self) -> None:
        """Wait until all three are connected."""
        self.answers()

    def start(self, isolation: str, races: Sequence[Race], *, follows: bool = True) -> None:
        """Hand out a batch."""
        for place, (_, pipe) in enumerate(self._racers):
            pipe.send((isolation, follows, [race[place] for race in races]))

    def answers(self) -> list[tuple[Answer | None, ...]]:
        """What came of the batch, race by race. EOFError where a racer died."""
        return list(zip(*(pipe.recv() for _, pipe in self._racers), strict=True))

    def stop(self) -> None:
        for process, pipe in self._racers:
            if process.is_alive():
                pipe.send(None)
            process.join(10)
            pipe.close()
