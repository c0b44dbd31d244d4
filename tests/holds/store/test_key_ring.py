"""The key ring's file: for its owner alone, never overwritten, whole or refused; and its backup restores."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from holds.actions.back_up_keys import WrongBackupError, back_up_keys, restore_keys
from holds.actions.check_removal import answer_check
from holds.actions.questions import Question
from holds.domain.decision import Decision
from holds.settings import Settings
from holds.store.engine import Database
from holds.store.facts import facts_of
from holds.store.key_ring import KeyRing, KeyRingError, new_key, new_ring, read_ring, write_ring
from holds.store.people import DataKey
from holds.store.sealing import unwrap
from holds.store.vault import Vault
from tests.holds.store.record import Record, new_incident, put_on_record


def test_a_written_ring_is_for_its_owner_alone_and_reads_back(tmp_path: Path) -> None:
    ring, before = new_ring(), os.umask(0)
    try:
        write_ring(tmp_path / "new" / "keys.json", ring)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "keys.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert read_ring(tmp_path / "new" / "keys.json") == ring


def test_a_ring_is_never_overwritten(tmp_path: Path) -> None:
    path, ring = tmp_path / "keys.json", new_ring()
    write_ring(path, ring)
    with pytest.raises(KeyRingError, match="never overwritten"):
        write_ring(path, new_ring())
    assert read_ring(path) == ring


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644, 0o601])
def test_a_ring_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys.json"
    write_ring(path, new_ring())
    path.chmod(mode)
    with pytest.raises(KeyRingError, match="chmod 600"):
        read_ring(path)


def _without(purpose: str) -> Callable[[dict[str, Any]], Any]:
    return lambda ring: {**ring, "keys": [k for k in ring["keys"] if k["purpose"] != purpose]}


def _first_key(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda ring: {**ring, "keys": [{**ring["keys"][0], **changes}, *ring["keys"][1:]]}


@pytest.mark.parametrize(
    "damage",
    [
        _without("wrap"),
        _without("index.a_number"),
        _without("index.name_birth_date"),
        _without("ledger.sign"),
        _first_key(secret="AAAA"),
        _first_key(secret="not base64!"),
        _first_key(secret=None),
        lambda _: [],
        lambda _: {},
        lambda _: None,
    ],
)
def test_a_damaged_or_partial_ring_is_refused(
    tmp_path: Path, damage: Callable[[dict[str, Any]], Any]
) -> None:
    path = tmp_path / "keys.json"
    write_ring(path, new_ring())
    path.write_text(json.dumps(damage(json.loads(path.read_text()))))
    with pytest.raises(KeyRingError, match="put back its backup"):
        read_ring(path)


@pytest.mark.parametrize("cut", [0, 1, 100, 500])
def test_a_ring_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "keys.json"
    write_ring(path, new_ring())
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(KeyRingError, match="put back its backup"):
        read_ring(path)


def test_a_lost_ring_blocks_and_shows_nobody_and_its_backup_restores_everything(
    record: Record, tmp_path: Path
) -> None:
    with record.database.transaction() as session:
        held = put_on_record(session, record, new_incident(session, record), names=("PÉREZ, ANA",))
        document = record.vault.write_file(record.vault.key(session, held.person_id), "document", b"ORDER")
    path = record.home / "keys.json"
    settings = Settings(home=record.home, database_url=record.url)
    assert back_up_keys(settings, tmp_path / "backup.json") == len(record.vault.ring.keys)
    with pytest.raises(KeyRingError, match="never overwritten"):
        restore_keys(settings, tmp_path / "backup.json")
    path.unlink()
    with pytest.raises(KeyRingError, match="put back the backup"):
        read_ring(path)
    field, about = record.staff["field"], Question(a_number=f"A{held.number}")

    write_ring(path, new_ring())
    strange = Database(record.database.engine, Vault(read_ring(path), record.home), record.database.metadata)
    for question in (about, Question(a_number="A900888888")):
        answer = answer_check(strange, acting=field, question=question)
        assert answer.decision is Decision.BLOCKED
        assert answer.reasons == ("keys.not_of_this_database",)
    with strange.reading() as session, pytest.raises(KeyRingError, match="put back"):
        facts_of(session, strange.vault, [held.person_id])

    path.unlink()
    write_ring(tmp_path / "another.json", new_ring())
    with pytest.raises(WrongBackupError, match="not the key ring of this database"):
        restore_keys(settings, tmp_path / "another.json")
    assert not path.exists()
    restore_keys(settings, tmp_path / "backup.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Database(record.database.engine, Vault(read_ring(path), record.home), record.database.metadata)
    assert answer_check(again, acting=field, question=about).reasons == ("hold.active",)
    with again.reading() as session:
        assert facts_of(session, again.vault, [held.person_id])[held.person_id].names == ("PÉREZ, ANA",)
        key = again.vault.key(session, held.person_id)
        assert again.vault.read_file(key, "document", document) == b"ORDER"
        for owner_id, key_id, wrapped in session.execute(
            select(DataKey.owner_id, DataKey.ring_key_id, DataKey.wrapped)
        ):
            assert unwrap(again.vault.ring, owner_id, key_id, wrapped)


@pytest.mark.parametrize("purpose", ["index.a_number", "index.name_birth_date", "wrap", "ledger.sign"])
def test_a_ring_with_one_key_lost_or_too_many_blocks(record: Record, purpose: str) -> None:
    """An older generation of one index lost: people indexed under it alone would look unknown."""
    ring = record.vault.ring
    swapped = KeyRing(tuple(new_key(purpose) if k.purpose == purpose else k for k in ring.keys))
    added = KeyRing((*ring.keys, new_key(purpose)))
    for wrong in (swapped, added):
        database = Database(record.database.engine, Vault(wrong, record.home), record.database.metadata)
        question = Question(a_number="A900777777")
        answer = answer_check(database, acting=record.staff["field"], question=question)
        assert answer.decision is Decision.BLOCKED
        assert "keys.not_of_this_database" in answer.reasons
