"""After a restore: what had been taken back since the copy is taken back again, told by the rows outside."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from holds.actions.deactivate_staff import shut_out
from holds.domain.restore import Shut
from holds.domain.staff import Acting
from holds.store.api_clients import ApiClient, ApiKey
from holds.store.base import holdfast_now
from holds.store.ledger import tell
from holds.store.staff import Actor

AGAIN = {"again": True}


def shut_again(session: Session, acting: Acting, shut: Shut) -> None:
    """Revoke keys, lock clients and take out staff once more, each with its ledger row."""
    keys = select(ApiKey.client_id, ApiKey.reference).where(ApiKey.reference.in_(shut.keys))
    for client_id, reference in session.execute(keys.order_by(ApiKey.reference)).all():
        session.execute(delete(ApiKey).where(ApiKey.reference == reference))
        tell(session, acting, "client.key_revoked", client_id, codes={"key": reference, **AGAIN})
    open_still = select(ApiClient.id).where(ApiClient.id.in_(shut.clients), ApiClient.locked_at.is_(None))
    for client_id in session.scalars(open_still.order_by(ApiClient.id)).all():
        session.execute(update(ApiClient).where(ApiClient.id == client_id).values(locked_at=holdfast_now()))
        tell(session, acting, "client.locked", client_id, codes=AGAIN)
    in_still = select(Actor.id, Actor.role).where(Actor.id.in_(shut.staff), Actor.active)
    for staff_id, role in session.execute(in_still.order_by(Actor.id)).all():
        shut_out(session, staff_id)
        tell(session, acting, "staff.deactivated", staff_id, codes={"role": role, **AGAIN})
