"""Clearing and boarding through the actions: check and execute is one step, and doubt boards nobody."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from holds.actions.clear_removal import BlockedError, issue_clearance, record_boarding
from holds.actions.place_hold import HoldRefusedError, place_hold
from holds.domain.departure import DepartureKind
from holds.domain.hold import Basis
from holds.domain.refusal import RefusedError
from holds.domain.staff import NotAllowedError
from holds.store.engine import refusal_code
from holds.store.gate_lock import UnknownPersonError, lock_gates
from holds.store.gates import Clearance, Hold, Removal
from holds.store.ledger_rows import LedgerRow
from tests.holds.store.ground import epoch
from tests.holds.store.life import released, someone, wait
from tests.holds.store.record import BACKENDS, Held, Record, asked_of, database_now, open_record
from tests.races.weakenings import restore, weaken

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(scope="module", params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def clear(record: Record, held: Held, who: str = "field", *, destination: str = "CU") -> uuid.UUID:
    with record.database.transaction() as session:
        return issue_clearance(
            session,
            record.database,
            acting=record.staff[who],
            person_id=held.person_id,
            question=asked_of(held),
            departure_kind=DepartureKind.REMOVAL,
            destination=destination,
        )


def board(record: Record, clearance_id: uuid.UUID, who: str = "field") -> uuid.UUID:
    with record.database.transaction() as session:
        return record_boarding(session, record.database, acting=record.staff[who], clearance_id=clearance_id)


def hold(record: Record, held: Held, basis: Basis = Basis.TRO, who: str = "casey") -> str:
    with record.database.transaction() as session:
        acting = record.staff[who]
        return place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=basis, cites="1:26-cv-9"
        )


def boarded(record: Record, held: Held) -> bool:
    with record.database.reading() as session:
        return session.scalar(select(Removal.id).where(Removal.person_id == held.person_id)) is not None


def test_a_held_person_is_not_cleared(record: Record) -> None:
    held = someone(record)
    with pytest.raises(BlockedError, match=r"hold\.active"):
        clear(record, held)


def test_a_released_person_is_cleared_and_boarded_once_and_the_ledger_tells_it(record: Record) -> None:
    held = released(record)
    clearance_id = clear(record, held)
    removal_id = board(record, clearance_id)
    with pytest.raises(IntegrityError) as caught:
        board(record, clearance_id)
    assert refusal_code(caught.value) in {"clearance.void", "record.exists"}
    with record.database.reading() as session:
        told = session.execute(
            select(LedgerRow.verb, LedgerRow.subject_id).where(LedgerRow.person_id == held.person_id)
        ).all()
    assert {("clearance.issued", clearance_id), ("removal.boarded", removal_id)} <= {tuple(t) for t in told}


def test_a_hold_placed_after_the_clearance_blocks_the_boarding_at_commit(record: Record) -> None:
    held = released(record)
    clearance_id = clear(record, held)
    hold(record, held)
    with pytest.raises(BlockedError, match=r"hold\.active"):
        board(record, clearance_id)
    with pytest.raises(BlockedError, match=r"hold\.active"):
        clear(record, held)
    assert not boarded(record, held)


def test_a_second_clearance_voids_the_first(record: Record) -> None:
    held = released(record)
    first, second = clear(record, held), clear(record, held)
    with pytest.raises(IntegrityError) as caught:
        board(record, first)
    assert refusal_code(caught.value) == "clearance.void"
    board(record, second)


def test_after_fifteen_minutes_a_clearance_is_worth_nothing(record: Record) -> None:
    held = released(record)
    clearance_id = clear(record, held)
    with record.database.reading() as session:
        expires_at = session.get_one(Clearance, clearance_id).expires_at
        assert dt.timedelta() < expires_at - database_now(session) <= 15 * MINUTE
    wait(record, 15 * MINUTE)
    with pytest.raises(IntegrityError) as caught:
        board(record, clearance_id)
    assert refusal_code(caught.value) == "clearance.expired"
    assert not boarded(record, held)


def test_an_unknown_clearance_or_person_is_blocked(record: Record) -> None:
    with pytest.raises(BlockedError, match=r"clearance\.unknown"):
        board(record, uuid.uuid4())
    stranger = Held(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), "900000000")
    with pytest.raises(UnknownPersonError):
        clear(record, stranger)
    with pytest.raises(UnknownPersonError):
        hold(record, stranger)


def test_a_database_whose_triggers_changed_clears_and_boards_nobody(record: Record) -> None:
    """Also not on a clearance from before: what should have refused the boarding may be gone."""
    held = released(record)
    clearance_id = clear(record, held)
    weaken(record, "epoch not compared")
    try:
        with pytest.raises(BlockedError, match=r"database\.triggers_changed"):
            clear(record, held)
        with pytest.raises(BlockedError, match=r"database\.triggers_changed"):
            board(record, clearance_id)
    finally:
        restore(record)
    board(record, clearance_id)


def test_only_a_field_officer_clears_and_boards(record: Record) -> None:
    held = released(record)
    clearance_id = clear(record, held)
    for who in ("operator", "system", "casey", "sunny", "inside"):
        with pytest.raises(NotAllowedError):
            clear(record, held, who)
        with pytest.raises(NotAllowedError):
            board(record, clearance_id, who)


def test_one_person_places_a_hold_and_its_order_is_named(record: Record) -> None:
    held = someone(record)
    for who in ("casey", "field", "operator"):
        hold(record, held, Basis.HABEAS, who)
    with record.database.reading() as session:
        holds = session.scalars(select(Hold).where(Hold.person_id == held.person_id)).all()
        assert sorted(one.basis for one in holds) == ["habeas", "habeas", "habeas", "incident"]
        assert epoch(session, held.person_id) == 4
    with pytest.raises(HoldRefusedError, match="record list"):
        hold(record, held, Basis.INCIDENT)
    with pytest.raises(HoldRefusedError, match="--cites"), record.database.transaction() as session:
        place_hold(
            session,
            record.vault,
            acting=record.staff["casey"],
            person_id=held.person_id,
            basis=Basis.TRO,
            cites="  ",
        )
    with pytest.raises(NotAllowedError):
        hold(record, held, Basis.TRO, "system")


def test_gates_are_locked_together_and_one_missing_locks_none(record: Record) -> None:
    one, other = someone(record), someone(record)
    with record.database.transaction() as session:
        both = lock_gates(session, [other.person_id, one.person_id, other.person_id])
        assert both == {one.person_id: 1, other.person_id: 1}
        with pytest.raises(UnknownPersonError):
            lock_gates(session, [one.person_id, uuid.uuid4()])
        assert session.execute(text("SELECT 1")).scalar_one() == 1


@pytest.mark.parametrize("said", ["", "Havana, to sister Rosa", "A900444001", "12 Oak St", "XQ"])
def test_a_destination_is_a_code_or_there_is_no_clearance(record: Record, said: str) -> None:
    """It stands in clear, so it has no room for an address or a name."""
    held = released(record)
    with pytest.raises(RefusedError, match="country code"):
        clear(record, held, destination=said)
    clearance_id = clear(record, held, destination=" cu ")
    with record.database.reading() as session:
        assert session.get_one(Clearance, clearance_id).destination == "CU"
