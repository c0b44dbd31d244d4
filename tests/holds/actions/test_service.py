"""Recording service: what the slip does not show is not proven, and only proven service starts a clock."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.record_service import ServiceRefusedError, dispute_service, record_service
from holds.domain.staff import NotAllowedError
from holds.store.exposures import Exposure
from holds.store.gates import Hold
from holds.store.ledger_rows import LedgerRow
from holds.store.release_facts import exposure_services
from holds.store.reviews import Service
from tests.holds.store.ground import epoch, put
from tests.holds.store.life import DAY, serve_notices, someone
from tests.holds.store.record import (
    BACKENDS,
    Held,
    Record,
    database_now,
    new_incident,
    open_record,
)
from tests.proven import PROVEN


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def serve(
    record: Record, held: Held, ago: dt.timedelta = 20 * DAY, who: str = "casey", **slip: Any
) -> uuid.UUID:
    with record.database.transaction() as session:
        return record_service(
            session,
            record.database.vault,
            acting=record.staff[who],
            person_id=held.person_id,
            exposure_id=held.exposure_id,
            act=dataclasses.replace(PROVEN, **slip),
            served_at=database_now(session) - ago,
        )


def proven_at(record: Record, held: Held) -> list[dt.datetime | None]:
    with record.database.reading() as session:
        return [service.proven_at for service in exposure_services(session, held.person_id)]


def test_a_proven_service_starts_the_clock_at_its_own_time(record: Record) -> None:
    held = someone(record)
    assert proven_at(record, held) == [None]
    service_id = serve(record, held)
    with record.database.reading() as session:
        service = session.get_one(Service, service_id)
        assert service.proven
        assert proven_at(record, held) == [service.served_at]


@pytest.mark.parametrize(
    "slip",
    [
        {"outcome": "refused"},
        {"outcome": "refused_wrong_language"},
        {"right_person": False},
        {"in_private": False},
        {"own_language": False},
        {"marked_by_person": False},
        {"understood_second": False},
    ],
    ids=str,
)
def test_an_act_that_is_not_proven_is_kept_and_starts_nothing(record: Record, slip: dict[str, Any]) -> None:
    held = someone(record)
    service_id = serve(record, held, **slip)
    assert proven_at(record, held) == [None]
    with record.database.reading() as session:
        assert not session.get_one(Service, service_id).proven
        row = session.scalars(select(LedgerRow).where(LedgerRow.subject_id == service_id)).one()
        assert row.codes["missing"]


@pytest.mark.parametrize("ago", [60 * DAY + dt.timedelta(seconds=5), 400 * DAY, -DAY])
def test_service_before_the_disclosure_or_in_the_future_is_refused(record: Record, ago: dt.timedelta) -> None:
    held = someone(record)
    with pytest.raises(ServiceRefusedError, match="after the disclosure"):
        serve(record, held, ago)
    assert proven_at(record, held) == [None]


def test_nobody_elses_exposure_is_served(record: Record) -> None:
    one, other = someone(record), someone(record)
    with pytest.raises(ServiceRefusedError, match="no such exposure"):
        serve(record, dataclasses.replace(one, exposure_id=other.exposure_id))


def test_a_dispute_stops_the_clock_voids_what_is_under_way_and_a_new_service_starts_it(
    record: Record,
) -> None:
    held = someone(record)
    first = serve(record, held, 30 * DAY)
    second = serve(record, held, 10 * DAY)
    with record.database.transaction() as session:
        before = epoch(session, held.person_id)
        for service_id in (first, second):
            dispute_service(
                session,
                record.vault,
                acting=record.staff["casey"],
                service_id=service_id,
                disputed_by="person",
            )
        assert epoch(session, held.person_id) == before + 2
    assert proven_at(record, held) == [None]
    third = serve(record, held, 5 * DAY)
    with record.database.reading() as session:
        assert proven_at(record, held) == [session.get_one(Service, third).served_at]


def test_every_exposure_needs_its_own_service(record: Record) -> None:
    held = someone(record)
    serve(record, held)
    with record.database.transaction() as session:
        second, operator, hold_id = new_incident(session, record), record.staff["operator"], uuid.uuid4()
        hold = {"id": hold_id, "person_id": held.person_id, "basis": "incident", "incident_id": second.id}
        hold |= {"organisation_id": operator.organisation_id, "placed_by": operator.id}
        put(session, Hold, **hold, epoch=epoch(session, held.person_id) + 1)
        exposure = {"person_id": held.person_id, "incident_id": second.id, "hold_id": hold_id}
        put(session, Exposure, **exposure, fields=["name"])
    assert sorted(at is None for at in proven_at(record, held)) == [False, True]
    with record.database.transaction() as session:
        serve_notices(session, record, held, ago=DAY)
    assert None not in proven_at(record, held)


def test_only_casework_outside_the_removing_office_records_service(record: Record) -> None:
    held = someone(record)
    for who in ("inside", "operator", "field", "system"):
        with pytest.raises(NotAllowedError):
            serve(record, held, who=who)
