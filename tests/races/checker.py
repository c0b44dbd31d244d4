"""An independent checker of the gate's history: it knows the ledger and nothing else.

Rows in, faults out: `python -m tests.races.checker FILE` reads rows as JSON lines (`id`, `verb`, `subject`,
`person`, `codes`, `at`), prints each fault and fails if there is one. It imports nothing of Holdfast.

Every row about a gate tells the epoch that the gate reached with it, and of two rows behind one gate the one
with the lower epoch was committed first. From the epoch of a merge on, two people have one order.
"""

import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSED_BY: dict[str, set[str] | None] = {
    "released": None,
    "stay_rejected": None,
    "entered_in_error": None,
    "closed_departed_by_choice": {"voluntary_departure", "withdrawal"},
    "closed_extradited": {"extradition"},
}
"""The departures that an ended hold lets through, None for all; after any other end it goes on blocking."""


@dataclass(frozen=True)
class Row:
    """One ledger row, ids as text."""

    id: str
    verb: str
    subject: str
    person: str
    at: dt.datetime
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """What a row did behind the gate of a person."""

    person: str
    epoch: int
    at: dt.datetime
    kind: str
    subject: str
    codes: Mapping[str, Any]


@dataclass
class History:
    """Everything told of people whose gates were ever one."""

    events: list[Event] = field(default_factory=list)
    joins: list[tuple[int, str, str]] = field(default_factory=list)
    parts: list[tuple[int, str, str]] = field(default_factory=list)

    def one_with(self, person: str, epoch: int) -> set[str]:
        """Everyone who was the same person when the gate had that epoch, and the person."""
        members = {person}
        joined = [pair for pair in self.joins if pair[0] < epoch and not self._parted(pair, epoch)]
        while fresh := {p for _, *pair in joined if members & set(pair) for p in pair} - members:
            members |= fresh
        return members

    def _parted(self, join: tuple[int, str, str], epoch: int) -> bool:
        return any(join[0] < at < epoch and {one, other} == {*join[1:]} for at, one, other in self.parts)


def check(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Faults by person: whatever was cleared or boarded and must not have been."""
    histories = _histories(rows)
    faults: dict[str, list[str]] = {}
    for history in histories:
        for person, fault in _faults(history):
            faults.setdefault(person, []).append(fault)
    return faults


def _histories(rows: Iterable[Row]) -> list[History]:
    """Events by person, those of merged people together."""
    above: dict[str, str] = {}

    def top(person: str) -> str:
        while above.setdefault(person, person) != person:
            person = above[person]
        return person

    kept = sorted((row for row in rows if "epoch" in row.codes), key=lambda row: row.id)
    for row in kept:
        if row.verb == "records.merged":
            above[top(row.person)] = top(row.codes["with"])
    found: defaultdict[str, History] = defaultdict(History)
    for row in kept:
        history, epoch = found[top(row.person)], int(row.codes["epoch"])
        history.events.append(Event(row.person, epoch, row.at, row.verb, row.subject, row.codes))
        if row.verb == "records.merged":
            history.joins.append((epoch, row.person, row.codes["with"]))
        if row.verb == "records.split":
            history.parts.append((epoch, row.person, row.codes["from"]))
    for history in found.values():
        history.events.sort(key=lambda event: (event.epoch, event.at))
    return list(found.values())


def _faults(history: History) -> Iterator[tuple[str, str]]:
    yield from _disorder(history)
    used: set[str] = set()
    for event in history.events:
        if event.kind == "clearance.issued" and _held(history, event, event.codes["departure"]):
            yield event.person, "a clearance was issued while a hold was active"
        if event.kind == "removal.boarded":
            clearance_id = event.codes["clearance"]
            if clearance_id in used:
                yield event.person, "a clearance was used twice"
            used.add(clearance_id)
            yield from ((event.person, fault) for fault in _boarding_faults(history, event))


def _boarding_faults(history: History, boarding: Event) -> Iterator[str]:
    """What is wrong with a boarding and the clearance that it names."""
    issued = [
        event
        for event in history.events
        if event.kind == "clearance.issued"
        and event.subject == boarding.codes["clearance"]
        and event.person == boarding.person
    ]
    if not issued:
        yield "somebody was boarded without a clearance of theirs"
        return
    clearance = issued[0]
    if _held(history, boarding, clearance.codes["departure"]):
        yield "somebody was boarded while a hold was active"
    together = history.one_with(boarding.person, boarding.epoch)
    if clearance.epoch >= boarding.epoch or any(
        clearance.epoch < event.epoch < boarding.epoch and event.person in together
        for event in history.events
    ):
        yield "a boarding used a clearance that something had voided"
    if boarding.at >= dt.datetime.fromisoformat(clearance.codes["expires"]):
        yield "a boarding used a clearance after its end"


def _held(history: History, at: Event, departure: str) -> bool:
    """Whether a hold that was placed before still blocked the departure."""
    together = history.one_with(at.person, at.epoch)
    before = [event for event in history.events if event.epoch < at.epoch and event.person in together]
    held: set[str] = set()
    for event in before:
        if event.kind == "hold.placed":
            held.add(event.subject)
        elif event.kind == "exposure.recorded":
            held.add(event.codes["hold"])
    for event in before:
        if event.kind in {"hold.released", "hold.closed"}:
            passed = PASSED_BY.get(event.codes.get("kind", "released"), set())
            if passed is None or departure in passed:
                held.discard(event.subject)
    return bool(held)


def _disorder(history: History) -> Iterator[tuple[str, str]]:
    """Epochs are an order only if no two rows claim one place, and the clock agrees with them."""
    for number, event in enumerate(history.events):
        before = history.events[:number]
        together = history.one_with(event.person, event.epoch)
        told = (event.kind, event.subject)  # a merge is told once for each of the two
        mine = [o for o in before if o.person in together and (o.kind, o.subject) != told]
        if any(other.epoch == event.epoch for other in mine):
            yield event.person, "two rows claim one place behind the gate"
        if any(other.epoch < event.epoch and other.at > event.at for other in mine):
            yield event.person, "a later place behind the gate has an earlier time"


def read_rows(path: Path) -> Iterator[Row]:
    """Rows from JSON lines."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            yield Row(**{**told, "at": dt.datetime.fromisoformat(told["at"])})


def main(path: str) -> int:
    """Check a file of rows; 1 where something is wrong with it."""
    faults = check(read_rows(Path(path)))
    for person, found in sorted(faults.items()):
        sys.stdout.write(f"{person}: {'; '.join(found)}\n")
    sys.stdout.write(f"{sum(map(len, faults.values()))} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
