"""Two records under one A-number may be one human being: a hold on either keeps them from every departure."""

import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.place_hold import place_hold
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.store.gates import Removal
from tests.holds.store.life import released, someone
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, open_record


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def clear(record: Record, held: Held) -> uuid.UUID:
    with record.database.transaction() as session:
        return issue_clearance(
            session,
            record.database,
            acting=record.staff["field"],
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=DepartureKind.REMOVAL,
            destination="CU",
        )


def board(record: Record, clearance_id: uuid.UUID) -> None:
    with record.database.transaction() as session:
        record_boarding(session, record.database, acting=record.staff["field"], clearance_id=clearance_id)


def test_the_free_twin_of_somebody_held_is_not_cleared(record: Record) -> None:
    free = released(record, a_numbers=("900771001",))
    someone(record, a_numbers=("900771009", "900771001"))
    with pytest.raises(BlockedError, match=r"hold\.active"):
        clear(record, free)


def test_a_hold_on_the_twin_after_the_clearance_stops_the_boarding(record: Record) -> None:
    one, other = (released(record, a_numbers=("900771002",)) for _ in range(2))
    clearance_id = clear(record, one)
    with record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=other.person_id,
            basis=Basis.TRO,
            cites="1:26-cv-9",
        )
    with pytest.raises(BlockedError, match=r"hold\.active"):
        board(record, clearance_id)
    with record.database.reading() as session:
        assert session.scalar(select(Removal.id).where(Removal.person_id == one.person_id)) is None


def test_twins_whom_nothing_holds_and_namesakes_do_not_hinder(record: Record) -> None:
    one, _ = (released(record, a_numbers=("900771003",)) for _ in range(2))
    someone(record, a_numbers=("900771004",))
    board(record, clear(record, one))
