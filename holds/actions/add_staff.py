"""Adding a member of staff."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.credentials import HASHER, new_credential
from holds.domain.refusal import RefusedError
from holds.domain.staff import NOT_GIVEN, Acting, Role, Verb, require
from holds.domain.transmission import office_name
from holds.store.base import new_id
from holds.store.ledger import tell
from holds.store.staff import Actor


class LoginTakenError(RefusedError):
    """Somebody has this login; logins are never given twice, or the ledger would lie."""


def add_staff(
    session: Session,
    *,
    acting: Acting,
    login: str,
    display_name: str,
    role: Role,
    outside_removing_office: bool = False,
    office: str | None = None,
) -> str:
    """An administrator adds a member of staff; returns the credential, stored only as an Argon2id hash.

    `office` is the AOR or the facility (DETLOC) whose holds a field officer acknowledges.
    """
    require(acting, Verb.MANAGE_STAFF)
    return put_on_staff(
        session,
        acting=acting,
        login=login,
        display_name=display_name,
        role=role,
        outside_removing_office=outside_removing_office,
        office=office,
    )


def put_on_staff(
    session: Session,
    *,
    acting: Acting,
    login: str,
    display_name: str,
    role: Role,
    outside_removing_office: bool = False,
    office: str | None = None,
) -> str:
    """What `add_staff` does once it may, and `holdfast init` for the first administrator."""
    if role in NOT_GIVEN:
        raise ValueError("The operator and the system are recorded once, by `holdfast init`.")
    if session.scalar(select(Actor.id).where(Actor.login == login)) is not None:
        raise LoginTakenError(f"The login {login} was given before; choose another.")
    credential, staff_id = new_credential(), new_id()
    row = {
        "id": staff_id,
        "organisation_id": acting.organisation_id,
        "kind": "staff",
        "login": login,
        "display_name": display_name,
        "role": role.value,
        "outside_removing_office": outside_removing_office,
        "office": office_name(office),
        "credential_hash": HASHER.hash(credential),
    }
    session.execute(insert(Actor), [row])
    tell(
        session,
        acting,
        "staff.added",
        staff_id,
        codes={
            "role": role.value,
            "outside_removing_office": outside_removing_office,
            "office": office_name(office),
        },
    )
    return credential
