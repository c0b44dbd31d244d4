"""What a database that was put back has lost, told from the ledger rows that had left the host."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

STAYS_INSIDE = frozenset(
    {
        "removal.checked",
        "removal.check_closed",
        "removal.candidate_refused",
        "person.seen",
        "person.sought",
        "hold.transmission_read",
        "closing.reasons_read",
    }
)
"""Looks and questions: many, and nothing that anybody is held or released by."""
KINDS_INSIDE = frozenset(
    {
        "task",
        "notice",
        "delivery",
        "batch",
        "spool",
        "lease",
        "posture",
        "contact",
        "language",
        "place",
        "link",
    }
)
HARMLESS = frozenset(
    {
        "hold.ended",
        "hold.released",
        "service.recorded",
        "hold.transmitted",
        "hold.transmission_ended",
        "hold.acknowledged",
        "hold.unacknowledged",
    }
)
"""Without these rows somebody is held longer, or told again: never shorter."""
KINDS_HARMLESS = frozenset({"release", "clearance", "removal", "custody", "list", "row", "incident", "staff"})


KEY_REVOKED, KEY_MADE, DEACTIVATED = "client.key_revoked", "client.key_made", "staff.deactivated"
LOCKED, UNLOCKED = "client.locked", "client.unlocked"
FOUND_BY = frozenset({"person.number_added", "person.amended"})
"""Rows by which somebody could be found under more; `found_by` counts by how much, where it is told."""


@dataclass(frozen=True)
class OutsideRow:
    """A ledger row as it left the host: ids, a verb, codes. It names nobody."""

    id: uuid.UUID
    verb: str
    subject_id: uuid.UUID
    person_id: uuid.UUID | None
    codes: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps(
            {
                "id": str(self.id),
                "verb": self.verb,
                "subject": str(self.subject_id),
                "person": str(self.person_id) if self.person_id else None,
                "codes": dict(self.codes),
            },
            sort_keys=True,
            default=str,
        )

    @property
    def hold(self) -> str:
        """What it is about: the hold it names, else its subject. One lost thing, one new hold."""
        return str(self.codes.get("hold") or self.subject_id)


def read_outside_row(line: str) -> OutsideRow:
    """What `as_json` wrote; ValueError, KeyError or TypeError for a damaged line."""
    row = json.loads(line)
    person = row["person"]
    return OutsideRow(
        uuid.UUID(row["id"]),
        str(row["verb"]),
        uuid.UUID(row["subject"]),
        uuid.UUID(person) if person else None,
        dict(row["codes"]),
    )


def leaves_the_host(verb: str) -> bool:
    """Whether rows of this verb bear on who is held. A verb nobody thought of leaves."""
    return verb not in STAYS_INSIDE and verb.split(".", maxsplit=1)[0] not in KINDS_INSIDE


def protects(row: OutsideRow) -> bool:
    """Whether somebody could be held less without this row. A verb nobody thought of protects."""
    if row.person_id is None:
        return False
    return row.verb not in HARMLESS and row.verb.split(".")[0] not in KINDS_HARMLESS


@dataclass(frozen=True)
class Shut:
    """What had been taken back since the copy: keys by their references, clients that were locked and staff
    who were taken out, by id. `keys_made`: given since, and unknown here: they open nothing."""

    keys: tuple[str, ...] = ()
    clients: tuple[uuid.UUID, ...] = ()
    staff: tuple[uuid.UUID, ...] = ()
    keys_made: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lost:
    """`rows` are gone from the database. `held_again`: one row for each new hold to place, of people who
    are on record. `people` are not on record at all: nobody knows their names here any more."""

    rows: tuple[OutsideRow, ...]
    held_again: tuple[OutsideRow, ...]
    people: tuple[uuid.UUID, ...]
    damaged: int

    @property
    def shut(self) -> Shut:
        """What has to be taken back again. A client that was unlocked later stays open."""
        keys = dict.fromkeys(str(row.codes.get("key")) for row in self.rows if row.verb == KEY_REVOKED)
        made = dict.fromkeys(str(row.codes.get("key")) for row in self.rows if row.verb == KEY_MADE)
        locked = {row.subject_id: row.verb == LOCKED for row in self.rows if row.verb in (LOCKED, UNLOCKED)}
        return Shut(
            keys=tuple(keys),
            clients=tuple(sorted(client for client, is_locked in locked.items() if is_locked)),
            staff=tuple(sorted({row.subject_id for row in self.rows if row.verb == DEACTIVATED})),
            keys_made=tuple(key for key in made if key not in keys),
        )

    @property
    def renamed(self) -> tuple[uuid.UUID, ...]:
        """People on record whose later numbers and names are lost: under those a check does not find them."""
        added = {row.person_id for row in self.rows if row.verb in FOUND_BY and row.codes.get("found_by", 1)}
        return tuple(sorted(person for person in added if person is not None and person not in self.people))

    @property
    def digest(self) -> bytes:
        """What two people must have seen the same: SHA-256 over every id lost."""
        ids = "\n".join(str(row.id) for row in self.rows)
        return hashlib.sha256(f"{self.damaged}\n{ids}".encode()).digest()


def what_is_lost(
    outside: Collection[OutsideRow],
    *,
    known_rows: Collection[uuid.UUID],
    known_people: Collection[uuid.UUID],
    damaged: int,
) -> Lost:
    """Compare rows outside with the ids the database knows."""
    lost = {row.id: row for row in outside if row.id not in known_rows}
    rows = tuple(sorted(lost.values(), key=lambda row: row.id))
    again: dict[tuple[uuid.UUID | None, str], OutsideRow] = {}
    people: set[uuid.UUID] = set()
    for row in rows:
        if row.person_id is not None and row.person_id not in known_people:
            people.add(row.person_id)
        elif protects(row):
            again.setdefault((row.person_id, row.hold), row)
    return Lost(rows, tuple(again.values()), tuple(sorted(people)), damaged)
