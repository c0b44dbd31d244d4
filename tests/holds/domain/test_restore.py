"""What a database lost, told from the rows outside."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.restore import OutsideRow, leaves_the_host, protects, read_outside_row, what_is_lost

ANA, BEN = uuid.UUID(int=1), uuid.UUID(int=2)


def row(number: int, verb: str, person: uuid.UUID | None = ANA, **codes: str) -> OutsideRow:
    return OutsideRow(uuid.UUID(int=100 + number), verb, uuid.UUID(int=200 + number), person, codes)


@pytest.mark.parametrize(
    "verb", ["hold.placed", "exposure.recorded", "objection.recorded", "review.recorded", "never.thought.of"]
)
def test_rows_that_bear_on_who_is_held_leave_and_protect(verb: str) -> None:
    assert leaves_the_host(verb)
    assert protects(row(1, verb))
    assert not protects(row(1, verb, None))


@pytest.mark.parametrize("verb", ["hold.ended", "release.proposed", "clearance.issued", "removal.boarded"])
def test_without_these_nobody_is_held_less(verb: str) -> None:
    assert leaves_the_host(verb)
    assert not protects(row(1, verb))


@pytest.mark.parametrize(
    "verb", ["removal.checked", "removal.candidate_refused", "person.seen", "task.raised", "notice.planned"]
)
def test_looks_and_messages_stay_inside(verb: str) -> None:
    assert not leaves_the_host(verb)


def test_each_lost_hold_is_held_again_once_and_lost_people_are_named() -> None:
    outside = [
        row(1, "hold.placed"),
        row(2, "exposure.recorded", hold="h"),
        row(3, "hold.proposed", hold="h"),
        row(4, "hold.placed", BEN),
        row(5, "hold.ended"),
        row(6, "hold.placed"),
    ]
    lost = what_is_lost(outside, known_rows={outside[5].id}, known_people={ANA}, damaged=0)
    assert lost.rows == tuple(outside[:5])
    assert lost.held_again == (outside[0], outside[1])
    assert lost.people == (BEN,)


def test_what_two_people_saw_is_the_same_only_if_it_is() -> None:
    outside = [row(1, "hold.placed"), row(2, "hold.ended")]
    nothing = what_is_lost(outside, known_rows={r.id for r in outside}, known_people=(), damaged=0)
    one = what_is_lost(outside, known_rows={outside[0].id}, known_people=(), damaged=0)
    torn = what_is_lost(outside, known_rows={outside[0].id}, known_people=(), damaged=1)
    assert len({nothing.digest, one.digest, torn.digest}) == 3


@given(st.sampled_from(["hold.placed", "x.y"]), st.dictionaries(st.text(), st.text() | st.integers()))
def test_a_row_comes_back_as_it_left(verb: str, codes: dict[str, str | int]) -> None:
    left = OutsideRow(uuid.uuid4(), verb, uuid.uuid4(), ANA, codes)
    assert read_outside_row(left.as_json()) == left
    assert "\n" not in left.as_json()
