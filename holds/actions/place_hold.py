"""Placing a hold: one person is enough, and it blocks at commit."""

import uuid

from sqlalchemy import insert
from sqlalchemy.orm import Session

from holds.domain.a_number import is_synthetic
from holds.domain.hold import CITING_BASES, Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.facts import facts_of
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold
from holds.store.ledger import tell
from holds.store.openness import is_demo
from holds.store.vault import Vault, seal_json


class HoldRefusedError(RefusedError):
    """The hold could not be placed as asked; the message says what is missing."""


def place_hold(
    session: Session, vault: Vault, *, acting: Acting, person_id: uuid.UUID, basis: Basis, cites: str | None
) -> str:
    """Place a hold on a person and return its reference. Any clearance of theirs is void from here on.

    `cites` names the order or the rule, and is kept sealed. An incident's hold comes with the record list.
    """
    require(acting, Verb.PLACE_HOLD)
    if basis not in CITING_BASES:
        raise HoldRefusedError("A hold for an incident is placed by importing its record list.")
    if not cites or not cites.strip():
        raise HoldRefusedError("Name the order or the rule that this hold rests on: --cites TEXT.")
    _refuse_real_in_demo(session, vault, person_id)
    epoch = lock_gates(session, [person_id])[person_id]
    hold_id, reference = new_id(), new_reference()
    # A hold never waits for a key: who was shredded is held too, and what it cites is lost with the rest.
    key = vault.keys(session, [person_id]).get(person_id)
    sealed_cites = seal_json(key, "hold", "sealed_cites", hold_id, cites.strip()) if key else None
    row = {
        "id": hold_id,
        "reference": reference,
        "person_id": person_id,
        "epoch": epoch + 1,
        "basis": basis.value,
        "sealed_cites": sealed_cites,
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


def _refuse_real_in_demo(session: Session, vault: Vault, person_id: uuid.UUID) -> None:
    """Nobody may think a real person held by a database that answers for no real number."""
    if not is_demo(session):
        return
    facts = facts_of(session, vault, [person_id]).get(person_id)
    if facts is not None and not all(map(is_synthetic, facts.a_numbers)):
        raise HoldRefusedError("This is a demonstration database; hold a real person in the real one.")
