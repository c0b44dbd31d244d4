"""One-time codes: an officer who is signed in lets a system confirm holds in their name, once, for minutes.

A machine's key acknowledges nothing. It may relay what a named officer confirms, who has just signed in here
and typed the code there; the officer's own credential never passes through the system.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from holds.actions.acknowledge_hold import acknowledge_holds, office_of
from holds.actions.api_clients import Client
from holds.actions.credentials import acting_of
from holds.actions.idempotent_calls import CallRefusedError
from holds.domain.staff import Acting
from holds.store.base import holdfast_now, new_reference
from holds.store.confirmation_codes import ConfirmationCode
from holds.store.ledger import tell
from holds.store.sealing import fingerprint
from holds.store.staff import Actor
from holds.store.vault import Vault

LIFE = dt.timedelta(minutes=10)
WRONG = "confirmation.code_wrong"


def new_confirmation_code(session: Session, vault: Vault, *, acting: Acting) -> str:
    """A code for the officer who is signed in; the one before it is void. It is stored nowhere."""
    office_of(acting)
    code = new_reference()
    now = session.scalars(select(holdfast_now())).one()
    session.execute(delete(ConfirmationCode).where(ConfirmationCode.actor_id == acting.id))
    row = {"digest": _digest(vault, code), "actor_id": acting.id, "expires_at": now + LIFE}
    session.execute(insert(ConfirmationCode), [row])
    tell(session, acting, "confirmation.code_made", acting.id)
    return code


def confirm_by_system(
    session: Session,
    vault: Vault,
    *,
    client: Client,
    officer: str,
    code: str,
    references: Sequence[str],
    communicated_at: dt.datetime | None,
) -> tuple[Acting, int]:
    """Confirm as the officer whose code this is, of the client's own office; who it was, and how many.

    `CallRefusedError` where code, officer and office do not belong together: it does not say which.
    """
    digest = _digest(vault, code.strip().upper())
    found = session.execute(
        select(Actor, ConfirmationCode.expires_at)
        .join(ConfirmationCode, ConfirmationCode.actor_id == Actor.id)
        .where(ConfirmationCode.digest == digest)
        .with_for_update(of=ConfirmationCode)
    ).one_or_none()
    now = session.scalars(select(holdfast_now())).one()
    office = client.acting.office
    if found is None or found.expires_at <= now or office is None:
        raise CallRefusedError(WRONG, status=403, reasons=(WRONG,))
    actor: Actor = found[0]
    ours = actor.organisation_id == client.acting.organisation_id and actor.office == office
    if not actor.active or actor.login != officer.strip() or not ours:
        raise CallRefusedError(WRONG, status=403, reasons=(WRONG,))
    session.execute(delete(ConfirmationCode).where(ConfirmationCode.digest == digest))
    acting = acting_of(actor)
    done = acknowledge_holds(session, acting=acting, references=references, communicated_at=communicated_at)
    _tell_relayed(session, client, acting.id, done)
    return acting, done


def _tell_relayed(session: Session, client: Client, officer_id: uuid.UUID, done: int) -> None:
    codes = {"by_system": str(client.acting.id), "confirmed": done}
    tell(session, client.acting, "acknowledgement.relayed", officer_id, codes=codes)


def _digest(vault: Vault, code: str) -> bytes:
    return fingerprint(vault.ring, f"confirmation code\x1f{code}")
