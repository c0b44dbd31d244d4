"""Manifests are watched: what comes later turns a line red and alarms, also after the departure."""

import dataclasses
import datetime as dt
import uuid

from sqlalchemy import select

from holds.actions.place_hold import place_hold
from holds.actions.watch_manifests import watch_manifests
from holds.actions.watchers import note_look
from holds.domain.client import Scope
from holds.domain.closing import EndingKind
from holds.domain.hold import Basis
from holds.store.gates import Hold, HoldEnding
from holds.store.manifests import Manifest, ManifestAlarm
from holds.store.people import Task
from tests.holds.api.calling import Caller, caller, new_key
from tests.holds.api.journeys import NAMES, alarms, hold, journey, register, told, watch
from tests.holds.store.ends import bear_end
from tests.holds.store.ground import put
from tests.holds.store.life import released, someone, wait
from tests.holds.store.record import Record


def test_somebody_who_is_protected_later_raises_that_alarm_too(record: Record, office: Caller) -> None:
    """Nobody asks at the gate again: the line itself turns red, of one who is told by the number."""
    free, other = (released(record, names=(name,)) for name in NAMES[1:3])
    register(office, journey(record, free.number, other.number))
    with record.database.transaction() as session:
        acting, person_id = record.staff["casey"], free.person_id
        reference = place_hold(
            session, record.vault, acting=acting, person_id=person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )
        placed = session.scalars(select(Hold.id).where(Hold.reference == reference)).one()
        held = dataclasses.replace(free, hold_id=placed)
        put(session, HoldEnding, **bear_end(session, record, held, EndingKind.CLOSED_PROTECTED))
    hold(record, other)
    assert watch(record) == 2
    with record.database.reading() as session:
        kind = Task.kind == "closed_person_checked"
        told = session.scalars(select(Task.person_id).where(kind, Task.raised_at.is_not(None))).all()
    assert told.count(free.person_id) == 1
    assert other.person_id not in told


def test_a_manifest_that_nobody_watches_is_answered_with_a_warning(record: Record, office: Caller) -> None:
    """And so is whoever asks for the office's health, a carrier too. A beat counts for two minutes."""
    carrier = caller(record, Scope.CARRIER)

    def warned() -> list[list[str]]:
        answers = (register(office, journey(record, "A900999991")), carrier.get("/health").get_json())
        return [[one["code"] for one in answer["warnings"]] for answer in answers]

    assert warned() == [["watch.nobody"], ["watch.nobody"]]
    assert not carrier.get("/health").get_json()["watching"]
    with record.database.transaction() as session:
        note_look(session, uuid.uuid4())
    assert warned() == [[], []]
    wait(record, dt.timedelta(minutes=2))
    assert warned() == [["watch.nobody"], ["watch.nobody"]]


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
