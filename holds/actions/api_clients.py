"""Systems that ask: giving them keys, rotating and taking keys back, locking and unlocking."""

import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from holds.actions.credentials import acting_of
from holds.domain.client import DAILY_NUMBERS, ROLES, Allowance, Scope
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.domain.transmission import office_name
from holds.store.api_clients import ApiClient, ApiKey
from holds.store.base import holdfast_now, new_id, new_reference
from holds.store.driver import glance, to_driver
from holds.store.engine import Database
from holds.store.ledger import tell
from holds.store.staff import Actor

PER_MINUTE = 120
_KEY = re.compile(r"hf_([0-9A-Z]{10})_([0-9A-Za-z_-]{43})")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")


class ClientError(RefusedError):
    """The client or key could not be made or found as asked; the message says what to do."""


class WrongKeyError(RefusedError):
    """The key is unknown, taken back, or the client was shut; the message does not say which."""


class LockedClientError(RefusedError):
    """The client was locked for probing. Staff unlock it: holdfast client unlock."""


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client whose key was right."""

    acting: Acting
    scope: Scope
    allowance: Allowance


@dataclass(frozen=True, kw_only=True)
class ClientLine:
    """A client in a list; `keys` are references of the live ones, which open nothing."""

    reference: str
    name: str
    scope: Scope
    allowance: Allowance
    active: bool
    locked: bool
    keys: tuple[str, ...]


def add_client(
    session: Session,
    *,
    acting: Acting,
    name: str,
    scope: Scope,
    daily_numbers: int | None = None,
    per_minute: int = PER_MINUTE,
    office: str | None = None,
) -> str:
    """Add a client and return its first key, which is stored only as a digest.

    `office` is the AOR or DETLOC whose transmissions a field office's system may list.
    """
    require(acting, Verb.MANAGE_STAFF)
    if not _NAME.fullmatch(name):
        raise ClientError("Name a client in 3 to 60 small letters, digits and dashes.")
    if session.scalar(select(Actor.id).where(Actor.login == name)) is not None:
        raise ClientError(f"The name {name} was given before; choose another.")
    budget = DAILY_NUMBERS[scope] if daily_numbers is None else daily_numbers
    if scope is Scope.CARRIER and budget:
        raise ClientError("A carrier asks for no numbers: it sees the lines of a registered manifest only.")
    if office is not None and scope is not Scope.FIELD_OFFICE:
        raise ClientError(
            "Only a field office's or a facility's own system has an office (scope field_office)."
        )
    if budget < 0 or per_minute < 1:
        raise ClientError("A budget is no number below nought, and a rate at least one a minute.")
    client_id, now = new_id(), session.scalars(select(holdfast_now())).one()
    actor = {
        "id": client_id,
        "organisation_id": acting.organisation_id,
        "kind": "client",
        "login": name,
        "display_name": name,
        "role": ROLES[scope].value,
        "office": office_name(office),
    }
    session.execute(insert(Actor), [actor])
    row = {"id": client_id, "scope": scope.value, "per_minute": per_minute, "daily_numbers": budget}
    session.execute(insert(ApiClient), [{**row, "day": now.date()}])
    tell(session, acting, "client.added", client_id, codes={"scope": scope.value, "daily_numbers": budget})
    return _new_key(session, acting, client_id, slot=1)


def rotate_key(session: Session, *, acting: Acting, name: str) -> str:
    """A second key beside the one in use. Take the old one back when the new one is in place."""
    require(acting, Verb.MANAGE_STAFF)
    client_id = _client_id(session, acting, name)
    slots = session.scalars(select(ApiKey.slot).where(ApiKey.client_id == client_id)).all()
    free = [slot for slot in (1, 2) if slot not in slots]
    if not free:
        raise ClientError("Two keys are live; take one back first: holdfast client revoke-key REFERENCE")
    return _new_key(session, acting, client_id, slot=free[0])


def revoke_key(session: Session, *, acting: Acting, reference: str) -> None:
    """Take a key back, by its reference (the ten characters after `hf_`). It opens nothing from here on."""
    require(acting, Verb.MANAGE_STAFF)
    wanted = reference.strip().upper()
    client_id = session.scalar(
        select(ApiKey.client_id)
        .join(Actor, Actor.id == ApiKey.client_id)
        .where(ApiKey.reference == wanted, Actor.organisation_id == acting.organisation_id)
    )
    if client_id is None:
        raise ClientError("There is no such key; see: holdfast client list")
    session.execute(delete(ApiKey).where(ApiKey.reference == wanted))
    tell(session, acting, "client.key_revoked", client_id, codes={"key": wanted})


def unlock_client(session: Session, *, acting: Acting, name: str) -> None:
    """Let a client that was locked for probing ask again, its suspicion at nought."""
    require(acting, Verb.MANAGE_STAFF)
    client_id = _client_id(session, acting, name)
    session.execute(update(ApiClient).where(ApiClient.id == client_id).values(locked_at=None, suspicion=0))
    tell(session, acting, "client.unlocked", client_id)


def clients(session: Session, *, acting: Acting) -> tuple[ClientLine, ...]:
    """Every client of the organisation, by name."""
    require(acting, Verb.MANAGE_STAFF)
    found = session.execute(
        select(ApiClient, Actor)
        .join(Actor, Actor.id == ApiClient.id)
        .where(Actor.organisation_id == acting.organisation_id)
        .order_by(Actor.login)
    ).all()
    keys: dict[uuid.UUID, list[str]] = {}
    known = [client.id for client, _ in found]
    for client_id, reference in session.execute(
        select(ApiKey.client_id, ApiKey.reference).where(ApiKey.client_id.in_(known))
    ):
        keys.setdefault(client_id, []).append(reference)
    return tuple(
        ClientLine(
            reference=client.reference,
            name=actor.login,
            scope=Scope(client.scope),
            allowance=Allowance(per_minute=client.per_minute, daily_numbers=client.daily_numbers),
            active=actor.active,
            locked=client.locked_at is not None,
            keys=tuple(sorted(keys.get(client.id, ()))),
        )
        for client, actor in found
    )


def client_of_key(database: Database, key: str) -> Client:
    """Whose key this is; `WrongKeyError` or, where the key is right and the client locked, its own error."""
    read = _KEY.fullmatch(key)
    found = _whose(database, read.group(1) if read else "")
    if found is None or not hmac.compare_digest(found.digest, _digest(key)) or not found.active:
        raise WrongKeyError("This key opens nothing. Ask the administrator of Holdfast for another.")
    if found.locked:
        raise LockedClientError("This client is locked. Call the duty desk; until then everybody is blocked.")
    return Client(
        acting=acting_of(found),
        scope=Scope(found.scope),
        allowance=Allowance(per_minute=found.per_minute, daily_numbers=found.daily_numbers),
    )


class _Whose(NamedTuple):
    """What is known of a key: its digest, its client, and under whom the client stands in the ledger."""

    digest: bytes
    scope: str
    per_minute: int
    daily_numbers: int
    locked: bool
    active: bool
    id: uuid.UUID
    organisation_id: uuid.UUID
    login: str
    display_name: str
    role: str
    outside_removing_office: bool
    office: str | None


_KEYS, _CLIENTS = cast(Table, ApiKey.__table__), cast(Table, ApiClient.__table__)
_ACTORS = cast(Table, Actor.__table__)
_WHOSE = (
    select(
        _KEYS.c.digest,
        _CLIENTS.c.scope,
        _CLIENTS.c.per_minute,
        _CLIENTS.c.daily_numbers,
        _CLIENTS.c.locked_at.is_not(None),
        _ACTORS.c.active,
        *(_ACTORS.c[name] for name in _Whose._fields[6:]),
    )
    .join(_CLIENTS, _CLIENTS.c.id == _KEYS.c.client_id)
    .join(_ACTORS, _ACTORS.c.id == _KEYS.c.client_id)
    .where(_KEYS.c.reference == bindparam("reference"))
)
_TO_DRIVER = to_driver(_WHOSE)
"""The same as PostgreSQL's driver takes it: each call of a system asks it."""


