"""A person's exposures, custody, language, service, counsel, tasks, and who looked at the record."""

import uuid

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from holds.domain.service import ActOfService, missing_for_proof
from holds.queries.person_view import (
    AppearanceLine,
    CustodyLine,
    ExposureLine,
    LookLine,
    ServiceLine,
    TaskLine,
)
from holds.store.exposures import Exposure, Incident
from holds.store.housing import open_housing_unit
from holds.store.ledger_rows import LedgerRow
from holds.store.merged import same_person
from holds.store.people import LanguageNote, Task
from holds.store.places import Custody, Facility, PlaceMatch
from holds.store.representation import Appearance, Counsel
from holds.store.reviews import Service, ServiceDispute
from holds.store.spellings import open_spellings
from holds.store.staff import Actor
from holds.store.vault import Vault, open_json

LOOKS = 12
"""How many of the latest looks a page tells."""


def exposures_of(session: Session, person_id: uuid.UUID) -> tuple[ExposureLine, ...]:
    """Exposures in the order of their incidents, each with its first proven, undisputed service."""
    proven = (
        select(Service.exposure_id, func.min(Service.served_at, type_=Service.served_at.type).label("at"))
        .outerjoin(ServiceDispute, ServiceDispute.service_id == Service.id)
        .where(
            Service.person_id.in_(same_person(session, person_id)),
            Service.proven,
            ServiceDispute.service_id.is_(None),
        )
        .group_by(Service.exposure_id)
        .subquery()
    )
    rows = session.execute(
        select(Exposure, Incident, proven.c.at)
        .join(Incident, Incident.id == Exposure.incident_id)
        .outerjoin(proven, proven.c.exposure_id == Exposure.id)
        .where(Exposure.person_id.in_(same_person(session, person_id)))
        .order_by(Incident.occurred_at)
    )
    return tuple(
        ExposureLine(
            exposure_id=exposure.id,
            incident=incident.name,
            occurred_at=incident.occurred_at,
            recorded_at=exposure.created_at,
            fields=tuple(exposure.fields or incident.fields),
            proven_at=proven_at,
        )
        for exposure, incident, proven_at in rows
    )


def custody_of(
    session: Session, vault: Vault, person_id: uuid.UUID, *, shown: bool
) -> tuple[CustodyLine, ...]:
    """The custody line, the earliest stretch first. Where no facility is certain, the place as the list wrote
    it, which may say more than a place, and the housing unit: only where the name is shown too."""
    rows = session.execute(
        select(Custody, Facility.name)
        .outerjoin(Facility, Facility.id == Custody.facility_id)
        .where(Custody.person_id.in_(same_person(session, person_id)))
        .order_by(Custody.noted_at, Custody.id)
    ).all()
    doubtful = select(Custody.place_match_id).where(
        Custody.person_id.in_(same_person(session, person_id)), Custody.facility_id.is_(None)
    )
    spellings = session.scalars(select(PlaceMatch).where(PlaceMatch.id.in_(doubtful))).all() if shown else ()
    written = {match_id: text for match_id, (text, *_) in open_spellings(session, vault, spellings).items()}
    keys = vault.keys(session, {custody.person_id for custody, _ in rows}) if shown else {}
    lines = (
        CustodyLine(
            status=custody.status,
            place=facility or (written.get(custody.place_match_id) if custody.place_match_id else None),
            certain=facility is not None,
            housing_unit=open_housing_unit(
                keys.get(custody.person_id), custody.id, custody.sealed_housing_unit
            ),
            since=custody.since,
            until=custody.until,
            noted_at=custody.noted_at,
        )
        for custody, facility in rows
    )
    return tuple(sorted(lines, key=lambda line: line.since or line.noted_at.date()))


def languages_of(session: Session, person_id: uuid.UUID) -> tuple[tuple[str, str], ...]:
    """(BCP 47 tag, how it is known): stated by the person before noted by others before proposed."""
    rows = session.execute(
        select(LanguageNote.tag, LanguageNote.source).where(
            LanguageNote.person_id.in_(same_person(session, person_id))
        )
    ).all()
    rank = ("stated", "noted", "proposed")
    return tuple(sorted(((tag, source) for tag, source in rows), key=lambda row: rank.index(row[1])))


