"""After a restore: what had been taken back stays so, and who lost a number is named (guarantee 6)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from holds.actions.add_staff import add_staff
from holds.actions.api_clients import (
    LockedClientError,
    WrongKeyError,
    add_client,
    client_of_key,
    revoke_key,
    rotate_key,
)
from holds.actions.credentials import WrongCredentialError, sign_in
from holds.actions.deactivate_staff import StaffRefusedError, deactivate_staff
from holds.actions.reconcile_database import ReconciliationRefusedError
from holds.domain.client import Scope
from holds.domain.decision import Decision
from holds.domain.staff import Role
from holds.store.ledger import tell
from holds.store.outside import marker_of, write_marker
from holds.store.people import Person, Task
from tests.holds.actions.put_back import ask, back_up, bases, compare, reopen, with_outside
from tests.holds.store.life import released
from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    for made in open_record(request, tmp_path_factory):
        with made.database.reading() as session:
            marker = marker_of(session)
        assert marker is not None
        write_marker(made.home / "heads", marker)
        yield with_outside(made, made.home / "heads")


def opens(record: Record, key: str) -> bool:
    try:
        client_of_key(record.database, key)
    except (WrongKeyError, LockedClientError):
        return False
    return True


def test_a_revoked_key_is_revoked_again_and_one_made_since_is_named(record: Record) -> None:
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        old = add_client(session, acting=admin, name="an-office", scope=Scope.FIELD_OFFICE)
        kept = add_client(session, acting=admin, name="other-office", scope=Scope.FIELD_OFFICE)
    put_back = back_up(record)
    with record.database.transaction() as session:
        fresh = rotate_key(session, acting=admin, name="an-office")
        revoke_key(session, acting=admin, reference=old.split("_")[1])
    assert (opens(record, old), opens(record, fresh)) == (False, True)
    record = put_back()
    assert opens(record, old)  # the copy knows nothing of it
    shut = compare(record).lost.shut
    assert (shut.keys, shut.keys_made) == ((old.split("_")[1],), (fresh.split("_")[1],))
    reopen(record)
    assert [opens(record, key) for key in (old, fresh, kept)] == [False, False, True]
    assert ask(record).decision is Decision.NOT_ON_RECORD


def test_who_was_taken_out_stays_out_and_opens_nothing(record: Record) -> None:
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        shown = add_staff(session, acting=admin, login="gone", display_name="Gone", role=Role.CASEWORKER)
    put_back = back_up(record)
    with record.database.transaction() as session:
        for login in ("gone", "sol"):
            deactivate_staff(session, acting=admin, login=login)
    record = put_back()
    with record.database.reading() as session:
        assert sign_in(session, login="gone", credential=shown).login == "gone"
    with pytest.raises(ReconciliationRefusedError, match="taken out"):
        compare(record, "sol")
    assert compare(record).staff == ("gone", "sol")
    with pytest.raises(ReconciliationRefusedError, match="second supervisor"):
        reopen(record, "sunny")
    with pytest.raises(ReconciliationRefusedError, match="taken out"):
        reopen(record, "sol")


def test_staff_taken_out_are_taken_out_again(record: Record) -> None:
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        shown = add_staff(session, acting=admin, login="gone", display_name="Gone", role=Role.CASEWORKER)
    put_back = back_up(record)
    with record.database.transaction() as session:
        deactivate_staff(session, acting=admin, login="gone")
    record = put_back()
    compare(record)
    reopen(record)
    with record.database.reading() as session, pytest.raises(WrongCredentialError):
        sign_in(session, login="gone", credential=shown)


def test_a_locked_client_is_locked_again(record: Record) -> None:
    admin = record.staff["admin"]
    with record.database.transaction() as session:
        key = add_client(session, acting=admin, name="an-office", scope=Scope.FIELD_OFFICE)
    client = client_of_key(record.database, key)
    put_back = back_up(record)
    with record.database.transaction() as session:
        tell(session, admin, "client.locked", client.acting.id)
    record = put_back()
    compare(record)
    assert opens(record, key)
    reopen(record)
    assert not opens(record, key)


def test_who_lost_a_number_is_named_held_and_waits_as_a_task(record: Record) -> None:
    held = released(record)
    put_back = back_up(record)
    with record.database.transaction() as session:
        by = record.staff["casey"]
        tell(session, by, "person.number_added", held.person_id, person_id=held.person_id)
    record = put_back()
    found = compare(record)
    with record.database.reading() as session:
        reference = session.get_one(Person, held.person_id).reference
    assert found.renamed == (reference,)
    with pytest.raises(ReconciliationRefusedError, match=reference):
        reopen(record)
    assert ask(record).decision is Decision.BLOCKED
    reopen(record, people_are_back=True)
    assert bases(record, held) == ("lost_hold",)
    with record.database.reading() as session:
        waiting = session.scalars(select(Task).where(Task.kind == "names_lost")).all()
    assert [task.person_id for task in waiting] == [held.person_id]


def test_the_last_administrator_stays(record: Record) -> None:
    with pytest.raises(StaffRefusedError, match="last"), record.database.transaction() as session:
        deactivate_staff(session, acting=record.staff["admin"], login="admin")
