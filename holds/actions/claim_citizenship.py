"""Claimed U.S. citizenship: it blocks at once by a hold of its own, and is escalated to a human."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from holds.actions.place_hold import escalate_citizenship, insert_hold
from holds.domain.hold import Basis
from holds.domain.posture import Posture
from holds.domain.staff import Acting
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold
from holds.store.held import blocking
from holds.store.vault import Vault

CLAIMED = Posture.CLAIMED_CITIZENSHIP
"""The posture code of a list that says so."""


def hold_claimed_citizens(
    session: Session, vault: Vault, acting: Acting, person_ids: Collection[uuid.UUID], *, told_by: str
) -> int:
    """Hold those of these people who are not held for it yet; how many. Nobody's leave is asked."""
    if not person_ids:
        return 0
    lock_gates(session, person_ids)
    held = set(
        session.scalars(
            select(Hold.person_id).where(
                Hold.person_id.in_(list(person_ids)),
                Hold.basis == Basis.CLAIMED_CITIZENSHIP.value,
                blocking(),
            )
        )
    )
    fresh = sorted(set(person_ids) - held)
    for person_id in fresh:
        hold_id, _ = insert_hold(session, vault, acting, person_id, Basis.CLAIMED_CITIZENSHIP, cites=told_by)
        escalate_citizenship(session, acting, person_id, hold_id)
    return len(fresh)
