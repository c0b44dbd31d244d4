"""Making a database one's own: its mark, its keys' check values, its organisation and standing actors."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.add_staff import put_on_staff
from holds.actions.credentials import standing_actor
from holds.domain.refusal import RefusedError
from holds.domain.staff import Role
from holds.store.base import new_id
from holds.store.database import DatabaseMark
from holds.store.key_ring import KeyRing
from holds.store.ledger import Entry, write_ledger
from holds.store.openings import DatabaseOpening
from holds.store.openness import write_key_checks
from holds.store.staff import Actor, Organisation

OPERATOR, SYSTEM = "operator", "system"


class AlreadyInitialisedError(RefusedError):
    """The database has its mark already; nothing was changed."""


def initialise(
    session: Session, ring: KeyRing, *, organisation: str, administrator: str, demo: bool = False
) -> str:
    """Mark an empty, migrated database and return the first administrator's credential, shown once."""
    if session.scalar(select(DatabaseMark)) is not None:
        raise AlreadyInitialisedError("This database is set up already; nothing was changed.")
    organisation_id, database_id, operator_id = new_id(), new_id(), new_id()
    mark = {"id": 1, "database_id": database_id, "kind": "demo" if demo else "real"}
    session.execute(insert(DatabaseMark), [mark])
    write_key_checks(session, ring, database_id)
    session.execute(insert(Organisation), [{"id": organisation_id, "name": organisation}])
    session.execute(
        insert(Actor),
        [
            {
                "id": operator_id if kind == OPERATOR else new_id(),
                "organisation_id": organisation_id,
                "kind": kind,
                "login": kind,
                "display_name": name,
                "role": Role(kind).value,
            }
            for kind, name in ((OPERATOR, "The host's operator"), (SYSTEM, "Scheduled work"))
        ],
    )
    session.execute(insert(DatabaseOpening), [{"number": 1, "opened_by": operator_id}])
    write_ledger(
        session,
        [
            Entry(
                verb="database.initialised",
                actor_id=operator_id,
                organisation_id=organisation_id,
                subject_id=database_id,
                codes={"kind": mark["kind"]},
            )
        ],
    )
    return put_on_staff(
        session,
        acting=standing_actor(session, OPERATOR),
        login=administrator,
        display_name="First administrator",
        role=Role.ADMINISTRATOR,
    )
