"""A judge of races over two records that knows nothing of the gate's code: rows in, faults out.

Epochs below the merge's own are those of each gate alone; from the merge on both records have one order.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

Pair = tuple[uuid.UUID, uuid.UUID]


def by_rows(connection: Connection, pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Faults by pair: a clearance or a boarding over a hold of either, or by something voided."""

    def rows(query: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for row in connection.execute(text(query)):
            found.setdefault(_hex(row[0]), []).append((*map(_plain, row[1:]),))
        return found

    tables = {
        "hold": rows("SELECT person_id, epoch, id FROM hold"),
        "ending": rows("SELECT person_id, epoch, hold_id FROM hold_ending"),
        "clearance": rows("SELECT person_id, epoch, id FROM clearance"),
        "removal": rows("SELECT person_id, epoch, clearance_id FROM removal"),
    }
    merges = rows("SELECT person_id, epoch, other_id FROM record_merge")
    faults: dict[str, list[str]] = {}
    for pair in pairs:
        one, other = (person.hex for person in pair)
        joined = [epoch for epoch, into in merges.get(one, []) if into == other]
        lines = {
            person: {kind: table.get(person, []) for kind, table in tables.items()} for person in (one, other)
        }
        found = _faults(lines, joined[0] if joined else None)
        if found:
            faults[one] = found
    return faults


def _faults(lines: Mapping[str, Mapping[str, list[Any]]], joined: int | None) -> list[str]:
    faults = []
    for person, line in lines.items():
        for kind, word in (("clearance", "cleared"), ("removal", "boarded")):
            for epoch, _ in line[kind]:
                together = joined is not None and epoch > joined
                mine = list(lines) if together else [person]
                if any(_active(lines[p], epoch) for p in mine):
                    faults.append(f"somebody was {word} while a hold was active")
        issued = {clearance: epoch for epoch, clearance in line["clearance"]}
        for epoch, clearance in line["removal"]:
            before = issued.get(clearance)
            together = joined is not None and epoch > joined
            others = [
                e for p in (lines if together else [person]) for table in lines[p].values() for e, _ in table
            ]
            # Before the merge the other's epochs are of another order; no boarding may reach back there.
            if before is None or before >= epoch or (together and joined is not None and before <= joined):
                faults.append("a boarding used a clearance from before the merge, or none")
            elif any(before < e < epoch for e in others):
                faults.append("a boarding used a clearance that something had voided")
    after = [
        e for line in lines.values() for table in line.values() for e, _ in table if joined and e >= joined
    ]
    if len(set(after)) < len(after):
        faults.append("two writes claim one place behind the united gate")
    return faults


def _active(line: Mapping[str, list[Any]], epoch: int) -> bool:
    ended = {hold: at for at, hold in line["ending"]}
    return any(placed < epoch and not ended.get(hold, epoch) < epoch for placed, hold in line["hold"])


def by_clocks(person: str, answers: Mapping[str, Sequence[Mapping[str, Any]]], held: str) -> bool:
    """Whether this person's boarding was still to be committed when the hold had returned committed, and,
    where the hold is the other's, the merge had too."""
    holds = [a["returned"] for a in answers["holder"] if a["outcome"] == "held"]
    merges = [a["returned"] for a in answers["merger"] if a["outcome"] == "merged"]
    known = [max(h, m) for h in holds for m in merges] if held != person else holds
    boarded = [a["asked"] for a in answers["boarder"] if a["outcome"] == "boarded" and a["person"] == person]
    return any(returned < asked for returned in known for asked in boarded)


def _hex(value: object) -> str:
    return str(value).replace("-", "")


def _plain(value: object) -> object:
    return value if isinstance(value, int) else _hex(value)
