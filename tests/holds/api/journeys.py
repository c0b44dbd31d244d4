"""Journeys that a field office registers, and what is told of them."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from holds.actions.place_hold import place_hold
from holds.actions.watch_manifests import watch_manifests
from holds.domain.hold import Basis
from holds.store.manifests import ManifestAlarm
from tests.holds.api.calling import Caller, new_key
from tests.holds.store.record import Held, Record, database_now

NAMES = ("", "ROE, ALAN", "ROE, BORIS", "ROE, CARLA", "ROE, DORA")
"""By line."""


def journey(record: Record, *numbers: str, **more: Any) -> dict[str, Any]:
    with record.database.reading() as session:
        leaves_at = database_now(session) + dt.timedelta(hours=2)
    lines = [
        {
            "line": n,
            "a_number": number,
            "name": NAMES[n],
            "birth_date": "1990-02-03",
            "mark": f"{n}A",
        }
        for n, number in enumerate(numbers, start=1)
    ]
    body = {"label": "RP 1234", "departure_kind": "removal", "destination": "Cuba", "lines": lines}
    return {**body, "leaves_at": leaves_at.isoformat(), "contacts": ["ops@field.example"], **more}


def register(client: Caller, body: dict[str, Any], *, once: str | None = None) -> Any:
    answer = client.post("/manifests", body, once=once or new_key())
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def hold(record: Record, held: Held) -> None:
    with record.database.transaction() as session:
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )


def watch(record: Record) -> int:
    with record.database.transaction() as session:
        return watch_manifests(session, record.database, acting=record.staff["system"])


def told(answer: Any) -> list[str]:
    return [line["instruction"] for line in answer["lines"]]


def alarms(record: Record, reference: str) -> list[str]:
    with record.database.reading() as session:
        rows = session.scalars(select(ManifestAlarm).order_by(ManifestAlarm.raised_at)).all()
    return [row.instruction for row in rows if row.evidence["manifest"] == reference]
