"""A hold on somebody who boarded without a manifest: office, whoever is on call and counsel are told."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from holds.actions.removal_calls import depart
from holds.domain.alarm_contact import Duty
from holds.domain.staff import Acting, Role
from holds.store.base import new_id
from holds.store.gates import Clearance
from tests.holds.actions.test_gate import board, clear
from tests.holds.store.life import released, someone, wait
from tests.holds.store.merging import put_merge
from tests.holds.store.record import BACKENDS, Held, open_record
from tests.holds.store.record import Record as StoreRecord
from tests.notify.actions.alarming import Alarming
from tests.notify.conftest import Record


@pytest.fixture(params=BACKENDS)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreRecord]:
    yield from open_record(request, tmp_path_factory)


@pytest.fixture
def alarming(store: StoreRecord) -> Alarming:
    """An office in Miami that boards, and a duty desk on call."""
    staff = store.staff
    office = SimpleNamespace(
        administrator=staff["admin"],
        officer=staff["field"],
        caseworker=staff["casey"],
        supervisor=staff["sunny"],
        credentials={},
    )
    record = Record(store.database, staff["operator"], store.home)
    record.begin()
    made = Alarming(office, record)
    made.staff("miami", Role.FIELD_OFFICER, "MIA")
    made.staff("desk", Role.DUTY_DESK)
    made.contact(Duty.FIELD_OFFICE, "mia@example.org", office="MIA")
    made.on_call("desk", "desk@example.org")
    return made


@dataclasses.dataclass(frozen=True)
class Journey:
    """Who boarded them, the boarding, and the reference they were boarded on."""

    officer: Acting
    removal: uuid.UUID
    reference: str


def went_aboard(store: StoreRecord, alarming: Alarming, held: Held) -> Journey:
    """Boarded by an officer of Miami."""
    miami = alarming.staff(f"gate-{new_id().hex[-6:]}", Role.FIELD_OFFICER, "MIA")
    acting = dataclasses.replace(store, staff={**store.staff, "field": miami})
    cleared = clear(acting, held)
    removal = board(acting, cleared)
    with store.database.reading() as session:
        reference = session.get_one(Clearance, cleared).reference
    return Journey(miami, removal, reference)


def left(store: StoreRecord, journey: Journey) -> None:
    with store.database.transaction() as session:
        depart(session, acting=journey.officer, removal=journey.removal)


def test_they_must_get_off_and_after_the_departure_come_back(store: StoreRecord, alarming: Alarming) -> None:
    free = released(store)
    alarming.record.appears(alarming.record.counsel(), free.person_id)
    journey = went_aboard(store, alarming, free)
    reference = journey.reference
    assert not alarming.look().red
    alarming.hold(free.person_id)
    assert alarming.look().red == 1
    for address in ("mia@example.org", "desk@example.org"):
        (words,) = alarming.words(address)
        assert f"STOP. Whoever went aboard on {reference} must get off now." in words
        assert "1-800-555-0199" in words
    assert len(alarming.words("alex@example.org")) == 1
    assert not alarming.look().anything
    left(store, journey)
    assert alarming.look().red == 1
    assert f"{reference} must be brought back now" in alarming.words("mia@example.org")[1]
    assert [task.detail for task in alarming.tasks("boarded_held")] == ["deplane", "recall"]


def test_a_recall_has_no_end(store: StoreRecord, alarming: Alarming) -> None:
    free = released(store)
    left(store, went_aboard(store, alarming, free))
    wait(store, dt.timedelta(days=400))
    alarming.hold(free.person_id)
    assert alarming.look().red == 1
    assert "brought back now" in alarming.words("desk@example.org")[0]


def test_a_hold_on_a_merged_record_or_a_twin_counts(store: StoreRecord, alarming: Alarming) -> None:
    """Two people judged that the one aboard is somebody who is held; or another record bears their number."""
    one, other = released(store), released(store)
    went_aboard(store, alarming, one)
    went_aboard(store, alarming, other)
    assert not alarming.look().red
    held = someone(store)
    with store.database.transaction() as session:
        put_merge(session, store, one, held)
    assert alarming.look().red == 1
    someone(store, a_numbers=(other.number,))
    assert alarming.look().red == 1


def test_people_of_one_moment_are_told_of_together(store: StoreRecord, alarming: Alarming) -> None:
    references = []
    for _ in range(2):
        free = released(store)
        references.append(went_aboard(store, alarming, free).reference)
        alarming.hold(free.person_id)
    assert alarming.look().red == 2
    (words,) = alarming.words("mia@example.org")
    assert f"aboard on {', '.join(sorted(references))} must get off" in words


def test_an_office_without_a_contact_is_a_task_and_so_is_nobody_on_call(store: StoreRecord) -> None:
    alarming = Alarming(
        SimpleNamespace(administrator=store.staff["admin"], caseworker=store.staff["casey"], credentials={}),
        Record(store.database, store.staff["operator"], store.home),
    )
    free = released(store)
    went_aboard(store, alarming, free)
    alarming.hold(free.person_id)
    assert alarming.look().decided.alarms == 0
    assert [task.evidence["office"] for task in alarming.tasks("office_without_contact")] == ["MIA"]
    assert [task.person_id for task in alarming.tasks("alarm_untold")] == [free.person_id]
