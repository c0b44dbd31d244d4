"""Guarantee 12: a sealed value opens only whole, at its place, under its owner's key and the right ring."""

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.person import PersonFacts
from holds.store.facts import open_facts, seal_facts
from holds.store.key_ring import KeyRing, KeyRingError, new_key, new_ring
from holds.store.sealing import (
    SealBrokenError,
    fingerprint,
    index_values,
    new_owner_key,
    unwrap,
    wrap,
)
from holds.store.vault import Vault, open_json, seal_json

OWNER = uuid.UUID(int=7)
KEY = new_owner_key(OWNER)
RING = new_ring()


@given(plain=st.binary(max_size=300), row=st.integers())
def test_what_was_sealed_opens_at_its_place_and_shows_nothing(plain: bytes, row: int) -> None:
    sealed = KEY.seal("person", "sealed_facts", row, plain)
    assert KEY.open("person", "sealed_facts", row, sealed) == plain
    assert len(plain) < 4 or plain not in sealed
    assert sealed != KEY.seal("person", "sealed_facts", row, plain)


@pytest.mark.parametrize(
    "place",
    [
        ("person", "sealed_facts", 2),
        ("person", "sealed_value", 1),
        ("contact", "sealed_facts", 1),
        ("person", "sealed_facts", "1\x1f"),
    ],
)
def test_moved_to_another_row_column_or_table_it_does_not_open(place: tuple[str, str, object]) -> None:
    sealed = KEY.seal("person", "sealed_facts", 1, b"DOE, JANE")
    with pytest.raises(SealBrokenError):
        KEY.open(*place, sealed)


def test_under_another_owners_key_it_does_not_open() -> None:
    sealed = KEY.seal("person", "sealed_facts", 1, b"DOE, JANE")
    with pytest.raises(SealBrokenError):
        new_owner_key(OWNER).open("person", "sealed_facts", 1, sealed)


@given(bit=st.integers(min_value=0, max_value=(1 + 4 + 12 + 9 + 16) * 8 - 1))
def test_with_any_bit_flipped_it_does_not_open(bit: int) -> None:
    sealed = bytearray(KEY.seal("person", "sealed_facts", 1, b"DOE, JANE"))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBrokenError):
        KEY.open("person", "sealed_facts", 1, bytes(sealed))


@given(length=st.integers(min_value=0, max_value=41))
def test_cut_short_it_does_not_open(length: int) -> None:
    sealed = KEY.seal("person", "sealed_facts", 1, b"DOE, JANE")
    with pytest.raises(SealBrokenError):
        KEY.open("person", "sealed_facts", 1, sealed[:length])


def test_a_data_key_unwraps_only_for_its_owner_under_its_ring() -> None:
    ring_key_id, wrapped = wrap(RING, KEY)
    assert unwrap(RING, OWNER, ring_key_id, wrapped) == KEY
    with pytest.raises(KeyRingError):
        unwrap(RING, uuid.UUID(int=8), ring_key_id, wrapped)
    with pytest.raises(KeyRingError):
        unwrap(new_ring(), OWNER, ring_key_id, wrapped)
    same_id = KeyRing(tuple(type(k)(k.id, k.purpose, b"\x01" * 32) for k in RING.keys))
    with pytest.raises(KeyRingError):
        unwrap(same_id, OWNER, ring_key_id, wrapped)


def test_after_a_new_wrapping_key_old_data_keys_still_open() -> None:
    ring_key_id, wrapped = wrap(RING, KEY)
    turned = KeyRing((*RING.keys, new_key("wrap")))
    assert unwrap(turned, OWNER, ring_key_id, wrapped) == KEY
    assert wrap(turned, KEY)[0] != ring_key_id


def test_a_term_is_indexed_under_every_live_key_and_no_two_kinds_share_one() -> None:
    """A bare SHA-256 of an A-number falls in minutes; the index needs the ring."""
    turned = KeyRing((*RING.keys, new_key("index.a_number")))
    before, after = index_values(RING, "a_number", "900000001"), index_values(turned, "a_number", "900000001")
    assert len(before) == 1
    assert after[:1] == before
    assert len(set(after)) == 2
    assert index_values(RING, "name_birth_date", "900000001")[0][1] != before[0][1]
    assert index_values(new_ring(), "a_number", "900000001")[0][1] != before[0][1]
    assert fingerprint(RING, "900000001") not in {value for _, value in after}


def test_a_sealed_file_opens_by_its_name_and_kind_alone(tmp_path: Path) -> None:
    vault = Vault(RING, tmp_path)
    name = vault.write_file(KEY, "document", b"IN THE MATTER OF JANE DOE")
    path = tmp_path / name
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"JANE" not in path.read_bytes()
    assert "DOE" not in name
    assert vault.read_file(KEY, "document", name) == b"IN THE MATTER OF JANE DOE"
    path.rename(path.with_name("other.document.sealed"))
    with pytest.raises(SealBrokenError):
        vault.read_file(KEY, "document", "documents/other.document.sealed")


def test_facts_and_json_come_back_as_they_were() -> None:
    facts = PersonFacts(names=("NUÑEZ, ÁNGEL",), a_numbers=("900000001",), birth_dates=("1990-02-03",))
    assert open_facts(KEY, seal_facts(KEY, facts)) == facts
    card = {"name": "كريم", "phones": ["+13055550100"]}
    assert open_json(KEY, "counsel", "card", 1, seal_json(KEY, "counsel", "card", 1, card)) == card


def test_no_secret_is_in_a_representation() -> None:
    for thing in (KEY, RING, RING.keys[0], Vault(RING, Path())):
        assert repr(RING.keys[0].secret)[2:12] not in repr(thing)
        assert "secret" not in repr(thing)
