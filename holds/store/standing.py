"""How the database stands at this moment: whose it is, of which version, and whether anybody may be answered.

One row, which every look at the gate reads along with the people (`gate_query.py`); by itself it is read
before anything is cleared or boarded (`openness.py`).
"""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from holds.store import migrate
from holds.store.clocks import clock_reasons
from holds.store.generation import GENERATION
from holds.store.key_ring import KeyRing, RingKey
from holds.store.outside import FOLDER, PLACE, Here, Outside, look_outside, restored

CHECKED_PURPOSES = (
    "wrap",
    "index.a_number",
    "index.name_birth_date",
    "index.name",
    "fingerprint",
    "ledger.sign",
)
NOT_CURRENT = "database.migrations_not_current"

_OBJECT = {"postgresql": "json_build_object", "sqlite": "json_object"}
_FACTS = {
    "postgresql": {
        "version": "(SELECT string_agg(version_num, ' ') FROM alembic_version)",
        "replica": "pg_is_in_recovery()",
        # A replica has no place in its own log to ask for.
        "place": f"CASE WHEN pg_is_in_recovery() THEN NULL ELSE ({PLACE}) END",
        "keys": "(SELECT string_agg(key_id || ':' || encode(value, 'hex'), ' ') FROM key_check)",
        "root": "(SELECT encode(root, 'hex') FROM ledger_head WHERE size = %(size)s)",
        "row": "EXISTS (SELECT 1 FROM ledger_row WHERE id = %(row)s::uuid)",
        "now": "public.holdfast_now()",
        "last": "(SELECT at FROM ledger_row ORDER BY id DESC LIMIT 1)",
    },
    "sqlite": {
        "version": "(SELECT group_concat(version_num, ' ') FROM alembic_version)",
        "replica": "0",
        "place": "'sqlite'",
        "keys": "(SELECT group_concat(key_id || ':' || hex(value), ' ') FROM key_check)",
        "root": "(SELECT hex(root) FROM ledger_head WHERE size = :size)",
        "row": "EXISTS (SELECT 1 FROM ledger_row WHERE id = :row)",
        "now": "(SELECT now FROM holdfast_clock)",
        "last": "(SELECT at FROM ledger_row ORDER BY id DESC LIMIT 1)",
    },
}
_SHARED = {
    "kind": "(SELECT kind FROM database_mark)",
    "database": "(SELECT database_id FROM database_mark)",
    "instance": "(SELECT instance_id FROM database_opening ORDER BY number DESC LIMIT 1)",
    "ahead": "(SELECT ahead_seconds FROM demo_clock)",
    "importing": "EXISTS (SELECT 1 FROM source_list WHERE state = 'importing')",
}


def _facts(dialect: str) -> str:
    pairs = (f"'{name}', {sql}" for name, sql in (_FACTS[dialect] | _SHARED).items())
    return f"CAST({_OBJECT[dialect]}({', '.join(pairs)}) AS text)"


STANDING = {dialect: f"{_facts(dialect)} AS facts, {GENERATION[dialect]} AS generation" for dialect in _FACTS}
"""SQL of the two columns that `standing_of` reads, by dialect."""


@dataclass(frozen=True)
class Standing:
    """What the row says. `restored`: codes of why this is not the database that was left open. `last`: when
    the newest ledger row was written; `ahead`: by how much a demonstration's clock was moved."""

    version: str | None
    replica: bool
    generation: str
    kind: str | None
    database_id: uuid.UUID | None
    keys: Mapping[str, str]
    restored: tuple[str, ...]
    importing: bool
    now: dt.datetime
    last: dt.datetime | None
    ahead: dt.timedelta

    @property
    def demo(self) -> bool:
        """Whether it was made by `holdfast demo`, and so may hold synthetic people alone."""
        return self.kind == "demo"


def outside_of(session: Session) -> Outside | None:
    """What is known outside of the database; to be read before the row is."""
    folder: Path | None = session.info.get(FOLDER)
    return None if folder is None else look_outside(folder)


def parameters(outside: Outside | None, dialect: str) -> dict[str, Any]:
    """The values that `STANDING` is asked with."""
    row = outside.last if outside else None
    shown = row.hex if row and dialect == "sqlite" else row
    return {"size": outside.marker.size if outside and outside.marker else 0, "row": shown}


def standing_of(facts: str, generation: str, outside: Outside | None) -> Standing:
    """The two columns, read."""
    said = json.loads(facts)
    here = Here(
        database_id=_id(said["database"]),
        instance_id=_id(said["instance"]),
        place=said["place"],
        root=None if said["root"] is None else said["root"].lower(),
        has_row=bool(said["row"]),
    )
    return Standing(
        version=said["version"],
        replica=bool(said["replica"]),
        generation=generation,
        kind=said["kind"],
        database_id=here.database_id,
        keys=_keys(said["keys"] or ""),
        restored=() if outside is None else restored(outside, here),
        importing=bool(said["importing"]),
        now=_time(said["now"]),
        last=None if said["last"] is None else _time(said["last"]),
        ahead=dt.timedelta(seconds=said["ahead"] or 0),
    )


def read_standing(session: Session) -> Standing:
    """The row by itself."""
    connection, outside = session.connection(), outside_of(session)
    dialect = connection.dialect.name
    statement = f"SELECT {STANDING[dialect]}"
    row = connection.exec_driver_sql(statement, parameters(outside, dialect)).one()
    return standing_of(row[0], row[1], outside)


def reasons_of(standing: Standing, ring: KeyRing, shape: tuple[str, ...]) -> tuple[str, ...]:
    """Why the database is closed, as codes. `shape`: what was found of its triggers and tables."""
    if standing.version != shipped_version():
        return (NOT_CURRENT,)
    reasons = [*(("database.replica",) if standing.replica else ()), *shape]
    if standing.database_id is None:
        return (*reasons, "database.not_initialised")
    if standing.keys != expected_keys(ring, standing.database_id):
        reasons.append("keys.not_of_this_database")
    if not standing.replica:
        reasons += standing.restored
    if "database.triggers_changed" not in shape:  # a clock that is not as shipped is no witness
        reasons += clock_reasons(
            standing.database_id, now=standing.now, last=standing.last, ahead=standing.ahead
        )
    if standing.importing:
        reasons.append("import.unfinished")
    return tuple(reasons)


def shipped_version() -> str:
    """The revision that this code was shipped with."""
    return migrate.head()


def check_value(key: RingKey, database_id: object) -> bytes:
    """What only this key gives for this database."""
    return key.digest(f"holdfast key check\x1f{key.purpose}\x1f{database_id}".encode())


@lru_cache(maxsize=8)
def expected_keys(ring: KeyRing, database_id: uuid.UUID) -> Mapping[str, str]:
    """The check values, in hex, of the ring that this database was made with, if it is this one."""
    checked = (key for key in ring.keys if key.purpose in CHECKED_PURPOSES)
    return {key.id: check_value(key, database_id).hex() for key in checked}


@lru_cache(maxsize=8)
def _keys(text: str) -> Mapping[str, str]:
    return dict(pair.split(":") for pair in text.lower().split())


def _time(text: str) -> dt.datetime:
    """SQLite writes no offset: there it is UTC."""
    time = dt.datetime.fromisoformat(text)
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def _id(text: str | None) -> uuid.UUID | None:
    return None if text is None else uuid.UUID(text)
