"""Placing a hold: one person is enough, and it blocks at commit."""

import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.tasks import NewTask, raise_tasks
from holds.actions.verify_hold import VERIFY_HOLD
from holds.domain.a_number import is_synthetic
from holds.domain.hold import CITING_BASES, Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import new_id, new_reference
from holds.store.facts import facts_of
from holds.store.gate_lock import lock_gates
from holds.store.gates import Hold, HoldEnding
from holds.store.ledger import tell
from holds.store.openness import is_demo
from holds.store.vault import Vault, seal_json


class HoldRefusedError(RefusedError):
    """The hold could not be placed as asked; the message says what is missing."""


def place_hold(
    session: Session, vault: Vault, *, acting: Acting, person_id: uuid.UUID, basis: Basis, cites: str | None
) -> str:
    """Place a hold on a person and return its reference. Any clearance of theirs is void from here on.

    `cites` names the order or the rule, and is kept sealed; a second person compares it while it blocks
    already. An incident's hold comes with the record list.
    """
    require(acting, Verb.PLACE_HOLD)
    if basis not in CITING_BASES:
        raise HoldRefusedError("A hold for an incident is placed by importing its record list.")
    if not cites or not cites.strip():
        raise HoldRefusedError("Name the order or the rule that this hold rests on: --cites TEXT.")
    refuse_real_in_demo(session, vault, person_id)
    hold_id, reference = insert_hold(session, vault, acting, person_id, basis, cites=cites)
    second = NewTask(
        kind=VERIFY_HOLD, subject_id=hold_id, person_id=person_id, evidence={"basis": basis.value}
    )
    raise_tasks(session, acting, [second])
    if basis == Basis.CLAIMED_CITIZENSHIP:
        escalate_citizenship(session, acting, person_id, hold_id)
    return reference


def insert_hold(
    session: Session,
    vault: Vault,
    acting: Acting,
    person_id: uuid.UUID,
    basis: Basis,
    *,
    cites: str,
    reinstates_id: uuid.UUID | None = None,
) -> tuple[uuid.UUID, str]:
    """Lock the gate, insert a hold with its ledger row, and return its id and reference."""
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
        "reinstates_id": reinstates_id,
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
        codes={"basis": basis.value, "epoch": epoch + 1}
        | ({"reinstates": str(reinstates_id)} if reinstates_id else {}),
    )
    return hold_id, reference


def reinstate_hold(
    session: Session, vault: Vault, acting: Acting, hold_id: uuid.UUID, *, cites: str
) -> str | None:
    """Put an ended hold back as a hold of its own; None where it did not end or was put back before.

    Whoever may record what undoes its end may put it back: placing takes one person.
    """
    ended = session.get(HoldEnding, hold_id)
    back = session.scalar(select(Hold.id).where(Hold.reinstates_id == hold_id))
    if ended is None or back is not None:
        return None
    new_hold, reference = insert_hold(
        session, vault, acting, ended.person_id, Basis.REINSTATED, cites=cites, reinstates_id=hold_id
    )
    again = NewTask(
        kind="hold_reinstated",
        subject_id=new_hold,
        person_id=ended.person_id,
        evidence={"reinstates": str(hold_id), "ended": ended.kind},
    )
    raise_tasks(session, acting, [again])
    return reference


def refuse_real_in_demo(session: Session, vault: Vault, person_id: uuid.UUID) -> None:
    """Nobody may think a real person held by a database that answers for no real number."""
    if not is_demo(session):
        return
    facts = facts_of(session, vault, [person_id]).get(person_id)
    if facts is not None and not all(map(is_synthetic, facts.a_numbers)):
        raise HoldRefusedError("This is a demonstration database; hold a real person in the real one.")


def escalate_citizenship(session: Session, acting: Acting, person_id: uuid.UUID, hold_id: uuid.UUID) -> None:
    """Somebody says they are a citizen: it blocks already; a human must look now, not in turn."""
    claim = NewTask(
        kind="citizenship_claimed", subject_id=person_id, person_id=person_id, evidence={"hold": str(hold_id)}
    )
    raise_tasks(session, acting, [claim])
