"""Writing the ledger: every row in the same transaction as what it tells (guarantee 14)."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from holds.domain.staff import Acting
from holds.store.base import new_id
from holds.store.driver import send
from holds.store.ledger_rows import LedgerDetail
from holds.store.outside import note_leaving
from holds.store.sealing import OwnerKey


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to tell. `codes` name nobody; `details` may, and are sealed under the person's `key`."""

    verb: str
    actor_id: uuid.UUID
    organisation_id: uuid.UUID
    subject_id: uuid.UUID
    person_id: uuid.UUID | None = None
    codes: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] | None = None
    key: OwnerKey | None = None
    id: uuid.UUID = field(default_factory=new_id)


def commitment(salt: bytes, details: bytes) -> bytes:
    """SHA-256 over a random 32-byte salt and the details: binding, and silent once the salt is shredded."""
    return hashlib.sha256(salt + details).digest()


def _rows(entry: Entry) -> tuple[dict[str, Any], dict[str, Any] | None]:
    salt = secrets.token_bytes(32)
    plain = b"{}"
    if entry.details:
        plain = json.dumps(entry.details, ensure_ascii=False, sort_keys=True, default=str).encode()
    row = {
        "id": entry.id.hex,
        "organisation_id": entry.organisation_id.hex,
        "actor_id": entry.actor_id.hex,
        "verb": entry.verb,
        "subject_id": entry.subject_id.hex,
        "person_id": entry.person_id.hex if entry.person_id else None,
        "codes": entry.codes,
        "commitment": commitment(salt, plain),
    }
    if entry.details is None:
        return row, None
    if entry.key is None:
        raise ValueError("ledger details are sealed under a key; put what names nobody into codes")
    sealed = entry.key.seal("ledger_detail", "sealed_details", entry.id, plain)
    return row, {"ledger_row_id": entry.id, "salt": salt, "sealed_details": sealed}


_INSERT = {
    # One statement however many rows: they are most of what a manifest costs.
    "postgresql": "INSERT INTO ledger_row (id, organisation_id, actor_id, verb, subject_id, person_id, "
    "codes, commitment, at) SELECT id, organisation_id, actor_id, verb, subject_id, person_id, codes, "
    "decode(commitment, 'hex'), holdfast_now() FROM json_to_recordset(%(rows)s::json) AS r(id uuid, "
    "organisation_id uuid, actor_id uuid, verb text, subject_id uuid, person_id uuid, codes json, "
    "commitment text)",
    "sqlite": "INSERT INTO ledger_row (id, organisation_id, actor_id, verb, subject_id, person_id, codes, "
    "commitment, at) VALUES (:id, :organisation_id, :actor_id, :verb, :subject_id, :person_id, :codes, "
    ":commitment, (SELECT now FROM holdfast_clock))",
}


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Past the mapper, which takes as long as everything else in a check together."""
    if connection.dialect.name == "postgresql":
        shown = [row | {"commitment": row["commitment"].hex()} for row in rows]
        send(connection, _INSERT["postgresql"], {"rows": json.dumps(shown, default=dict)})
        return
    plain = [row | {"codes": json.dumps(row["codes"], default=dict)} for row in rows]
    connection.exec_driver_sql(_INSERT["sqlite"], plain)


def write_ledger(session: Session, entries: Sequence[Entry]) -> list[uuid.UUID]:
    """Write rows in order and return their ids. The caller's transaction makes them true or not."""
    built = [_rows(entry) for entry in entries]
    if built:
        _insert(session.connection(), [row for row, _ in built])
        note_leaving(session, ((entry.id, entry.verb) for entry in entries))
    details = [detail for _, detail in built if detail is not None]
    if details:
        session.execute(insert(LedgerDetail), details)
    return [entry.id for entry in entries]


def tell(
    session: Session,
    acting: Acting,
    verb: str,
    subject_id: uuid.UUID,
    *,
    person_id: uuid.UUID | None = None,
    codes: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    key: OwnerKey | None = None,
) -> uuid.UUID:
    """Write one row of what `acting` did and return its id."""
    entry = Entry(
        verb=verb,
        actor_id=acting.id,
        organisation_id=acting.organisation_id,
        subject_id=subject_id,
        person_id=person_id,
        codes=codes or {},
        details=details,
        key=key,
    )
    return write_ledger(session, [entry])[0]
