"""Placing a hold: one person is enough, and it blocks at commit."""

import uuid

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.domain.hold import CITING_BASES, Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold
from holds.store.ledger import tell


class HoldRefusedError(RefusedError):
    """The hold could not be placed as asked; the message says what is missing."""


def place_hold(
    session: Session, *, acting: Acting, person_id: uuid.UUID, basis: Basis, cites: str | None
) -> str:
    """Place a hold on a person and return its reference. Any clearance of theirs is void from here on.

    `cites` names the order or the rule. An incident's hold comes with the record list, not from here.
    """
    require(acting, Verb.PLACE_HOLD)
    if basis not in CITING_BASES:
        raise HoldRefusedError("A hold for an incident is placed by importing its record list.")
    if not cites or not cites.strip():
        raise HoldRefusedError("Name the order or the rule that this hold rests on: --cites TEXT.")
    epoch = lock_gates(session, [person_id])[person_id]
    hold_id, reference = new_id(), new_reference()
    row = {
        "id": hold_id,
        "reference": reference,
        "person_id": person_id,
        "epoch": epoch + 1,
        "basis": basis.value,
        "cites": cites.strip(),
        "organisation_id": acting.organisation_id,
        "placed_by": acting.id,
    }
    session.execute(insert(Hold), [row])
    tell(
        session,
        acting,
        "hold.placed",
        hold_id,
        person_id=person_id,
        codes={"basis": basis.value, "epoch": epoch + 1},
    )
    return reference
