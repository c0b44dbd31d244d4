"""Two judges of a race that know nothing of the gate's code: one reads epochs, one compares clocks."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text


@dataclass
class Line:
    """What stands behind one gate, by the epochs that were stated."""

    gate: int
    holds: list[tuple[str, int]] = field(default_factory=list)
    endings: dict[str, int] = field(default_factory=dict)
    clearances: dict[str, int] = field(default_factory=dict)
    removals: list[tuple[str, int]] = field(default_factory=list)

    def epochs(self) -> list[int]:
        return [
            *(epoch for _, epoch in self.holds),
            *self.endings.values(),
            *self.clearances.values(),
            *(epoch for _, epoch in self.removals),
        ]

    def active(self, epoch: int) -> bool:
        """Whether a hold placed before this epoch had not ended before it."""
        return any(
            placed < epoch and not self.endings.get(hold, epoch) < epoch for hold, placed in self.holds
        )


def by_epochs(connection: Connection, person_ids: Iterable[uuid.UUID]) -> dict[str, list[str]]:
    """Faults by person, from the rows alone: nothing is cleared or boarded while a hold is active.

    The epochs are an order only if no two writes claim the same place and none lies beyond the gate.
    """
    wanted = {person_id.hex for person_id in person_ids}
    lines: dict[str, Line] = {}

    def rows(query: str) -> list[Any]:
        found = connection.execute(text(query)).all()
        return [(_hex(row[0]), *row[1:]) for row in found if _hex(row[0]) in wanted]

    for person, epoch in rows("SELECT person_id, epoch FROM gate"):
        lines[person] = Line(epoch)
    for person, hold, epoch in rows("SELECT person_id, id, epoch FROM hold"):
        lines[person].holds.append((_hex(hold), epoch))
    for person, hold, epoch in rows("SELECT person_id, hold_id, epoch FROM hold_ending"):
        lines[person].endings[_hex(hold)] = epoch
    for person, clearance, epoch in rows("SELECT person_id, id, epoch FROM clearance"):
        lines[person].clearances[_hex(clearance)] = epoch
    for person, clearance, epoch in rows("SELECT person_id, clearance_id, epoch FROM removal"):
        lines[person].removals.append((_hex(clearance), epoch))
    return {person: faults for person, line in lines.items() if (faults := _faults(line))}


def _hex(value: object) -> str:
    return str(value).replace("-", "")


def _faults(line: Line) -> list[str]:
    epochs, faults = line.epochs(), []
    if len(set(epochs)) < len(epochs):
        faults.append("two writes claim one place behind the gate")
    if any(not 0 < epoch <= line.gate for epoch in epochs):
        faults.append("a write lies beyond what the gate counted")
    if any(line.active(epoch) for epoch in line.clearances.values()):
        faults.append("a clearance was issued while a hold was active")
    for clearance, epoch in line.removals:
        if line.active(epoch):
            faults.append("somebody was boarded while a hold was active")
        issued = line.clearances.get(clearance)
        if issued is None or any(issued < other < epoch for other in epochs) or issued >= epoch:
            faults.append("a boarding used a clearance that something had voided")
    return faults


def by_clocks(answers: Iterable[Mapping[str, Any]], holds: Iterable[Mapping[str, Any]]) -> bool:
    """Whether anybody's boarding was still to be committed when a hold had returned committed.

    A boarding whose commit is asked for after that must have been refused.
    """
    held = [hold["returned"] for hold in holds if hold["outcome"] == "held"]
    boarded = [answer["asked"] for answer in answers if answer["outcome"] == "boarded"]
    return any(returned < asked for returned in held for asked in boarded)
