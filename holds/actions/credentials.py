"""Proving who acts: staff by their credential, the host's operator by being on the host."""

import secrets
import uuid
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Role
from holds.store.staff import Actor

HASHER = PasswordHasher()
"""Argon2id with the library's current parameters (RFC 9106)."""
_NOBODY = HASHER.hash(secrets.token_urlsafe(16))


class WrongCredentialError(RefusedError):
    """The login is unknown, inactive, or the credential is not theirs; the message does not say which."""


def new_credential() -> str:
    """A credential of 120 random bits, for a person to keep."""
    return secrets.token_urlsafe(15)


class ActorRow(Protocol):
    """A stored actor, or a row with its columns."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def organisation_id(self) -> uuid.UUID: ...
    @property
    def login(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def outside_removing_office(self) -> bool: ...
    @property
    def office(self) -> str | None: ...


def acting_of(actor: ActorRow) -> Acting:
    """The acting facts of a stored actor, or of a row with its columns."""
    return Acting(
        id=actor.id,
        organisation_id=actor.organisation_id,
        login=actor.login,
        display_name=actor.display_name,
        role=Role(actor.role),
        outside_removing_office=actor.outside_removing_office,
        office=actor.office,
    )


def sign_in(session: Session, *, login: str, credential: str) -> Acting:
    """The member of staff with this credential, or `WrongCredentialError` after the same work."""
    actor = session.scalar(select(Actor).where(Actor.login == login, Actor.kind == "staff"))
    try:
        HASHER.verify(actor.credential_hash if actor and actor.credential_hash else _NOBODY, credential)
    except VerificationError:
        actor = None
    if actor is None or not actor.active:
        raise WrongCredentialError("No active member of staff has this login and credential.")
    return acting_of(actor)


def standing_actor(session: Session, kind: str) -> Acting:
    """The `operator` or the `system` actor that `holdfast init` recorded."""
    actor = session.scalars(select(Actor).where(Actor.kind == kind)).one()
    return acting_of(actor)