def services_of(session: Session, person_id: uuid.UUID) -> tuple[ServiceLine, ...]:
    """Acts of service in the order in which they happened."""
    rows = session.execute(
        select(Service, Incident.name, ServiceDispute.recorded_at, Actor.display_name)
        .join(Exposure, Exposure.id == Service.exposure_id)
        .join(Incident, Incident.id == Exposure.incident_id)
        .join(Actor, Actor.id == Service.recorded_by)
        .outerjoin(ServiceDispute, ServiceDispute.service_id == Service.id)
        .where(Service.person_id.in_(same_person(session, person_id)))
        .order_by(Service.served_at, Service.id)
    )
    return tuple(
        ServiceLine(
            incident=incident,
            outcome=service.outcome,
            served_at=service.served_at,
            proven=service.proven,
            missing=missing_for_proof(_act(service)),
            disputed_at=disputed_at,
            recorded_by=recorded_by,
        )
        for service, incident, disputed_at, recorded_by in rows
    )


ON_RECORD = "on record, sealed"


def _act(service: Service) -> ActOfService:
    return ActOfService(
        outcome=service.outcome,
        right_person=service.right_person,
        in_private=service.in_private,
        language=service.language,
        own_language=service.own_language,
        interpreter_id=ON_RECORD if service.interpreted else None,
        language_variety=service.language_variety,
        marked_by_person=service.marked_by_person,
        outside_witness=ON_RECORD if service.witnessed_outside else None,
        understood_first=service.understood_first,
        understood_second=service.understood_second,
    )


def appearances_of(
    session: Session, vault: Vault, person_id: uuid.UUID, *, shown: bool
) -> tuple[AppearanceLine, ...]:
    """Appearances, the primary first; whose they are only where the page shows."""
    rows = session.execute(
        select(Appearance, Counsel.sealed_card)
        .join(Counsel, Counsel.id == Appearance.counsel_id)
        .where(Appearance.person_id.in_(same_person(session, person_id)))
        .order_by(Appearance.is_primary.desc(), Appearance.filed_on, Appearance.id)
    ).all()
    keys = vault.keys(session, {row[0].counsel_id for row in rows}) if shown else {}
    return tuple(
        AppearanceLine(
            form=appearance.form,
            scope=appearance.scope,
            primary=appearance.is_primary,
            filed_on=appearance.filed_on,
            withdrawn_on=appearance.withdrawn_on,
            judgement=appearance.judgement,
            verified_at=appearance.verified_at,
            counsel=str(
                open_json(
                    keys[appearance.counsel_id], "counsel", "sealed_card", appearance.counsel_id, sealed
                ).get("name", "")
            )
            if appearance.counsel_id in keys
            else None,
        )
        for appearance, sealed in rows
    )


def waiting_for(session: Session, person_id: uuid.UUID) -> tuple[TaskLine, ...]:
    """Open tasks about the person, oldest first."""
    rows = session.execute(
        select(Task.kind, Task.raised_at, Task.due_at)
        .where(Task.person_id.in_(same_person(session, person_id)), Task.closed_at.is_(None))
        .order_by(Task.raised_at, Task.kind)
    )
    return tuple(TaskLine(kind=kind, raised_at=raised, due_at=due) for kind, raised, due in rows)


def looks_at(session: Session, person_id: uuid.UUID) -> tuple[LookLine, ...]:
    """The latest looks at this record, newest first."""
    rows = session.execute(
        select(LedgerRow.at, LedgerRow.codes, Actor.display_name)
        .join(Actor, Actor.id == LedgerRow.actor_id)
        .where(
            and_(LedgerRow.person_id.in_(same_person(session, person_id)), LedgerRow.verb == "person.seen")
        )
        .order_by(LedgerRow.id.desc())
        .limit(LOOKS)
    )
    return tuple(
        LookLine(at=at, by=by, shown=bool(codes.get("shown")), reason=str(codes.get("reason", "")))
        for at, codes, by in rows
    )
