"""A process to be killed: `python -m tests.faults.worker URL HOME RUNS CALL COUNT STEP`.

It reads people's ids from standard input (one held, one free), and for each run forks a child that checks,
clears, boards and places a hold, and says on standard output what it was told was done, each
right after it was. strace kills at the COUNT-th CALL of a process: a child makes some of these calls before
it begins, each STEP fewer than the one before it, so that each dies that much later in its work. With CALL
`none` every child is killed at some moment.
"""

import json
import os
import random
import signal
import socket
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from holds.actions.check_removal import answer_check
from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.credentials import acting_of
from holds.actions.place_hold import place_hold
from holds.actions.questions import Question
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.staff import Acting
from holds.store.engine import Database, make_engine
from holds.store.key_ring import read_ring
from holds.store.staff import Actor
from holds.store.vault import Vault
from wsgi import METADATA


def say(what: str, told: object) -> None:
    """One whole line in one write: a pipe gives it whole or not at all."""
    os.write(1, (json.dumps([what, str(told)]) + "\n").encode())


def work(url: str, home: Path, people: list[dict[str, str]]) -> None:
    """Everything that is done at the gate, once, to the last of the people given."""
    ring = read_ring(home / "keys.json")
    database = Database(make_engine(url), Vault(ring, home), METADATA, outside=home / "heads")
    with database.reading() as session:
        staff = {actor.login: acting_of(actor) for actor in session.scalars(select(Actor))}
    say("begun", "")
    for person in people:
        visit(database, staff, uuid.UUID(person["person"]), person["number"])
    say("done", "")


def visit(database: Database, staff: dict[str, Acting], person_id: uuid.UUID, number: str) -> None:
    """Check somebody, clear and board them where nothing holds them, and hold them in the end."""
    field = staff["field"]
    answer = answer_check(database, acting=field, question=Question(a_number=number))
    if answer.reference:
        say("ledger_row", answer.reference)
    say("answered", answer.decision.value)
    leave: dict[str, Any] = {"departure_kind": DepartureKind.REMOVAL, "destination": "CU"}
    leave["question"] = Question(a_number=number, name="Jane Doe", birth_date="1990-01-31")
    try:
        clearance = database.run(
            lambda session: issue_clearance(session, database, acting=field, person_id=person_id, **leave)
        )
        say("clearance", clearance)
        boarded = database.run(
            lambda session: record_boarding(session, database, acting=field, clearance_id=clearance)
        )
        say("removal", boarded)
    except BlockedError:
        say("refused", person_id)
    why: dict[str, Any] = {"basis": Basis.HABEAS, "cites": "1:26-cv-9"}
    casey, vault = staff["casey"], database.vault
    held = database.run(lambda session: place_hold(session, vault, acting=casey, person_id=person_id, **why))
    say("hold", held)


def spend(call: str, times: int, scratch: Path) -> None:
    """Make a system call so many times, where it changes nothing."""
    near, far = socket.socketpair()
    with scratch.open("wb") as file, near, far:
        calls: dict[str, Callable[[], object]] = {
            "pwrite64": lambda: os.pwrite(file.fileno(), b"x", 0),
            "fdatasync": lambda: os.fdatasync(file.fileno()),
            "sendto": lambda: near.send(b"x"),
        }
        for _ in range(times):
            calls[call]()


def main(url: str, home: Path, *, runs: int, call: str, count: int, step: int) -> None:
    people = json.loads(sys.stdin.readline())
    whole = 0.0
    for run in range(runs):
        if (child := os.fork()) == 0:
            try:
                if call != "none":
                    spend(call, count - 1 - run * step, home / "scratch")
                work(url, home, [people[0], people[1 + run]])
                os._exit(0)
            except Exception as error:
                say("failed", type(error).__name__)
                os._exit(1)
        began = time.monotonic()
        if call == "none" and run > 0:
            # The first, the slowest, shows how long it takes; the others die meanwhile, each a bit later.
            time.sleep(whole * 0.6 * (run - random.random()) / runs)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        whole = whole or time.monotonic() - began
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    _, where, folder, number, named, *counts = sys.argv
    main(where, Path(folder), runs=int(number), call=named, count=int(counts[0]), step=int(counts[1]))
