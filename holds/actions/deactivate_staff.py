"""Taking a member of staff out: from this commit on their credential, sign-ins and codes open nothing."""

import uuid

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from holds.domain.refusal import RefusedError
from holds.domain.staff import Acting, Role, Verb, require
from holds.store.confirmation_codes import ConfirmationCode
from holds.store.ledger import tell
from holds.store.staff import Actor, SignIn


class StaffRefusedError(RefusedError):
    """Nobody was taken out; the message says why."""


def deactivate_staff(session: Session, *, acting: Acting, login: str) -> None:
    """What they did stays in their name, and the login is never given again. The row leaves the host, so
    that a database that is put back keeps them out."""
    require(acting, Verb.MANAGE_STAFF)
    ours = (Actor.kind == "staff", Actor.organisation_id == acting.organisation_id)
    found = session.scalar(select(Actor).where(Actor.login == login.strip(), *ours))
    if found is None or not found.active:
        raise StaffRefusedError(f"There is no active member of staff with the login {login}.")
    last = select(func.count()).where(*ours, Actor.active, Actor.role == Role.ADMINISTRATOR.value)
    if found.role == Role.ADMINISTRATOR.value and session.scalar(last.select_from(Actor)) == 1:
        raise StaffRefusedError("This is the last administrator: add another first.")
    shut_out(session, found.id)
    tell(session, acting, "staff.deactivated", found.id, codes={"role": found.role})


def shut_out(session: Session, staff_id: uuid.UUID) -> None:
    """The rows of it, without a word in the ledger."""
    session.execute(update(Actor).where(Actor.id == staff_id).values(active=False))
    session.execute(delete(SignIn).where(SignIn.actor_id == staff_id))
    session.execute(delete(ConfirmationCode).where(ConfirmationCode.actor_id == staff_id))
