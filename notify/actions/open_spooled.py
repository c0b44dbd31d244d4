"""Opening one sealed letter or message of the spool: a look at a person, and so a row in the ledger."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.ledger import tell
from holds.store.vault import Vault
from notify.channels.sealed_spool import SealedSpool
from notify.store.alarms import Alarm
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


@dataclass(frozen=True)
class _Spooled:
    """A file, whose key opens it, and of whom it tells."""

    path: str
    owner_id: uuid.UUID
    delivery_id: uuid.UUID
    person_id: uuid.UUID | None


def open_spooled(
    session: Session,
    vault: Vault,
    reference: str,
    *,
    acting: Acting,
    spool: SealedSpool,
    carriage: str | None = None,
) -> Opened:
    """What waits in the spool under the reference of a notice (the letter, else the message) or an alarm."""
    require(acting, Verb.OPEN_SPOOL)
    wanted = reference.strip().upper()
    found = _of_notice(session, wanted, acting, carriage) or _of_alarm(session, wanted, acting, carriage)
    if found is None:
        raise NothingSpooledError(
            f"Nothing lies in the spool under {reference}; `holdfast spool list` shows what does."
        )
    try:
        sealed = spool.read(found.path)
    except FileNotFoundError:
        raise NothingSpooledError(f"The file of {reference} is gone from the spool: {found.path}.") from None
    content = vault.key(session, found.owner_id).open("spool", "file", found.path, sealed)
    tell(
        session,
        acting,
        "spool.opened",
        found.delivery_id,
        person_id=found.person_id,
        codes={"file": found.path},
    )
    name = found.path.removesuffix(".sealed")
    return Opened(name, "application/pdf" if name.endswith(".pdf") else "text/plain", content)


def _of_notice(session: Session, reference: str, acting: Acting, carriage: str | None) -> _Spooled | None:
    query = (
        select(AttemptResult.reference, Notice.person_id, Notice.counsel_id, Delivery.id)
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.reference == reference, Notice.organisation_id == acting.organisation_id, *_spooled())
        # `letter` sorts before `spool`; of a neutral and a full letter, the later.
        .order_by(Attempt.carrier, Attempt.started_at.desc())
    )
    row = session.execute(query if carriage is None else query.where(Delivery.carriage == carriage)).first()
    if row is None or row[0] is None:
        return None
    return _Spooled(row[0], row.counsel_id or row.person_id, row.id, row.person_id)


def _of_alarm(session: Session, reference: str, acting: Acting, carriage: str | None) -> _Spooled | None:
    query = (
        select(AttemptResult.reference, Alarm.id.label("alarm_id"), Alarm.person_id, Delivery.id)
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .join(Alarm, Alarm.id == Delivery.alarm_id)
        .where(Alarm.reference == reference, Alarm.organisation_id == acting.organisation_id, *_spooled())
        .order_by(Attempt.started_at.desc())
    )
    row = session.execute(query if carriage is None else query.where(Delivery.carriage == carriage)).first()
    if row is None or row[0] is None:
        return None
    return _Spooled(row[0], row.alarm_id, row.id, row.person_id)


def _spooled() -> tuple[ColumnElement[bool], ...]:
    return (AttemptResult.outcome == "accepted", Attempt.carrier.in_(("letter", "spool")))
