"""What waits for an office, a page at a time: for a system of that office, and behind an addressed link.

Listing and opening are looks in the ledger, and confirm nothing.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.acknowledge_hold import Addressed, addressed_lines, office_of
from holds.domain.staff import Acting
from holds.store.base import holdfast_now
from holds.store.facts import facts_of
from holds.store.transmissions import Transmission, waiting
from holds.store.vault import Vault

MOST_LISTED = 100


@dataclass(frozen=True)
class AddressedPage:
    """`lines` in the order they were sent; `after`: where the next page begins, None at the end."""

    office: str
    at: dt.datetime
    lines: tuple[Addressed, ...]
    after: str | None


def addressed_holds(
    session: Session, vault: Vault, *, acting: Acting, after: str | None = None, most: int = MOST_LISTED
) -> AddressedPage:
    """The unacknowledged holds of the actor's office behind the reference `after`."""
    office = office_of(acting)
    ids = _page(session, office, after, most + 1)
    lines = addressed_lines(session, vault, acting, ids[:most])
    more = lines[-1].reference if len(ids) > most else None
    return AddressedPage(office, session.scalars(select(holdfast_now())).one(), lines, more)


def numbers_listed(
    session: Session, vault: Vault, *, acting: Acting, after: str | None = None, most: int = MOST_LISTED
) -> frozenset[str]:
    """The A-numbers that the same page would show: what it costs, before it is shown."""
    ids = _page(session, office_of(acting), after, most)
    people = session.scalars(select(Transmission.person_id).where(Transmission.id.in_(ids))).all()
    facts = facts_of(session, vault, sorted(set(people)))
    return frozenset(number for known in facts.values() for number in known.a_numbers)


def _page(session: Session, office: str, after: str | None, most: int) -> Sequence[uuid.UUID]:
    query = select(Transmission.id).where(Transmission.office == office, *waiting())
    if after is not None:
        query = query.where(Transmission.id > _place(session, office, after))
    return session.scalars(query.order_by(Transmission.id).limit(most)).all()


def addressed_hold(session: Session, vault: Vault, *, acting: Acting, reference: str) -> Addressed | None:
    """The one behind a link, while it waits for this office; None for anybody else's, and for none."""
    office = office_of(acting)
    wanted = Transmission.reference == reference.strip().upper()
    ids = session.scalars(
        select(Transmission.id).where(wanted, Transmission.office == office, *waiting())
    ).all()
    return next(iter(addressed_lines(session, vault, acting, ids)), None)


def _place(session: Session, office: str, reference: str) -> uuid.UUID:
    """Where the reference stands; the beginning, where this office has no such transmission."""
    found = session.scalar(
        select(Transmission.id).where(Transmission.reference == reference, Transmission.office == office)
    )
    return found or uuid.UUID(int=0)
