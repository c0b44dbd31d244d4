"""A story that leaves a row in every table of the systems that ask."""

import datetime as dt
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from holds.actions.api_clients import add_client
from holds.domain.client import Scope
from holds.store.api_clients import ApiClient, KeptAnswer
from holds.store.base import Base, new_id
from holds.store.departures import BoardingAlarm, Departure
from holds.store.gates import Removal
from holds.store.manifests import Manifest, ManifestAlarm, ManifestDeparture, ManifestLine
from tests.holds.store.record import Record, database_now


def tell_of_systems(session: Session, record: Record) -> None:
    """A client with a kept answer, a departure, and a manifest that left with somebody held aboard."""
    admin, field = record.staff["admin"], record.staff["field"]
    add_client(session, acting=admin, name=f"story-{new_id()}", scope=Scope.FIELD_OFFICE)
    client_id = session.scalars(select(ApiClient.id)).first()
    kept: dict[str, Any] = {"key": "0123456789", "call": "clear", "body_digest": b"d", "status": 409}
    _put(session, KeptAnswer, client_id=client_id, answer={}, **kept)
    boarded = session.scalars(select(Removal.id)).first()
    _put(session, Departure, removal_id=boarded, recorded_by=field.id)
    _put(session, BoardingAlarm, removal_id=boarded, instruction="recall")
    manifest_id = new_id()
    journey: dict[str, Any] = {"label": "RP 1", "departure_kind": "removal", "destination": "CU"}
    journey |= {"contact_ways": [], "index_keys": [], "organisation_id": admin.organisation_id}
    leaves_at = database_now(session) + dt.timedelta(hours=1)
    _put(session, Manifest, id=manifest_id, registered_by=field.id, leaves_at=leaves_at, **journey)
    line: dict[str, Any] = {"manifest_id": manifest_id, "line": 1}
    _put(session, ManifestLine, **line, decision="blocked", reasons=[])
    _put(session, ManifestDeparture, manifest_id=manifest_id, recorded_by=field.id, not_aboard=[])
    _put(session, ManifestAlarm, **line, instruction="recall", evidence={})


def _put(session: Session, table: type[Base], **row: Any) -> None:
    session.execute(insert(table), [row])
