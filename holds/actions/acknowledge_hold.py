"""Acknowledging holds: a named officer reads what is addressed to their office, and confirms it.

Reading acknowledges nothing; it is told to the ledger as a look, because a name and a number are shown.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from holds.actions.answered_alarms import close_answered_alarms
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now
from holds.store.facts import facts_of
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold
from holds.store.ledger import Entry, write_ledger
from holds.store.transmissions import Acknowledgement, Transmission, TransmissionEnd, waiting
from holds.store.vault import Vault

MOST = 50
"""Holds on one page, and in one confirmation: who confirms more at once has not read them."""


class AcknowledgementRefusedError(RefusedError):
    """Not acknowledged; the message says why and what to do. Nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A hold that waits for this office. Numbers and names are shown whole: whom not to remove."""

    reference: str
    hold_reference: str
    basis: str
    kind: str
    a_numbers: tuple[str, ...]
    names: tuple[str, ...]
    placed_at: dt.datetime
    transmitted_at: dt.datetime
    due_at: dt.datetime
    overdue: bool


@dataclass(frozen=True)
class Inbox:
    """What waits for an office, the most urgent first; `waiting` counts all, `lines` are at most `MOST`."""

    office: str
    waiting: int
    overdue: int
    lines: tuple[Addressed, ...]


def office_of(acting: Acting) -> str:
    """The actor's office, or a refusal that says what is missing."""
    require(acting, Verb.ACKNOWLEDGE_HOLD)
    if acting.office is None:
        raise AcknowledgementRefusedError(
            f"{acting.login} has no office; the administrator adds officers with: "
            "holdfast staff add --role field_officer --office AOR"
        )
    return acting.office


def read_inbox(session: Session, vault: Vault, *, acting: Acting) -> Inbox:
    """What waits for the actor's office. Each person shown is a look in the ledger."""
    office = office_of(acting)
    now = session.scalars(select(holdfast_now())).one()
    ours = (Transmission.office == office, *waiting())
    count, overdue = session.execute(
        select(func.count(), func.count().filter(Transmission.due_at <= now)).where(*ours)
    ).one()
    ids = session.scalars(
        select(Transmission.id).where(*ours).order_by(Transmission.due_at, Transmission.id).limit(MOST)
    ).all()
    return Inbox(office, count, overdue, addressed_lines(session, vault, acting, ids))


def addressed_lines(
    session: Session, vault: Vault, acting: Acting, ids: Sequence[uuid.UUID]
) -> tuple[Addressed, ...]:
    """These transmissions, in the order of their ids as given; each person shown is a look in the ledger."""
    now = session.scalars(select(holdfast_now())).one()
    found = session.execute(
        select(Transmission, Hold.reference, Hold.basis, Hold.placed_at)
        .join(Hold, Hold.id == Transmission.hold_id)
        .where(Transmission.id.in_(ids))
    ).all()
    rows = sorted(found, key=lambda row: ids.index(row[0].id))
    facts = facts_of(session, vault, sorted({sent.person_id for sent, *_ in rows}))
    lines = []
    for sent, hold_reference, basis, placed_at in rows:
        known = facts.get(sent.person_id)
        lines.append(
            Addressed(
                reference=sent.reference,
                hold_reference=hold_reference,
                basis=basis,
                kind=sent.kind,
                a_numbers=known.a_numbers if known else (),
                names=known.names if known else (),
                placed_at=placed_at,
                transmitted_at=sent.transmitted_at,
                due_at=sent.due_at,
                overdue=sent.due_at <= now,
            )
        )
    _tell(session, acting, "hold.transmission_read", [sent for sent, *_ in rows])
    return tuple(lines)


def acknowledge_holds(
    session: Session, *, acting: Acting, references: Sequence[str], communicated_at: dt.datetime | None = None
) -> int:
    """Confirm holds addressed to the actor's office, all or none; how many were not confirmed before.

    `communicated_at`: when they reached the office, where that was earlier, by phone say (default: now).
    """
    office = office_of(acting)
    wanted = sorted({reference.strip().upper() for reference in references})
    if not wanted or len(wanted) > MOST:
        raise AcknowledgementRefusedError(f"Name the holds to confirm, at most {MOST} at once.")
    found = session.execute(
        select(Transmission, Hold.placed_at)
        .join(Hold, Hold.id == Transmission.hold_id)
        .where(Transmission.reference.in_(wanted), Transmission.office == office)
    ).all()
    if len(found) != len(wanted):
        raise AcknowledgementRefusedError(
            "Not all of these are addressed to your office; nothing was confirmed. Load the list again."
        )
    # Of two officers who confirm at once, the second finds it done.
    lock_gates(session, {sent.person_id for sent, _ in found})
    ids = [sent.id for sent, _ in found]
    done = set(
        session.scalars(
            select(Acknowledgement.transmission_id).where(Acknowledgement.transmission_id.in_(ids))
        )
    )
    moved = session.scalar(select(func.count()).where(TransmissionEnd.transmission_id.in_(ids)))
    if moved:
        raise AcknowledgementRefusedError(
            "Somebody on this list has been transferred, and their hold was sent to the new office; "
            "nothing was confirmed. Load the list again."
        )
    now = session.scalars(select(holdfast_now())).one()
    reached = communicated_at or now
    if reached > now or any(reached < placed_at for _, placed_at in found):
        raise AcknowledgementRefusedError(
            "The time it was communicated must lie between the placing of each hold and now."
        )
    new = [sent for sent, _ in found if sent.id not in done]
    if new:
        session.execute(
            insert(Acknowledgement),
            [
                {
                    "transmission_id": sent.id,
                    "acknowledged_by": acting.id,
                    "communicated_at": reached,
                    "acknowledged_at": now,
                }
                for sent in new
            ],
        )
    _tell(session, acting, "hold.acknowledged", new, communicated_at=reached.isoformat())
    close_answered_alarms(session, acting)
    return len(new)


def _tell(
    session: Session, acting: Acting, verb: str, sent: Sequence[Transmission], **codes: str
) -> list[uuid.UUID]:
    return write_ledger(
        session,
        [
            Entry(
                verb=verb,
                actor_id=acting.id,
                organisation_id=acting.organisation_id,
                subject_id=one.id,
                person_id=one.person_id,
                codes={"hold": str(one.hold_id), "office": one.office, **codes},
            )
            for one in sent
        ],
    )
