"""What the ledger holds that nobody decided on yet, and who could be told of it."""

import time
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from holds.domain.alarm_contact import ContactWay, Duty
from holds.domain.staff import Role
from holds.store.alarm_contacts import AlarmContact
from holds.store.counsel_links import CounselLink
from holds.store.ledger_rows import LedgerRow
from holds.store.manifests import Manifest
from holds.store.staff import Actor
from holds.store.transmissions import Transmission, waiting
from holds.store.vault import Vault, open_json
from notify.domain.alarm import CHECKED, VERBS
from notify.store.alarms import AlarmedRow

_ALARMER = 0x616C6172
_PLAIN = sorted(VERBS - {CHECKED, "task.raised", "task.reopened"})


@dataclass(frozen=True)
class AlarmRow:
    """A ledger row to decide on."""

    id: uuid.UUID
    verb: str
    organisation_id: uuid.UUID
    subject_id: uuid.UUID
    person_id: uuid.UUID | None
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class OnCall:
    """Somebody of ours who is called, in the order of `rank`."""

    id: uuid.UUID
    role: Role
    rank: int
    way: ContactWay


def rows_before(seconds: float) -> uuid.UUID:
    """The smallest id that a row written so many seconds ago can have: ids begin with their time (UUIDv7)."""
    milliseconds = max(0, time.time_ns() // 1_000_000 - int(seconds * 1000))
    return uuid.UUID(int=milliseconds << 80)


def only_alarmer(session: Session) -> None:
    """Wait until no other transaction decides on alarms. SQLite has one writer at a time already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_ALARMER)))


def undecided(
    session: Session, since: uuid.UUID | None, kinds: Collection[str], limit: int
) -> list[AlarmRow]:
    """Rows that may alarm and were not decided on, oldest first; `kinds`: the tasks that are alarms.

    `since` keeps the look short: it comes every second, over the rows of the last minutes only.
    """
    told = LedgerRow.verb.in_(_PLAIN)
    refused = and_(
        LedgerRow.verb == CHECKED,
        LedgerRow.person_id.is_not(None),
        LedgerRow.codes["decision"].as_string() == "blocked",
    )
    tasks = and_(
        LedgerRow.verb.in_(("task.raised", "task.reopened")),
        LedgerRow.codes["kind"].as_string().in_(list(kinds)),
    )
    query = (
        select(
            LedgerRow.id,
            LedgerRow.verb,
            LedgerRow.organisation_id,
            LedgerRow.subject_id,
            LedgerRow.person_id,
            LedgerRow.codes,
        )
        .where(
            LedgerRow.verb.in_(sorted(VERBS)),
            or_(told, refused, tasks),
            ~exists().where(AlarmedRow.ledger_row_id == LedgerRow.id),
        )
        .order_by(LedgerRow.id)
        .limit(limit)
    )
    rows = session.execute(query if since is None else query.where(LedgerRow.id >= since))
    return [AlarmRow(*row) for row in rows]


@dataclass(frozen=True)
class WrittenContact:
    """A contact that a field office wrote on a manifest: where it stands, and what it is."""

    place: int
    way: ContactWay


def written_contacts(manifest: Manifest) -> tuple[WrittenContact, ...]:
    """The contacts of a manifest, in order."""
    return tuple(WrittenContact(place, ContactWay(way)) for place, way in enumerate(manifest.contact_ways))


def written_value(session: Session, vault: Vault, manifest_id: uuid.UUID, place: int) -> str | None:
    """The opened address or number of one contact of a manifest; None where it is not there, or shredded."""
    manifest = manifests_of(session, [manifest_id]).get(manifest_id)
    key = vault.keys(session, [manifest_id]).get(manifest_id)
    if manifest is None or manifest.sealed_contacts is None or key is None:
        return None
    written = open_json(key, "manifest", "sealed_contacts", manifest_id, manifest.sealed_contacts)
    return str(written[place]) if place < len(written) else None


def manifests_of(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Manifest]:
    """By id."""
    return {row.id: row for row in session.scalars(select(Manifest).where(Manifest.id.in_(list(ids))))}


def links_of(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, CounselLink]:
    """By id."""
    wanted = select(CounselLink).where(CounselLink.id.in_(list(ids)))
    return {row.id: row for row in session.scalars(wanted)}


def transmissions_of(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Transmission]:
    """By id, those that still wait for an officer."""
    wanted = sorted(ids)
    found: dict[uuid.UUID, Transmission] = {}
    for start in range(0, len(wanted), 500):
        rows = session.scalars(
            select(Transmission).where(Transmission.id.in_(wanted[start : start + 500]), *waiting())
        )
        found |= {row.id: row for row in rows}
    return found


def office_contacts(
    session: Session, organisation_id: uuid.UUID
) -> dict[tuple[str, str], tuple[AlarmContact, ...]]:
    """Of every office, by kind and name, the first ranks first."""
    found: dict[tuple[str, str], tuple[AlarmContact, ...]] = {}
    rows = session.scalars(
        select(AlarmContact)
        .where(
            AlarmContact.duty != Duty.ON_CALL.value,
            AlarmContact.ended_at.is_(None),
            AlarmContact.organisation_id == organisation_id,
        )
        .order_by(AlarmContact.rank, AlarmContact.id)
    )
    for row in rows:
        place = (row.duty, row.office or "")
        found[place] = (*found.get(place, ()), row)
    return found


def on_call(session: Session, organisation_id: uuid.UUID) -> tuple[OnCall, ...]:
    """Who of our staff is on call, the first to be called first."""
    rows = session.execute(
        select(AlarmContact.id, Actor.role, AlarmContact.rank, AlarmContact.way)
        .join(Actor, Actor.id == AlarmContact.actor_id)
        .where(
            AlarmContact.duty == Duty.ON_CALL.value,
            AlarmContact.ended_at.is_(None),
            AlarmContact.organisation_id == organisation_id,
            Actor.active,
        )
        .order_by(AlarmContact.rank, AlarmContact.id)
    )
    return tuple(OnCall(row.id, Role(row.role), row.rank, ContactWay(row.way)) for row in rows)


def contact_values(session: Session, vault: Vault, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The opened address or number of each contact; one that ended, or was shredded, is not there."""
    keys = vault.keys(session, ids)
    rows = session.execute(
        select(AlarmContact.id, AlarmContact.sealed_value).where(
            AlarmContact.id.in_(list(ids)), AlarmContact.ended_at.is_(None)
        )
    )
    return {
        cid: keys[cid].open("alarm_contact", "sealed_value", cid, sealed).decode()
        for cid, sealed in rows
        if cid in keys
    }
