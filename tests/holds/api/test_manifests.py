"""Manifests: every line answered, watched until departure, and two words for a carrier."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.place_hold import place_hold
from holds.actions.watch_manifests import watch_manifests
from holds.domain.client import Scope
from holds.domain.closing import EndingKind
from holds.domain.hold import Basis
from holds.store.gates import HoldEnding
from holds.store.ledger_rows import LedgerRow
from holds.store.manifests import Manifest, ManifestAlarm
from holds.store.people import Task
from tests.holds.api.calling import Caller, caller, new_key
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.life import released, someone, wait
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


def test_a_later_hold_turns_it_red_and_alarms_once(record: Record, office: Caller) -> None:
    free = released(record, names=(NAMES[2],))
    reference = register(office, journey(record, "A900999998", free.number))["manifest"]
    assert not office.get(f"/manifests/{reference}").get_json()["red"]
    watch(record)
    hold(record, free)
    assert told(office.get(f"/manifests/{reference}").get_json()) == ["proceed", "do_not_board"]
    assert (watch(record), watch(record)) == (1, 0)
    assert alarms(record, reference) == ["do_not_board"]
    with record.database.reading() as session:
        kinds = session.scalars(select(Task.evidence).where(Task.kind == "manifest_red")).all()
    assert reference in {evidence["manifest"] for evidence in kinds}


def test_after_boarding_it_is_deplane_and_after_departure_recall(record: Record, office: Caller) -> None:
    free = released(record)
    reference = register(office, journey(record, free.number, lines=[{"line": 1, "a_number": free.number}]))[
        "manifest"
    ]
    assert office.board(office.clear(free.number).get_json()["clearance"]).status_code == 201
    hold(record, free)
    watch(record)
    left = office.post(f"/manifests/{reference}/departure", {"not_aboard": []}, once=new_key())
    assert told(left.get_json()) == ["recall"]
    watch(record)
    assert alarms(record, reference) == ["deplane", "recall"]
    again = office.post(f"/manifests/{reference}/departure", {"not_aboard": []}, once=new_key())
    assert (again.status_code, again.get_json()["code"]) == (409, "manifest.departed_already")


def test_somebody_who_comes_on_record_later_is_found_on_it(record: Record, office: Caller) -> None:
    """Neither their name nor their number was kept: the keyed indexes find them."""
    number = "900555001"
    body = journey(record, f"A{number}", "A900666002")
    body["lines"][1]["name"] = "Eva Sole"
    reference = register(office, body)["manifest"]
    someone(record, a_numbers=(number,))
    someone(record, a_numbers=(), names=("SOLE, EVA",), birth_dates=("1990-02-03",))
    assert told(office.get(f"/manifests/{reference}").get_json()) == ["do_not_board", "do_not_board"]
    watch(record)
    assert alarms(record, reference) == ["do_not_board", "do_not_board"]


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


def test_a_blocked_line_that_left_all_the_same_is_a_recall(record: Record, office: Caller) -> None:
    body = journey(record, someone(record).number, someone(record).number)
    reference = register(office, body)["manifest"]
    watch(record)
    assert alarms(record, reference) == []
    path = f"/manifests/{reference}/departure"
    left = office.post(path, {"not_aboard": [1]}, once=new_key()).get_json()
    assert told(left) == ["do_not_board", "recall"]
    watch(record)
    assert alarms(record, reference) == ["recall"]


def test_past_its_hour_without_a_report_people_may_be_aboard(record: Record, office: Caller) -> None:
    free = released(record)
    reference = register(office, journey(record, lines=[{"line": 1, "a_number": free.number}]))["manifest"]
    wait(record, dt.timedelta(hours=3))
    hold(record, free)
    assert told(office.get(f"/manifests/{reference}").get_json()) == ["deplane"]


def test_what_nobody_reported_in_a_week_is_a_task_and_watched_on(record: Record, office: Caller) -> None:
    free = released(record)
    reference = register(office, journey(record, lines=[{"line": 1, "a_number": free.number}]))["manifest"]

    def unreported() -> list[str]:
        with record.database.reading() as session:
            kind = Task.kind == "manifest_unreported"
            return [evidence["manifest"] for evidence in session.scalars(select(Task.evidence).where(kind))]

    wait(record, dt.timedelta(days=7))
    watch(record)
    assert reference not in unreported()
    wait(record, dt.timedelta(hours=3))
    watch(record)
    hold(record, free)
    watch(record)
    watch(record)
    assert unreported().count(reference) == 1
    assert alarms(record, reference) == ["deplane"]


def test_a_recall_is_watched_for_thirty_days_and_its_end_is_a_task(record: Record, office: Caller) -> None:
    """Of two journeys that have left, one gets a hold in time. The end of watching is told of both, once."""
    soon, late = released(record), released(record)
    references = []
    for free in (soon, late):
        body = journey(record, lines=[{"line": 1, "a_number": free.number}])
        references.append(register(office, body)["manifest"])
        office.post(f"/manifests/{references[-1]}/departure", {"not_aboard": []}, once=new_key())

    def over() -> list[str]:
        with record.database.reading() as session:
            rows = session.scalars(select(Task.evidence).where(Task.kind == "manifest_watch_over"))
            return [evidence["manifest"] for evidence in rows if evidence["manifest"] in references]

    wait(record, dt.timedelta(days=29))
    hold(record, soon)
    with record.database.transaction() as session:
        acting = record.staff["system"]
        assert watch_manifests(session, record.database, acting=acting, whole=False) == 0
    watch(record)
    assert over() == []
    wait(record, dt.timedelta(days=2))
    hold(record, late)
    watch(record)
    watch(record)
    assert [alarms(record, reference) for reference in references] == [["recall"], []]
    assert sorted(over()) == sorted(references)


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


def test_contacts_are_sealed_and_no_mark_is_in_the_evidence(record: Record, office: Caller) -> None:
    free = released(record)
    line = {"line": 1, "a_number": free.number, "mark": "77Z"}
    reference = register(office, journey(record, lines=[line], contacts=["sealed-ops@field.example"]))[
        "manifest"
    ]
    hold(record, free)
    watch(record)
    with record.database.reading() as session:
        kept = session.scalars(select(Manifest).where(Manifest.reference == reference)).one()
        told_of = session.scalars(
            select(ManifestAlarm.evidence).where(ManifestAlarm.manifest_id == kept.id)
        ).one()
    assert kept.contact_ways == ["email"]
    assert b"sealed-ops" not in (kept.sealed_contacts or b"")
    assert "77Z" not in str(told_of)


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
