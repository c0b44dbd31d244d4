"""The checker finds each fault in a history that has it, and nothing in one that has none."""

import datetime as dt
import itertools
from typing import Any

from tests.races.checker import Row, check

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ids = itertools.count(1)


def row(
    verb: str, epoch: int, *, person: str = "p", subject: str = "", at: float | None = None, **codes: Any
) -> Row:
    """At second `epoch` unless another is named."""
    number = next(_ids)
    time = START + dt.timedelta(seconds=epoch if at is None else at)
    return Row(f"{number:06}", verb, subject or f"s{number}", person, time, {"epoch": epoch, **codes})


def cleared(epoch: int, *, ends: float = 100, **changes: Any) -> Row:
    expires = (START + dt.timedelta(seconds=ends)).isoformat()
    said = {"subject": "c", "departure": "removal", "expires": expires, **changes}
    return row("clearance.issued", epoch, **said)


def boarded(epoch: int, **changes: Any) -> Row:
    return row("removal.boarded", epoch, **{"clearance": "c", **changes})


def held(epoch: int, subject: str = "h", **changes: Any) -> Row:
    return row("hold.placed", epoch, subject=subject, **changes)


def told_twice(verb: str, epoch: int, word: str) -> list[Row]:
    """A merge or a split of p and q is told of each of them."""
    pairs: list[tuple[str, dict[str, Any]]] = [("p", {word: "q"}), ("q", {word: "p"})]
    return [row(verb, epoch, person=person, subject="m", **codes) for person, codes in pairs]


def found(*rows: Row) -> list[str]:
    return sorted({fault for faults in check(rows).values() for fault in faults})


def test_a_sound_history_has_no_fault() -> None:
    released = row("hold.released", 2, subject="h")
    assert found(held(1), released, cleared(3), boarded(4), held(5, "again")) == []


def test_clearing_and_boarding_over_a_hold_are_found() -> None:
    assert found(held(1), cleared(2)) == ["a clearance was issued while a hold was active"]
    assert "somebody was boarded while a hold was active" in found(cleared(1), held(2), boarded(3))


def test_an_end_that_lets_nobody_be_removed_leaves_the_hold_active() -> None:
    chosen = row("hold.closed", 2, subject="h", kind="closed_departed_by_choice")
    assert found(held(1), chosen, cleared(3)) == ["a clearance was issued while a hold was active"]
    assert found(held(1), chosen, cleared(3, departure="withdrawal"), boarded(4)) == []


def test_a_voided_used_or_ended_clearance_is_found() -> None:
    placed_and_gone = held(2), row("hold.released", 3, subject="h")
    assert found(cleared(1), *placed_and_gone, boarded(4)) == [
        "a boarding used a clearance that something had voided"
    ]
    assert "a clearance was used twice" in found(cleared(1), boarded(2), boarded(3))
    assert found(cleared(1, ends=2), boarded(2)) == ["a boarding used a clearance after its end"]
    assert found(boarded(1)) == ["somebody was boarded without a clearance of theirs"]


def test_two_rows_in_one_place_and_a_clock_against_the_epochs_are_found() -> None:
    assert found(cleared(1), held(1)) == ["two rows claim one place behind the gate"]
    assert found(cleared(1, at=9), held(2, at=8)) == ["a later place behind the gate has an earlier time"]


def test_from_a_merge_on_a_hold_of_either_counts() -> None:
    joined = told_twice("records.merged", 5, "with")
    assert found(held(1, person="q"), cleared(3), *joined) == []
    assert found(held(1, person="q"), *joined, cleared(6)) == [
        "a clearance was issued while a hold was active"
    ]
    assert found(cleared(3), *joined, boarded(6)) == ["a boarding used a clearance that something had voided"]
    assert found(*joined, cleared(6), held(7, person="q"), boarded(8))
    parted = told_twice("records.split", 7, "from")
    assert found(held(1, person="q"), *joined, *parted, cleared(8)) == []
