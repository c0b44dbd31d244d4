"""What each line of a manifest is told, over every state that a line can be in."""

import datetime as dt
import itertools

import pytest

from holds.domain.decision import Decision
from holds.domain.manifest import (
    CLOSELY_AFTER,
    LABEL,
    MARK,
    MOST_LINES,
    UNREPORTED_AFTER,
    WATCHED_AFTER,
    Instruction,
    LineFacts,
    alarms,
    instruct,
    names_nobody,
    red,
    tell_carrier,
)


def every_line() -> list[LineFacts]:
    names = ("compared", "held_now", "boarded", "overdue", "departed", "struck")
    return [
        LineFacts(decision=decision, **dict(zip(names, states, strict=True)))
        for decision in Decision
        for states in itertools.product((False, True), repeat=len(names))
    ]


def line(decision: Decision = Decision.NO_ACTIVE_HOLD, **changes: bool) -> LineFacts:
    as_usual = {
        "compared": True,
        "held_now": False,
        "boarded": False,
        "overdue": False,
        "departed": False,
        "struck": False,
    }
    return LineFacts(decision=decision, **{**as_usual, **changes})


def test_nobody_travels_on_a_line_that_is_blocked_or_held_now() -> None:
    for one in every_line():
        held = one.decision is Decision.BLOCKED or one.held_now
        assert red(one) is held
        assert (instruct(one) is Instruction.PROCEED) is (not held and one.compared)


def test_a_later_hold_is_told_by_how_far_the_journey_has_come() -> None:
    assert instruct(line(held_now=True)) is Instruction.DO_NOT_BOARD
    assert instruct(line(held_now=True, boarded=True)) is Instruction.DEPLANE
    assert instruct(line(held_now=True, overdue=True)) is Instruction.DEPLANE
    assert instruct(line(held_now=True, boarded=True, departed=True)) is Instruction.RECALL
    assert instruct(line(held_now=True, departed=True, struck=True)) is Instruction.DO_NOT_BOARD


def test_a_boarding_on_record_weighs_more_than_the_report_of_an_absence() -> None:
    assert instruct(line(held_now=True, boarded=True, departed=True, struck=True)) is Instruction.RECALL
    assert alarms(line(Decision.BLOCKED, boarded=True, departed=True, struck=True))


def test_who_was_never_compared_waits_and_is_no_news() -> None:
    for one in every_line():
        if not one.compared and not red(one):
            assert instruct(one) is Instruction.DO_NOT_BOARD
            assert not alarms(one)


def test_past_its_hour_a_line_blocked_from_the_start_is_not_called_aboard() -> None:
    blocked = Decision.BLOCKED
    assert instruct(line(blocked, overdue=True)) is Instruction.DO_NOT_BOARD
    assert instruct(line(blocked, boarded=True)) is Instruction.DEPLANE
    assert instruct(line(blocked, departed=True)) is Instruction.RECALL


def test_a_carrier_hears_two_words_and_waits_where_nobody_was_compared() -> None:
    for one in every_line():
        proceeds = not red(one) and one.compared
        assert tell_carrier(one) is (Instruction.PROCEED if proceeds else Instruction.DO_NOT_BOARD)


def test_news_is_what_was_green_or_is_aboard_all_the_same() -> None:
    assert not alarms(line())
    assert alarms(line(held_now=True))
    assert not alarms(line(Decision.BLOCKED))
    assert alarms(line(Decision.BLOCKED, boarded=True))
    assert alarms(line(Decision.BLOCKED, departed=True))
    assert not alarms(line(Decision.BLOCKED, departed=True, struck=True))


def test_a_manifest_has_two_thousand_lines_and_is_watched_past_its_departure() -> None:
    assert MOST_LINES == 2_000
    assert dt.timedelta(days=30) == WATCHED_AFTER
    assert dt.timedelta(hours=72) == CLOSELY_AFTER
    assert dt.timedelta(hours=168) == UNREPORTED_AFTER


@pytest.mark.parametrize(
    ("written", "as_mark", "as_label"),
    [
        ("12A", True, True),
        ("7", True, True),
        ("RP 1234", False, True),
        ("RP-1234", True, True),
        ("MIA 2026-03-01", False, True),
        ("Tuesday", False, False),
        ("PEREZ, ANA", False, False),
        ("", False, False),
        ("900000001", False, False),
        ("9000001", False, False),
        ("A900000001", False, False),
        ("A 900 000 001", False, False),
        ("RP A-900-000-001", False, False),
        ("900 000 001", False, False),
        ("90-000-001", False, False),
        ("RP 1\n", False, False),
        ("123456789012345678901234567890123", False, False),
    ],
)
def test_marks_and_labels_are_references_and_no_numbers_of_people(
    written: str, as_mark: bool, as_label: bool
) -> None:
    assert names_nobody(written, MARK) is as_mark
    assert names_nobody(written, LABEL) is as_label