def _whose(database: Database, reference: str) -> _Whose | None:
    asked = {"reference": reference}
    if database.engine.dialect.name == "postgresql":
        rows: Sequence[Sequence[Any]] = glance(database.engine, _TO_DRIVER, asked)
    else:
        with database.reading() as session:
            rows = session.connection().execute(_WHOSE, asked).all()
    return _Whose(*rows[0]) if rows else None


def _client_id(session: Session, acting: Acting, name: str) -> uuid.UUID:
    """The client of this name, of the actor's organisation: a key of others' is nobody's to make."""
    found = session.scalar(
        select(ApiClient.id)
        .join(Actor, Actor.id == ApiClient.id)
        .where(Actor.login == name, Actor.organisation_id == acting.organisation_id)
    )
    if found is None:
        raise ClientError(f"There is no client {name}; see: holdfast client list")
    return found


def _new_key(session: Session, acting: Acting, client_id: uuid.UUID, *, slot: int) -> str:
    reference = new_reference()
    key = f"hf_{reference}_{secrets.token_urlsafe(32)}"
    row = {"client_id": client_id, "slot": slot, "reference": reference, "digest": _digest(key)}
    session.execute(insert(ApiKey), [row])
    tell(session, acting, "client.key_made", client_id, codes={"key": reference})
    return key


def _digest(key: str) -> bytes:
    # Enough for 256 random bits; a slow hash guards what people choose.
    return hashlib.sha256(key.encode()).digest()
