"""Guarantee 14: every change is told in its own transaction; tampering is found against a kept head."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from holds.actions.place_hold import place_hold
from holds.actions.seal_ledger import Head, keep_head, seal_ledger
from holds.actions.verify_ledger import Verdict, verify_ledger
from holds.domain.hold import Basis
from holds.domain.staff import NotAllowedError
from holds.store import triggers
from holds.store.engine import Database
from holds.store.gates import Hold
from holds.store.key_ring import new_ring
from holds.store.ledger_rows import LedgerDetail, LedgerHead, LedgerLeaf, LedgerRow
from holds.store.ledger_tree import head_bytes
from holds.store.people import DataKey
from holds.store.vault import Vault
from tests.holds.store.life import put_review, someone
from tests.holds.store.record import BACKENDS, Record, open_record


@pytest.fixture(params=BACKENDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    yield from open_record(request, tmp_path_factory)


def seal(record: Record) -> Head | None:
    with record.database.transaction() as session:
        return seal_ledger(session, record.vault)


def verdict(record: Record, folder: Path, vault: Vault | None = None) -> Verdict:
    acting, ring = record.staff["sunny"], (vault or record.vault).ring
    with record.database.reading() as session:
        return verify_ledger(session, ring, acting=acting, heads_folder=folder)


def sealed_and_kept(record: Record, folder: Path) -> Head:
    """Six people on record, a head sealed and kept outside; some rows more, sealed and kept too."""
    heads = []
    for _ in range(2):
        for _ in range(3):
            someone(record)
        head = seal(record)
        assert head is not None
        keep_head(folder, head)
        heads.append(head)
    return heads[-1]


def unlocked(record: Record, work: Callable[[Connection], object]) -> None:
    """What an owner of the database could do who switches the triggers off and on again."""
    with record.owner.begin() as owner:
        triggers.uninstall(owner)
        if record.sqlite:
            owner.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            owner.exec_driver_sql("SET session_replication_role = replica")
        work(owner)
        if not record.sqlite:
            owner.exec_driver_sql("SET session_replication_role = DEFAULT")
        triggers.install(owner, record.database.metadata)


def test_a_sound_ledger_is_found_sound_and_says_how_many_are_unsealed(record: Record, tmp_path: Path) -> None:
    sealed_and_kept(record, tmp_path)
    sound = verdict(record, tmp_path)
    assert (sound.faults, sound.unsealed, sound.heads, sound.kept_heads) == ((), 0, 2, 2)
    someone(record)
    after = verdict(record, tmp_path)
    assert (after.faults, after.unsealed, after.rows) == ((), 2, sound.rows + 2)
    head = seal(record)
    assert head is not None
    assert head.size == after.rows
    assert verdict(record, tmp_path).unsealed == 0
    assert seal(record) is None


def test_what_is_taken_back_is_not_told(record: Record) -> None:
    """The ledger row is in the transaction of the change: both or none."""
    held = someone(record)
    with Session(record.database.engine) as session:
        before = session.scalar(select(func.count()).select_from(LedgerRow))
        acting = record.staff["casey"]
        place_hold(
            session, record.vault, acting=acting, person_id=held.person_id, basis=Basis.TRO, cites="1:26-cv-9"
        )
        session.rollback()
        assert session.scalar(select(func.count()).select_from(LedgerRow)) == before
        assert session.scalar(select(func.count()).where(Hold.person_id == held.person_id)) == 1


def _nth(connection: Connection, number: int) -> object:
    leaf = select(LedgerLeaf.ledger_row_id).where(LedgerLeaf.number == number)
    return connection.execute(leaf).scalar_one()


def _change_a_row(connection: Connection) -> None:
    connection.execute(update(LedgerRow).where(LedgerRow.id == _nth(connection, 3)).values(verb="x"))


def _backdate_a_row(connection: Connection) -> None:
    at = connection.execute(select(LedgerRow.at).where(LedgerRow.id == _nth(connection, 0))).scalar_one()
    connection.execute(update(LedgerRow).where(LedgerRow.id == _nth(connection, 5)).values(at=at))


def _delete_a_row(connection: Connection) -> None:
    row = _nth(connection, 3)
    connection.execute(delete(LedgerLeaf).where(LedgerLeaf.number == 3))
    connection.execute(delete(LedgerRow).where(LedgerRow.id == row))


def _delete_a_row_and_close_the_gap(connection: Connection) -> None:
    last = connection.execute(select(func.max(LedgerLeaf.number))).scalar_one()
    _delete_a_row(connection)
    for number in range(4, last + 1):
        connection.execute(update(LedgerLeaf).where(LedgerLeaf.number == number).values(number=number - 1))


def _swap_two_rows(connection: Connection) -> None:
    for old, new in ((2, 1000), (3, 2), (1000, 3)):
        connection.execute(update(LedgerLeaf).where(LedgerLeaf.number == old).values(number=new))


def _forge_a_root(connection: Connection) -> None:
    connection.execute(update(LedgerHead).values(root=bytes(32)))


TAMPERINGS = (
    _change_a_row,
    _backdate_a_row,
    _delete_a_row,
    _delete_a_row_and_close_the_gap,
    _swap_two_rows,
    _forge_a_root,
)


def test_tampering_with_the_database_is_found(record: Record, tmp_path: Path) -> None:
    """Each by the owner with the triggers off and on again; each is taken back before the next."""
    sealed_and_kept(record, tmp_path)
    acting, missed = record.staff["sunny"], []
    for tampering in TAMPERINGS:
        with Session(record.owner) as session:
            triggers.uninstall(session.connection())
            if not record.sqlite:
                session.execute(text("SET LOCAL session_replication_role = replica"))
            else:
                session.execute(text("PRAGMA defer_foreign_keys = ON"))
            tampering(session.connection())
            found = verify_ledger(session, record.vault.ring, acting=acting, heads_folder=tmp_path)
            missed += [] if found.faults else [tampering.__name__]
            session.rollback()
    assert missed == []
    assert verdict(record, tmp_path).faults == ()


def test_a_ledger_cut_back_to_an_older_head_is_found_against_the_kept_one(
    record: Record, tmp_path: Path
) -> None:
    """Inside the database all agrees again; only the head that left the host knows better."""
    sealed_and_kept(record, tmp_path)

    def cut_back(connection: Connection) -> None:
        first = connection.execute(select(func.min(LedgerHead.size))).scalar_one()
        gone = connection.execute(select(LedgerLeaf.ledger_row_id).where(LedgerLeaf.number >= first))
        rows = gone.scalars().all()
        connection.execute(delete(LedgerHead).where(LedgerHead.size > first))
        connection.execute(delete(LedgerLeaf).where(LedgerLeaf.number >= first))
        connection.execute(delete(LedgerRow).where(LedgerRow.id.in_(rows)))

    unlocked(record, cut_back)
    assert verdict(record, tmp_path / "nothing kept").faults == ()
    (fault,) = verdict(record, tmp_path).faults
    assert "does not have the root that was signed" in fault


def test_a_ledger_rewritten_and_sealed_anew_is_found_against_the_kept_head(
    record: Record, tmp_path: Path
) -> None:
    """Whoever holds the database and even the ring can seal another story, but not under the kept head."""
    sealed_and_kept(record, tmp_path)

    def rewrite(connection: Connection) -> None:
        connection.execute(update(LedgerRow).where(LedgerRow.id == _nth(connection, 3)).values(verb="x"))
        connection.execute(delete(LedgerHead))
        connection.execute(delete(LedgerLeaf))

    unlocked(record, rewrite)
    assert seal(record) is not None
    assert verdict(record, tmp_path / "nothing kept").faults == ()
    assert verdict(record, tmp_path).faults != ()


def test_a_forged_head_is_found(record: Record, tmp_path: Path) -> None:
    """A head of the right root but signed by another key, kept or in the database."""
    head = sealed_and_kept(record, tmp_path)
    _, stranger = new_ring().signing_key()
    signature = stranger.sign(head_bytes(head.size, head.root, head.sealed_at))
    keep_head(tmp_path / "forged", Head(head.size, head.root, head.sealed_at, head.key_id, signature))
    (fault,) = verdict(record, tmp_path / "forged").faults
    assert "signature" in fault
    moved = Head(head.size - 1, head.root, head.sealed_at, head.key_id, head.signature)
    keep_head(tmp_path / "moved", moved)
    assert len(verdict(record, tmp_path / "moved").faults) == 2
    strange = Database(record.database.engine, Vault(new_ring(), tmp_path), record.database.metadata)
    assert any("signature" in fault for fault in verdict(record, tmp_path, strange.vault).faults)


def test_a_damaged_kept_head_is_told(record: Record, tmp_path: Path) -> None:
    head = sealed_and_kept(record, tmp_path)
    with (tmp_path / "ledger-heads.jsonl").open("a") as file:
        file.write('{\n{}\n[]\n{"size": "x"}\n')
    told = tuple(f"Line {number} of the kept heads is damaged." for number in (3, 4, 5, 6))
    assert verdict(record, tmp_path).faults == told
    kept = json.loads((tmp_path / "ledger-heads.jsonl").read_text().splitlines()[1])
    assert kept["root"] == head.root.hex()
    assert (tmp_path / "ledger-heads.jsonl").stat().st_mode & 0o777 == 0o600


def test_of_two_sealers_the_second_writes_nothing(record: Record, tmp_path: Path) -> None:
    someone(record)
    with record.database.reading() as session:
        row_id = session.scalars(select(LedgerRow.id).order_by(LedgerRow.id).limit(1)).one()
    head = seal(record)
    assert head is not None
    with pytest.raises(IntegrityError), record.database.transaction() as session:
        session.execute(insert(LedgerLeaf), [{"number": 0, "ledger_row_id": row_id, "leaf_hash": bytes(32)}])
    assert verdict(record, tmp_path).faults == ()


def test_shredding_one_person_leaves_the_ledger_whole(record: Record, tmp_path: Path) -> None:
    held = someone(record)
    with record.database.transaction() as session:
        put_review(session, record, held)
    sealed_and_kept(record, tmp_path)
    with record.database.transaction() as session:
        rows = select(LedgerRow.id).where(LedgerRow.person_id == held.person_id)
        emptied = session.execute(delete(LedgerDetail).where(LedgerDetail.ledger_row_id.in_(rows)))
        assert emptied.rowcount == 1  # type: ignore[attr-defined]
        session.execute(delete(DataKey).where(DataKey.owner_id == held.person_id))
    assert verdict(record, tmp_path).faults == ()
    assert verdict(record, tmp_path).unsealed == 0


def test_who_may_not_verify_is_refused(record: Record, tmp_path: Path) -> None:
    with record.database.reading() as session, pytest.raises(NotAllowedError):
        verify_ledger(session, record.vault.ring, acting=record.staff["field"], heads_folder=tmp_path)
