"""Manifests: every line answered, nothing that names anybody, and two words for a carrier."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from holds.domain.client import Scope
from holds.domain.closing import EndingKind
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.people import Task
from tests.holds.api.calling import Caller, caller, new_key
from tests.holds.api.journeys import NAMES, hold, journey, register, told
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.life import released, someone
from tests.holds.store.record import Record, database_now


def test_every_line_is_answered_and_in_the_ledger(record: Record, office: Caller) -> None:
    held, free = someone(record), released(record, names=(NAMES[2],))
    answer = register(office, journey(record, held.number, free.number, "A900999999", "no number"))
    decisions = [line["decision"] for line in answer["lines"]]
    assert decisions == ["blocked", "no_active_hold", "not_on_record", "blocked"]
    assert told(answer) == ["do_not_board", "proceed", "proceed", "do_not_board"]
    assert answer["red"]
    assert [line["mark"] for line in answer["lines"]] == ["1A", "2A", "3A", "4A"]
    with record.database.reading() as session:
        rows = session.scalars(select(LedgerRow).where(LedgerRow.verb == "manifest.checked")).all()
        of_held = session.scalars(
            select(LedgerRow).where(
                LedgerRow.person_id == held.person_id, LedgerRow.verb == "removal.checked"
            )
        ).one()
    assert rows[-1].codes["decisions"] == "bnub"
    assert of_held.codes["line"] == 1


def test_somebody_protected_on_a_manifest_raises_the_alarm_of_a_closed_person(
    record: Record, office: Caller
) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put(session, HoldEnding, **bear_end(session, record, held, EndingKind.CLOSED_PROTECTED))
    (line,) = register(office, journey(record, lines=[{"line": 1, "a_number": held.number}]))["lines"]
    assert [reason["code"] for reason in line["reasons"]] == ["hold.active"]
    with record.database.reading() as session:
        alarms_of = select(Task.kind).where(Task.person_id == held.person_id)
        assert "closed_person_checked" in session.scalars(alarms_of).all()


def test_a_name_alone_finds_who_has_neither_number_nor_birth_date(record: Record, office: Caller) -> None:
    """Whoever has a birth date on record is found by it, and blocks no namesake by the name alone."""
    body = journey(record, "A900666011", "A900666012")
    body["lines"][0]["name"], body["lines"][1]["name"] = "Abeba Haile", "Yonas Gebre"
    reference = register(office, body)["manifest"]
    assert told(office.get(f"/manifests/{reference}").get_json()) == ["proceed", "proceed"]
    someone(record, a_numbers=(), names=("HAILE, ABEBA",), birth_dates=())
    someone(record, a_numbers=(), names=("GEBRE, YONAS",), birth_dates=("1971-05-06",))
    assert told(office.get(f"/manifests/{reference}").get_json()) == ["do_not_board", "proceed"]
    answers = register(office, body)["lines"]
    assert [line["decision"] for line in answers] == ["blocked", "not_on_record"]


def test_a_carrier_gets_two_words_for_its_own_manifest_only(record: Record, office: Caller) -> None:
    carrier, other = caller(record, Scope.CARRIER), caller(record, Scope.CARRIER)
    held, free = someone(record), released(record, names=(NAMES[2],))
    body = journey(record, held.number, free.number, "A900999997", carrier=carrier.name)
    body["lines"].append({"line": 4, "a_number": "A900999996"})
    reference = register(office, body)["manifest"]
    seen = carrier.get(f"/manifests/{reference}").get_json()
    assert told(seen) == ["do_not_board", "proceed", "proceed", "do_not_board"]
    assert all(set(line) == {"line", "instruction"} for line in seen["lines"])
    hold(record, free)
    assert told(carrier.get(f"/manifests/{reference}").get_json())[1] == "do_not_board"
    for stranger in (other, caller(record)):
        refused, unknown = stranger.get(f"/manifests/{reference}"), stranger.get("/manifests/ZZZZZZZZZZ")
        assert refused.status_code == unknown.status_code == 404
        assert refused.get_json() == unknown.get_json()
    assert carrier.post("/manifests", body, once=new_key()).status_code == 403
    assert carrier.check(held.number).status_code == 403


def test_a_budget_of_numbers_bounds_a_manifest(record: Record) -> None:
    client = caller(record, daily_numbers=2)
    body = journey(record, "A900111101", "A900222201", "A900333301")
    refused = client.post("/manifests", body, once=new_key())
    assert (refused.status_code, refused.get_json()["code"]) == (429, "client.budget")
    assert register(client, journey(record, "A900111101", "A900222201"))["red"] is False


@pytest.mark.parametrize(
    "spoiled",
    [
        {"lines": []},
        {"lines": [{"line": 1, "a_number": "A900000001"}, {"line": 1, "a_number": "A900000002"}]},
        {"lines": [{"line": n, "a_number": "A900000001"} for n in range(1, 2002)]},
        {"contacts": []},
        {"carrier": "nobody-of-this-name"},
        {"leaves_at": "2026-01-01T00:00:00"},
        {"destination": "Atlantis"},
    ],
)
def test_what_is_not_whole_is_refused(record: Record, office: Caller, spoiled: dict[str, Any]) -> None:
    answer = office.post("/manifests", journey(record, "A900000001", **spoiled), once=new_key())
    assert answer.status_code == 422
    assert answer.get_json()["decision"] == "blocked"


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        ({"label": "PEREZ, ANA"}, "manifest.label"),
        ({"label": "A900000001 to Cuba"}, "manifest.label"),
        ({"label": "900 000 001"}, "manifest.label"),
        ({"label": "Ana Perez"}, "manifest.label"),
        ({"contacts": ["ops@field.example", "the desk"]}, "manifest.contact"),
        ({"contacts": ["A900000001"]}, "manifest.contact"),
        ({"lines": [{"line": 1, "a_number": "A900000001", "mark": "9000001"}]}, "manifest.mark"),
        ({"lines": [{"line": 1, "a_number": "A900000001", "mark": "Perez"}]}, "manifest.mark"),
        ({"lines": [{"line": 1, "a_number": "A900000001", "mark": "seat 12A"}]}, "manifest.mark"),
    ],
)
def test_what_could_name_somebody_is_refused(
    record: Record, office: Caller, spoiled: dict[str, Any], code: str
) -> None:
    answer = office.post("/manifests", journey(record, "A900000001", **spoiled), once=new_key())
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_a_journey_whose_hour_is_past_is_refused(record: Record, office: Caller) -> None:
    with record.database.reading() as session:
        past = database_now(session) - dt.timedelta(minutes=1)
    answer = office.post(
        "/manifests", journey(record, "A900000001", leaves_at=past.isoformat()), once=new_key()
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "manifest.left_already")
    assert "hour of leaving is past" in answer.get_json()["detail"]


def test_a_repeated_manifest_is_one_manifest_until_something_changes(record: Record, office: Caller) -> None:
    free, once = released(record), new_key()
    body = journey(record, lines=[{"line": 1, "a_number": free.number}])
    first, again = register(office, body, once=once), register(office, body, once=once)
    assert first == again
    hold(record, free)
    late = office.post("/manifests", body, once=once)
    assert (late.status_code, late.get_json()["code"]) == (409, "idempotency.outdated")
