"""Recording an act of service: the notice of one exposure, given to the person."""

import dataclasses
import datetime as dt
import uuid

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from holds.actions.place_hold import reinstate_hold
from holds.actions.tasks import NewTask, close_tasks, raise_tasks
from holds.domain.refusal import RefusedError
from holds.domain.service import ActOfService, missing_for_proof
from holds.domain.staff import Acting, Verb, require
from holds.store.base import holdfast_now, new_id
from holds.store.exposures import Exposure, Incident
from holds.store.gate_lock import lock_gates
from holds.store.ledger import tell
from holds.store.merged import same_person
from holds.store.ownership import NOBODY, NotFoundError, own_person
from holds.store.release_facts import released_upon
from holds.store.reviews import Service, ServiceDispute
from holds.store.vault import Vault, seal_json

SERVE_AGAIN = "serve_again"


class ServiceRefusedError(RefusedError):
    """The slip cannot be recorded as it is; the message says why."""


def record_service(
    session: Session,
    vault: Vault,
    *,
    acting: Acting,
    person_id: uuid.UUID,
    exposure_id: uuid.UUID,
    act: ActOfService,
    served_at: dt.datetime,
    notice_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Record what the slip says and return the service's id. Whether it is proven follows from the slip."""
    require(acting, Verb.RECORD_SERVICE)
    own_person(session, acting, person_id)
    occurred_at = session.scalar(
        select(Incident.occurred_at)
        .join(Exposure, Exposure.incident_id == Incident.id)
        .where(Exposure.id == exposure_id, Exposure.person_id == person_id)
    )
    if occurred_at is None:
        raise ServiceRefusedError("This person has no such exposure; nothing was recorded.")
    now = session.scalars(select(holdfast_now())).one()
    if not occurred_at < served_at <= now:
        raise ServiceRefusedError("The time of service must lie after the disclosure and not in the future.")
    missing, service_id = missing_for_proof(act), new_id()
    said = dataclasses.asdict(act)
    names = {name: said.pop(name) for name in ("interpreter_id", "outside_witness")}
    key = vault.key(session, person_id)
    row = said | {
        "id": service_id,
        "interpreted": act.interpreted,
        "witnessed_outside": act.witnessed_outside,
        "sealed_names": seal_json(key, "service", "sealed_names", service_id, names),
        "person_id": person_id,
        "exposure_id": exposure_id,
        "notice_id": notice_id,
        "served_at": served_at,
        "proven": not missing,
        "recorded_by": acting.id,
    }
    session.execute(insert(Service), [row])
    tell(
        session,
        acting,
        "service.recorded",
        service_id,
        person_id=person_id,
        codes={"outcome": act.outcome, "proven": not missing, "missing": list(missing)},
    )
    if not missing:
        close_tasks(session, acting, SERVE_AGAIN, [exposure_id])
    return service_id


def dispute_service(
    session: Session, vault: Vault, *, acting: Acting, service_id: uuid.UUID, disputed_by: str
) -> None:
    """The person or counsel says they were not served: the clock that ran from it stops, for good.

    A hold that was released because a court decided after this service, and no other, is put back: the
    decision does not release it any more. A task asks that the notice be served again; the proven service of
    it closes the task.
    """
    require(acting, Verb.LOOK_AT_PERSON)
    service = session.get(Service, service_id)
    if service is None:
        raise NotFoundError(NOBODY)
    own_person(session, acting, service.person_id)
    if session.get(ServiceDispute, service_id) is not None:
        raise ServiceRefusedError("This service is disputed already; the notice must be served again.")
    lock_gates(session, [service.person_id])
    for hold_id in released_upon(session, service):
        reinstate_hold(session, vault, acting, hold_id, cites="Service disputed")
    row = {
        "service_id": service_id,
        "person_id": service.person_id,
        "disputed_by": disputed_by,
        "recorded_by": acting.id,
    }
    session.execute(insert(ServiceDispute), [row])
    tell(session, acting, "service.disputed", service_id, person_id=service.person_id)
    again = NewTask(
        kind=SERVE_AGAIN,
        subject_id=service.exposure_id,
        person_id=service.person_id,
        detail=str(service_id),
        evidence={"disputed_by": disputed_by},
    )
    raise_tasks(session, acting, [again])
    if service.notice_id is None:
        return
    # One slip may be the service of one incident on several merged records: it is disputed as a whole.
    disputed = exists().where(ServiceDispute.service_id == Service.id)
    same_slip = session.scalars(
        select(Service.id).where(
            Service.notice_id == service.notice_id, Service.served_at == service.served_at, ~disputed
        )
    ).all()
    for other_id in same_slip:
        dispute_service(session, vault, acting=acting, service_id=other_id, disputed_by=disputed_by)


def dispute_services(
    session: Session, vault: Vault, *, acting: Acting, person_id: uuid.UUID, disputed_by: str
) -> int:
    """Dispute every proven service of a person that is not disputed yet; how many."""
    require(acting, Verb.LOOK_AT_PERSON)
    own_person(session, acting, person_id)
    disputed = exists().where(ServiceDispute.service_id == Service.id)
    found = session.scalars(
        select(Service.id)
        .where(Service.person_id.in_(same_person(session, person_id)), Service.proven, ~disputed)
        .order_by(Service.id)
    ).all()
    if not found:
        raise ServiceRefusedError("No proven service of this person is on record; there is none to dispute.")
    for service_id in found:
        if session.get(ServiceDispute, service_id) is not None:
            continue  # with another of the same slip
        dispute_service(session, vault, acting=acting, service_id=service_id, disputed_by=disputed_by)
    return len(found)
