"""Systems of an office: they list what waits, and relay what a signed-in officer confirms. Alone, nothing."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from holds.actions.add_staff import add_staff
from holds.actions.confirmation_codes import new_confirmation_code
from holds.actions.credentials import acting_of
from holds.domain.client import Scope
from holds.domain.staff import Acting, Role
from holds.store.base import new_id
from holds.store.demo_time import move_clock
from holds.store.ledger_rows import LedgerRow
from holds.store.staff import Actor
from holds.store.transmissions import Acknowledgement, Transmission
from tests.holds.api.calling import Caller, caller, new_key
from tests.holds.store.ground import put
from tests.holds.store.record import Record, database_now, new_incident, put_on_record


def officer(record: Record, office: str) -> Acting:
    login = f"o-{uuid.uuid4().hex[:8]}"
    with record.database.transaction() as session:
        admin = record.staff["admin"]
        add_staff(
            session, acting=admin, login=login, display_name=login, role=Role.FIELD_OFFICER, office=office
        )
        return acting_of(session.scalars(select(Actor).where(Actor.login == login)).one())


def sent(record: Record, office: str, count: int = 1) -> list[str]:
    """Holds of so many people, sent to an office; their transmissions' references in that order."""
    with record.database.transaction() as session:
        incident, now = new_incident(session, record), database_now(session)
        for _ in range(count):
            held = put_on_record(session, record, incident)
            put(
                session,
                Transmission,
                id=new_id(),
                organisation_id=record.staff["admin"].organisation_id,
                hold_id=held.hold_id,
                person_id=held.person_id,
                kind="field_office",
                office=office,
                round=1,
                detained=True,
                transmitted_by=record.staff["operator"].id,
                transmitted_at=now,
                due_at=now + dt.timedelta(hours=1),
            )
        query = select(Transmission.reference).where(Transmission.office == office).order_by(Transmission.id)
        return list(session.scalars(query))


def code_of(record: Record, who: Acting) -> str:
    with record.database.transaction() as session:
        return new_confirmation_code(session, record.vault, acting=who)


def relay(system: Caller, who: Acting, code: str, *references: str, **more: Any) -> Any:
    body = {"officer": who.login, "code": code, "references": list(references), **more}
    return system.post("/acknowledgements", body, once=new_key())


def listed(system: Caller, query: str = "") -> dict[str, Any]:
    answer = system.get(f"/transmissions{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def acknowledged(record: Record) -> int:
    with record.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Acknowledgement)) or 0


def test_a_system_lists_its_own_office_a_page_at_a_time_and_confirms_nothing(record: Record) -> None:
    waiting, others = sent(record, "LST", 101), sent(record, "OTH")
    system, before = caller(record, office="lst"), acknowledged(record)
    first = listed(system)
    assert [one["reference"] for one in first["transmissions"]] == waiting[:100]
    second = listed(system, f"?after={first['after']}")
    assert [one["reference"] for one in second["transmissions"]] == waiting[100:]
    assert second["after"] is None
    assert not set(others) & {one["reference"] for one in first["transmissions"]}
    assert acknowledged(record) == before
    assert system.get("/transmissions?after=nothing").status_code == 422


def test_what_is_listed_counts_against_the_days_budget_once_and_tells_no_basis(record: Record) -> None:
    """A list that is read again costs nothing; more of it than the budget is left for another day."""
    waiting = sent(record, "BUD", 3)
    system = caller(record, office="BUD", daily_numbers=4)
    for _ in range(3):
        found = listed(system)["transmissions"]
        assert [one["reference"] for one in found] == waiting
        assert all("basis" not in one and one["a_numbers"] for one in found)
    assert system.check("A900700701").status_code == 200
    assert system.check("A900800801").get_json()["code"] == "client.budget"
    assert system.check(listed(system)["transmissions"][0]["a_numbers"][0]).status_code == 200
    sent(record, "BUD")
    refused = system.get("/transmissions")
    assert (refused.status_code, refused.get_json()["code"]) == (429, "client.budget")
    assert int(refused.headers["Retry-After"]) > 0
    assert waiting[0] not in refused.text


def test_a_long_list_is_no_sign_of_counting_upwards(record: Record) -> None:
    """The numbers of a list stand in a row here: it is the office's list, and no question of the client."""
    sent(record, "ROW", 30)
    system = caller(record, office="ROW")
    for _ in range(5):
        assert len(listed(system)["transmissions"]) == 30
    assert system.check("A900100301").status_code == 200


def test_an_officers_code_confirms_in_the_officers_name_and_only_once(record: Record) -> None:
    one, other = sent(record, "NOL", 2)
    system, who = caller(record, office="NOL"), officer(record, "NOL")
    code = code_of(record, who)
    done = relay(system, who, code, one)
    assert (done.status_code, done.json) == (201, {"officer": who.login, "acknowledged": 1})
    assert relay(system, who, code, other).status_code == 403
    with record.database.reading() as session:
        kept = session.scalars(
            select(Acknowledgement).join(Transmission).where(Transmission.reference == one)
        ).one()
        told = session.scalars(select(LedgerRow).where(LedgerRow.verb == "acknowledgement.relayed")).all()
    assert kept.acknowledged_by == who.id
    assert told[-1].subject_id == who.id


@pytest.mark.parametrize("wrong", ["code", "officer", "office", "old", "no office", "carrier"])
def test_nothing_is_confirmed_by_the_machine_alone(record: Record, wrong: str) -> None:
    (one,) = sent(record, f"W{wrong[:3].upper()}{wrong[-1].upper()}")
    with record.database.reading() as session:
        place = session.scalars(select(Transmission.office).where(Transmission.reference == one)).one()
    who, another = officer(record, place), officer(record, place)
    system = caller(record, office="ELS" if wrong == "office" else None if wrong == "no office" else place)
    if wrong == "carrier":
        system = caller(record, Scope.CARRIER)
    code = "ZZZZZZZZZZ" if wrong == "code" else code_of(record, who)
    if wrong == "old":
        with record.database.transaction() as session:
            move_clock(session, dt.timedelta(minutes=10))
    before = acknowledged(record)
    answer = relay(system, another if wrong == "officer" else who, code, one)
    assert answer.status_code == 403
    assert answer.json["code"] == ("key.scope" if wrong == "carrier" else "confirmation.code_wrong")
    assert acknowledged(record) == before


def test_guessing_codes_locks_the_system(record: Record) -> None:
    (one,) = sent(record, "GUE")
    system, who = caller(record, office="GUE"), officer(record, "GUE")
    seen = set()
    for _ in range(9):
        seen.add(relay(system, who, "ZZZZZZZZZZ", one).status_code)
        with record.database.transaction() as session:
            move_clock(session, dt.timedelta(seconds=11))
    assert relay(system, who, code_of(record, who), one).json["code"] == "client.locked"
    assert seen == {403}
