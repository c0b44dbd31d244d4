"""Closings: what each kind needs, one condition missing at a time."""

import dataclasses
import datetime as dt
import itertools
import sqlite3
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain import closing
from holds.domain.closing import (
    NEEDED_OUTCOME,
    SOUND_SQL,
    ClosingFacts,
    EndingKind,
    StatementSlip,
    decide_closing,
    is_sound,
    lets_pass,
)
from holds.domain.departure import DepartureKind
from holds.domain.release import Refusal, Release, ReviewFacts, objections_until
from holds.domain.review import Forum, Outcome

NOW = dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
REVIEW = ReviewFacts(
    forum=Forum.DISTRICT_COURT,
    outcome=Outcome.GRANTED,
    on_the_merits=True,
    final=True,
    decided_at=NOW - 40 * DAY,
    served_at=NOW - 39 * DAY,
    appeal_lies=False,
    appeal_deadline=None,
    considered_page=None,
    verified=True,
    superseded=False,
)


def facts(kind: EndingKind, **changes: Any) -> ClosingFacts:
    """Everything that kind could need."""
    outcome = NEEDED_OUTCOME.get(kind, (Outcome.GRANTED,))[0]
    said: dict[str, Any] = {
        "kind": kind,
        "placed_at": NOW - 200 * DAY,
        "may_follow": True,
        "rejectable": True,
        "review": dataclasses.replace(REVIEW, outcome=outcome),
        "with_document": True,
        "told": {"person": NOW - 20 * DAY, "counsel": NOW - 20 * DAY, "placer": NOW - DAY},
        "represented": True,
        "zone": ZoneInfo("America/New_York"),
        "open_objections": 0,
        "statements": (NOW - 100 * HOUR, NOW - 20 * HOUR),
    }
    return ClosingFacts(**{**said, **changes})


CLOSINGS = sorted(set(EndingKind) - {EndingKind.RELEASED})


@pytest.mark.parametrize("kind", CLOSINGS)
def test_with_everything_on_record_each_ends(kind: EndingKind) -> None:
    assert decide_closing(facts(kind), NOW) == Release()


@pytest.mark.parametrize("kind", CLOSINGS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"may_follow": False}, "closing.not_from_this_state"),
        ({"open_objections": 1}, "release.objection_open"),
    ],
)
def test_a_wrong_state_and_an_open_objection_stop_every_kind(
    kind: EndingKind, change: dict[str, Any], code: str
) -> None:
    assert decide_closing(facts(kind, **change), NOW) == Refusal((code,))


@pytest.mark.parametrize("kind", sorted(NEEDED_OUTCOME))
@pytest.mark.parametrize(
    "change",
    [
        {"outcome": Outcome.DENIED},
        {"outcome": Outcome.BOND},
        {"forum": Forum.DHS},
        {"final": False},
        {"verified": False},
        {"superseded": True},
        {"decided_at": NOW + DAY},
        {"appeal_lies": True, "appeal_deadline": NOW + DAY},
        {"appeal_lies": True, "appeal_deadline": NOW},
        {"appeal_lies": True, "appeal_deadline": None},
        None,
    ],
    ids=str,
)
def test_an_end_that_rests_on_a_court_needs_that_very_order(
    kind: EndingKind, change: dict[str, Any] | None
) -> None:
    whole = facts(kind)
    review = dataclasses.replace(whole.review, **change) if change and whole.review else None
    refusal = decide_closing(dataclasses.replace(whole, review=review), NOW)
    assert refusal == Refusal(("closing.review_does_not_bear_it",))


def test_an_immigration_judge_extradites_nobody() -> None:
    whole = facts(EndingKind.CLOSED_EXTRADITED)
    assert whole.review is not None
    by_judge = dataclasses.replace(whole.review, forum=Forum.IMMIGRATION_JUDGE)
    assert decide_closing(dataclasses.replace(whole, review=by_judge), NOW) != Release()


