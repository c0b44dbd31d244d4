"""The ledger's tree is that of RFC 6962, section 2.1, judged by its recursive definition."""

import datetime as dt
import hashlib
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.store.ledger import commitment
from holds.store.ledger_rows import LedgerRow
from holds.store.ledger_tree import Tree, head_bytes, leaf_hash, node_hash


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, word for word; `leaves` are leaf hashes already."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


def tree_of(leaves: list[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert Tree().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_as_defined_for_small_trees(size: int) -> None:
    leaves = [hashlib.sha256(b"\x00" + bytes([number])).digest() for number in range(size)]
    assert tree_of(leaves).root() == defined_root(leaves)


@given(size=st.integers(min_value=0, max_value=300))
def test_the_root_is_as_defined_for_larger_trees(size: int) -> None:
    leaves = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(size)]
    tree = tree_of(leaves)
    assert (tree.size, tree.root()) == (size, defined_root(leaves))


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=20, unique=True), st.data())
def test_changed_swapped_or_missing_leaves_change_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    root, place = tree_of(leaves).root(), data.draw(st.integers(0, len(leaves) - 2))
    swapped = leaves.copy()
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    for other in (swapped, leaves[:place] + leaves[place + 1 :], leaves[:-1], [*leaves, leaves[-1]]):
        assert tree_of(other).root() != root


def test_a_leaf_and_a_node_are_never_taken_for_one_another() -> None:
    left, right = b"\x01" * 32, b"\x02" * 32
    assert node_hash(left, right) != hashlib.sha256(b"\x00" + left + right).digest()


def _row(**changes: object) -> LedgerRow:
    values: dict[str, object] = {
        "id": uuid.UUID(int=1),
        "organisation_id": uuid.UUID(int=2),
        "actor_id": uuid.UUID(int=3),
        "verb": "hold.placed",
        "subject_id": uuid.UUID(int=4),
        "person_id": uuid.UUID(int=5),
        "codes": {"b": 1, "a": ["x"]},
        "commitment": b"\x09" * 32,
        "at": dt.datetime(2026, 1, 2, 3, 4, 5, 6000, dt.UTC),
        **changes,
    }
    return LedgerRow(**values)


def test_the_leaf_covers_every_column_of_the_row() -> None:
    other = {
        "id": uuid.UUID(int=9),
        "organisation_id": uuid.UUID(int=9),
        "actor_id": uuid.UUID(int=9),
        "verb": "hold.released",
        "subject_id": uuid.UUID(int=9),
        "person_id": None,
        "codes": {"b": 1, "a": ["y"]},
        "commitment": b"\x08" * 32,
        "at": dt.datetime(2026, 1, 2, 3, 4, 5, 6001, dt.UTC),
    }
    assert set(other) == {column.key for column in LedgerRow.__table__.columns}
    hashes = {leaf_hash(_row())} | {leaf_hash(_row(**{name: value})) for name, value in other.items()}
    assert len(hashes) == 1 + len(other)


def test_the_leaf_is_the_same_in_any_zone_and_order_of_codes() -> None:
    eastern = dt.timezone(dt.timedelta(hours=-5))
    same = _row(codes={"a": ["x"], "b": 1}, at=dt.datetime(2026, 1, 1, 22, 4, 5, 6000, eastern))
    assert leaf_hash(same) == leaf_hash(_row())
    assert leaf_hash(_row(codes=json.loads(json.dumps({"ü": 1})))) == leaf_hash(_row(codes={"ü": 1}))


def test_a_commitment_binds_the_details_and_is_silent_without_the_salt() -> None:
    one, other = commitment(b"s" * 32, b"details"), commitment(b"t" * 32, b"details")
    assert one != other
    assert one != commitment(b"s" * 32, b"other")
    assert one != hashlib.sha256(b"details").digest()


def test_a_head_signs_size_time_and_root() -> None:
    at = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    later = at + dt.timedelta(microseconds=1)
    heads = {head_bytes(*h) for h in ((1, b"r", at), (2, b"r", at), (1, b"s", at), (1, b"r", later))}
    assert len(heads) == 4
