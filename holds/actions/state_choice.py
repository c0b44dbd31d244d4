"""A person's statement that they choose to leave, and taking it back, orally and to anybody."""

import dataclasses
import datetime as dt
import uuid

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.place_hold import reinstate_hold
from holds.domain.closing import EndingKind, StatementSlip, is_sound
from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.closings import ChoiceRevocation, ChoiceStatement
from holds.store.gate_lock import lock_gates
from holds.store.gates import HoldEnding
from holds.store.ledger import tell
from holds.store.merged import members_of
from holds.store.ownership import own_person
from holds.store.vault import Vault, seal_json


class ChoiceRefusedError(RefusedError):
    """The statement cannot be recorded as it is; the message says why."""


def record_statement(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    slip: StatementSlip,
    stated_at: dt.datetime,
) -> bool:
    """Record what the person said and how it was taken; whether it counts follows from the slip."""
    require(acting, Verb.RECORD_SERVICE)
    own_person(session, acting, person_id)
    if stated_at > session.scalars(select(holdfast_now())).one():
        raise ChoiceRefusedError("The time of the statement lies in the future.")
    statement_id, sound = new_id(), is_sound(slip)
    said = dataclasses.asdict(slip)
    interpreter, key = said.pop("interpreter_id"), vault.key(session, person_id)
    sealed = seal_json(key, "choice_statement", "sealed_interpreter", statement_id, interpreter)
    row = said | {
        "id": statement_id,
        "interpreted": interpreter is not None,
        "sealed_interpreter": sealed if interpreter is not None else None,
        "person_id": person_id,
        "stated_at": stated_at,
        "sound": sound,
        "recorded_by": acting.id,
    }
    session.execute(insert(ChoiceStatement), [row])
    tell(session, acting, "choice.stated", statement_id, person_id=person_id, codes={"sound": sound})
    return sound


def revoke_choice(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    revoked_at: dt.datetime | None = None,
) -> tuple[str, ...]:
    """The person takes it back: earlier statements count no more, and every hold it ended is put back.

    Returns the references of the holds put back. One person is enough, whoever was told.
    """
    require(acting, Verb.PLACE_HOLD)
    own_person(session, acting, person_id)
    lock_gates(session, [person_id])
    now = session.scalars(select(holdfast_now())).one()
    revoked_at = revoked_at or now
    if revoked_at > now:
        raise ChoiceRefusedError("The time of the revocation lies in the future.")
    ended = session.scalars(
        select(HoldEnding.hold_id)
        .where(
            HoldEnding.person_id.in_(list(members_of(session, person_id))),
            HoldEnding.kind == EndingKind.CLOSED_DEPARTED_BY_CHOICE.value,
        )
        .order_by(HoldEnding.ended_at)
    ).all()
    back = [reinstate_hold(session, vault, acting, hold_id, cites="Choice revoked") for hold_id in ended]
    revocation_id = new_id()
    row = {"id": revocation_id, "person_id": person_id, "revoked_at": revoked_at, "recorded_by": acting.id}
    session.execute(insert(ChoiceRevocation), [row])
    tell(session, acting, "choice.revoked", revocation_id, person_id=person_id)
    return tuple(reference for reference in back if reference)
