"""Opening one sealed letter or message of the spool: a look at a person, and so a row in the ledger."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.ledger import tell
from holds.store.vault import Vault
from notify.channels.sealed_spool import SealedSpool
from notify.store.deliveries import Attempt, AttemptResult, Delivery
from notify.store.notices import Notice


class NothingSpooledError(RefusedError):
    """There is no such thing in the spool; the message says what was looked for."""


@dataclass(frozen=True)
class Opened:
    """A spooled file in clear. `name` is its path below the spool folder, without `.sealed`."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def open_spooled(
    session: Session,
    vault: Vault,
    reference: str,
    *,
    acting: Acting,
    spool: SealedSpool,
    carriage: str | None = None,
) -> Opened:
    """What waits in the spool under a notice's reference: its letter, else its message; or by `carriage`."""
    require(acting, Verb.OPEN_SPOOL)
    query = (
        select(Notice.person_id, Notice.counsel_id, Delivery.id, AttemptResult.reference)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .join(Attempt, Attempt.delivery_id == Delivery.id)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .where(
            Notice.reference == reference.strip().upper(),
            Notice.organisation_id == acting.organisation_id,
            AttemptResult.outcome == "accepted",
            Attempt.carrier.in_(("letter", "spool")),
        )
        # `letter` sorts before `spool`; of a neutral and a full letter, the later.
        .order_by(Attempt.carrier, Attempt.started_at.desc())
    )
    found = session.execute(query if carriage is None else query.where(Delivery.carriage == carriage)).first()
    if found is None or found.reference is None:
        raise NothingSpooledError(
            f"Nothing lies in the spool under {reference}; `holdfast spool list` shows what does."
        )
    owner: uuid.UUID = found.counsel_id or found.person_id
    try:
        sealed = spool.read(found.reference)
    except FileNotFoundError:
        raise NothingSpooledError(
            f"The file of {reference} is gone from the spool: {found.reference}."
        ) from None
    content = vault.key(session, owner).open("spool", "file", found.reference, sealed)
    tell(
        session,
        acting,
        "spool.opened",
        found.id,
        person_id=found.person_id,
        codes={"file": found.reference},
    )
    name = found.reference.removesuffix(".sealed")
    return Opened(name, "application/pdf" if name.endswith(".pdf") else "text/plain", content)