@pytest.mark.parametrize("kind", [EndingKind.CLOSED_DECEASED, EndingKind.CLOSED_REMOVED])
def test_death_and_removal_need_a_document(kind: EndingKind) -> None:
    assert decide_closing(facts(kind, with_document=False), NOW) == Refusal(("closing.document_missing",))


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"rejectable": False}, ("stay.not_provisional",)),
        ({"told": {"person": NOW - 9 * DAY}}, ("stay.reasons_not_served",)),
    ],
)
def test_a_stay_is_rejected_while_provisional_and_with_reasons_served(
    change: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    assert decide_closing(facts(EndingKind.STAY_REJECTED, **change), NOW) == Refusal(reasons)


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({}, ("closing.person_not_told", "closing.counsel_not_told")),
        ({"counsel": NOW - 20 * DAY}, ("closing.person_not_told",)),
        ({"person": NOW - 20 * DAY}, ("closing.counsel_not_told",)),
        ({"person": NOW - 20 * DAY, "counsel": NOW - 7 * DAY}, ("release.seven_days_open",)),
        ({"person": NOW - 6 * DAY, "counsel": NOW - 20 * DAY}, ("release.seven_days_open",)),
    ],
)
def test_an_error_is_told_and_seven_full_days_pass(
    told: dict[str, dt.datetime], reasons: tuple[str, ...]
) -> None:
    refusal = decide_closing(facts(EndingKind.ENTERED_IN_ERROR, told=told), NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons == reasons
    assert (refusal.opens_at is not None) == (reasons == ("release.seven_days_open",))


@given(first=st.integers(0, 400), second=st.integers(0, 400))
def test_a_choice_is_said_twice_at_least_72_hours_apart(first: int, second: int) -> None:
    at = (NOW - first * HOUR, NOW - second * HOUR)
    decision = decide_closing(facts(EndingKind.CLOSED_DEPARTED_BY_CHOICE, statements=at), NOW)
    assert (decision == Release()) == (abs(first - second) >= 72)


def test_a_choice_counts_from_the_moment_of_the_hold_and_not_before() -> None:
    said = (NOW - 100 * HOUR, NOW - 20 * HOUR)
    for placed_at, counts in ((said[0], True), (said[0] + dt.timedelta(microseconds=1), False)):
        chosen = facts(EndingKind.CLOSED_DEPARTED_BY_CHOICE, statements=said, placed_at=placed_at)
        assert (decide_closing(chosen, NOW) == Release()) is counts


def test_72_hours_are_enough_and_a_moment_less_is_not() -> None:
    a_moment = dt.timedelta(microseconds=1)
    for apart, enough in ((72 * HOUR, True), (72 * HOUR - a_moment, False)):
        chosen = facts(EndingKind.CLOSED_DEPARTED_BY_CHOICE, statements=(NOW - apart, NOW))
        assert (decide_closing(chosen, NOW) == Release()) is enough


def test_an_error_waits_for_the_later_of_both_tellings_to_the_moment() -> None:
    told = {"person": NOW - 3 * DAY, "counsel": NOW - 2 * DAY, "placer": NOW}
    told_late = facts(EndingKind.ENTERED_IN_ERROR, told=told)
    until = objections_until(NOW - 2 * DAY, ZoneInfo("America/New_York"))
    assert decide_closing(told_late, NOW) == Refusal(("release.seven_days_open",), opens_at=until)
    assert decide_closing(told_late, until - dt.timedelta(microseconds=1)) != Release()
    assert decide_closing(told_late, until) == Release()
    objected = dataclasses.replace(told_late, open_objections=1)
    both = ("release.objection_open", "release.seven_days_open")
    assert decide_closing(objected, NOW) == Refusal(both, opens_at=None)


@pytest.mark.parametrize("kind", sorted(set(CLOSINGS) - {EndingKind.ENTERED_IN_ERROR}))
def test_no_other_end_waits_for_a_telling(kind: EndingKind) -> None:
    told = {"placer": NOW}
    assert decide_closing(facts(kind, told=told), NOW) == Release()


def test_a_pro_se_person_is_told_alone() -> None:
    told = {"person": NOW - 20 * DAY}
    pro_se = facts(EndingKind.ENTERED_IN_ERROR, told=told, represented=False)
    assert decide_closing(pro_se, NOW) == Release()


def test_an_order_decided_this_moment_or_whose_appeal_period_is_over_bears_its_end() -> None:
    whole = facts(EndingKind.CLOSED_PROTECTED)
    assert whole.review is not None
    now_decided = dataclasses.replace(whole.review, decided_at=NOW, served_at=NOW)
    appeal_over = dataclasses.replace(whole.review, appeal_lies=True, appeal_deadline=NOW - DAY)
    for review in (now_decided, appeal_over):
        assert decide_closing(dataclasses.replace(whole, review=review), NOW) == Release()


def test_a_choice_to_leave_opens_the_gate_for_leaving_alone() -> None:
    leaving = {DepartureKind.VOLUNTARY_DEPARTURE, DepartureKind.WITHDRAWAL}
    for departure in DepartureKind:
        passes = lets_pass(EndingKind.CLOSED_DEPARTED_BY_CHOICE, departure)
        assert passes is (departure in leaving)
    assert not lets_pass(EndingKind.CLOSED_DEPARTED_BY_CHOICE, None)
    assert not lets_pass(None, DepartureKind.REMOVAL)
    assert lets_pass(EndingKind.RELEASED, None)


@pytest.mark.parametrize("statements", [(), (NOW - 100 * HOUR,), (NOW - HOUR, NOW + 80 * HOUR)])
def test_one_statement_or_one_of_tomorrow_is_no_choice(statements: tuple[dt.datetime, ...]) -> None:
    decision = decide_closing(facts(EndingKind.CLOSED_DEPARTED_BY_CHOICE, statements=statements), NOW)
    assert decision == Refusal(("choice.two_statements_needed",))


SLIP = StatementSlip(
    in_private=True,
    officer_present=False,
    language="mam",
    own_language=False,
    interpreter_id="I-7",
    support="counsel",
    chooses_to_leave=True,
)


@pytest.mark.parametrize(
    "change",
    [
        {"in_private": False},
        {"officer_present": True},
        {"interpreter_id": None},
        {"support": None},
        {"chooses_to_leave": False},
    ],
    ids=str,
)
def test_a_statement_taken_otherwise_does_not_count(change: dict[str, Any]) -> None:
    assert is_sound(SLIP)
    assert not is_sound(dataclasses.replace(SLIP, **change))


def test_the_orders_that_close_are_as_written() -> None:
    courts = frozenset(
        {
            Forum.IMMIGRATION_JUDGE,
            Forum.BIA,
            Forum.CREDIBLE_FEAR_REVIEW,
            Forum.DISTRICT_COURT,
            Forum.CIRCUIT_COURT,
        }
    )
    assert {
        EndingKind.CLOSED_PROTECTED: (Outcome.GRANTED, courts | {Forum.USCIS_REINTERVIEW}),
        EndingKind.CLOSED_TERMINATED: (Outcome.TERMINATED, courts),
        EndingKind.CLOSED_EXTRADITED: (
            Outcome.EXTRADITION_ORDERED,
            frozenset({Forum.DISTRICT_COURT, Forum.CIRCUIT_COURT}),
        ),
    } == dict(NEEDED_OUTCOME)


def test_code_and_schema_agree_on_every_statement_there_can_be() -> None:
    boxes: dict[str, tuple[Any, ...]] = {
        "in_private": (False, True),
        "officer_present": (False, True),
        "own_language": (False, True),
        "interpreter_id": (None, "INT-7"),
        "support": (None, "counsel", "independent_provider"),
        "chooses_to_leave": (False, True),
    }
    connection = sqlite3.connect(":memory:")
    columns = (*boxes, "interpreted")  # the schema keeps whether there was one beside the sealed ID
    selected = ", ".join(f":{name} AS {name}" for name in columns)
    asked = f"SELECT {SOUND_SQL} FROM (SELECT {selected})"  # noqa: S608 - the rule itself is the question
    for values in itertools.product(*boxes.values()):
        slip = dict(zip(boxes, values, strict=True))
        row = {**slip, "interpreted": slip["interpreter_id"] is not None}
        by_schema = bool(connection.execute(asked, row).fetchone()[0])
        assert by_schema is is_sound(StatementSlip(language="es", **slip)), slip
    connection.close()


def test_a_release_is_no_closing_and_every_other_end_is_one() -> None:
    assert set(EndingKind) - closing.CLOSINGS == {EndingKind.RELEASED}
