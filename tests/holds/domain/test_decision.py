"""The gate's answer from facts: every doubt is `blocked`, and `not_on_record` is never "cleared"."""

import itertools

import pytest

from holds.domain.decision import Decision, Found, decide_check

HELD = Found(by_number=True, active_bases=("incident",), identity_conflicts=False)
FREE = Found(by_number=True, active_bases=(), identity_conflicts=False)
CONFLICTING = Found(by_number=True, active_bases=(), identity_conflicts=True)
NEAR_HELD = Found(by_number=False, active_bases=("incident",), identity_conflicts=False)
NEAR_FREE = Found(by_number=False, active_bases=(), identity_conflicts=False)


@pytest.mark.parametrize(
    ("readable", "closed", "found", "decision", "reasons"),
    [
        (True, (), (), Decision.NOT_ON_RECORD, ()),
        (True, (), (FREE,), Decision.NO_ACTIVE_HOLD, ()),
        (True, (), (HELD,), Decision.BLOCKED, ("hold.active",)),
        (True, (), (FREE, FREE), Decision.BLOCKED, ("identity.several_people",)),
        (True, (), (FREE, HELD), Decision.BLOCKED, ("hold.active", "identity.several_people")),
        (True, (), (CONFLICTING,), Decision.BLOCKED, ("identity.conflict",)),
        (True, (), (NEAR_HELD,), Decision.BLOCKED, ("identity.near_match",)),
        (True, (), (FREE, NEAR_HELD), Decision.BLOCKED, ("identity.near_match",)),
        (True, (), (FREE, NEAR_FREE), Decision.NO_ACTIVE_HOLD, ()),
        (True, (), (NEAR_FREE,), Decision.NOT_ON_RECORD, ()),
        (False, (), (), Decision.BLOCKED, ("a_number.unreadable",)),
        (False, (), (FREE,), Decision.BLOCKED, ("a_number.unreadable",)),
        (True, ("import.unfinished",), (), Decision.BLOCKED, ("import.unfinished",)),
        (True, ("import.unfinished",), (FREE,), Decision.BLOCKED, ("import.unfinished",)),
        (False, ("x",), (HELD,), Decision.BLOCKED, ("x", "a_number.unreadable", "hold.active")),
    ],
)
def test_the_answer_for(
    *,
    readable: bool,
    closed: tuple[str, ...],
    found: tuple[Found, ...],
    decision: Decision,
    reasons: tuple[str, ...],
) -> None:
    answer = decide_check(
        number_readable=readable, closed_reasons=closed, identity_compared=True, found=found
    )
    assert answer == (decision, reasons)


def test_not_on_record_says_when_name_and_birth_date_were_not_compared() -> None:
    """People held without a number are found by these alone."""
    asked_by_number = decide_check(number_readable=True, closed_reasons=(), identity_compared=False, found=())
    assert asked_by_number == (Decision.NOT_ON_RECORD, ("identity.not_compared",))
    known = decide_check(number_readable=True, closed_reasons=(), identity_compared=False, found=(FREE,))
    assert known == (Decision.NO_ACTIVE_HOLD, ())


@pytest.mark.parametrize("found", [(), (FREE,), (NEAR_FREE,)])
def test_a_birth_date_that_cannot_be_read_is_blocked_whoever_is_found(found: tuple[Found, ...]) -> None:
    answer = decide_check(
        number_readable=True,
        closed_reasons=(),
        identity_compared=True,
        found=found,
        birth_date_readable=False,
    )
    assert answer == (Decision.BLOCKED, ("birth_date.unreadable",))


def test_over_all_small_cases_nobody_held_and_no_doubt_ever_passes() -> None:
    """`no_active_hold` only for exactly one person, by number, unheld, undoubted, in an open database."""
    kinds = (HELD, FREE, CONFLICTING, NEAR_HELD, NEAR_FREE)
    for readable, closed in itertools.product((True, False), ((), ("database.unreadable",))):
        for size in range(4):
            for found in itertools.product(kinds, repeat=size):
                decision, reasons = decide_check(
                    number_readable=readable, closed_reasons=closed, identity_compared=True, found=found
                )
                assert (decision is Decision.BLOCKED) == bool(reasons)
                if decision is Decision.BLOCKED:
                    continue
                assert readable
                assert not closed
                assert HELD not in found
                assert NEAR_HELD not in found
                assert CONFLICTING not in found
                assert found.count(FREE) == (1 if decision is Decision.NO_ACTIVE_HOLD else 0)
