"""What a judgement does: table and history, as pure rules."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.judgement import (
    EFFECTS,
    PROMISE,
    DoubtKind,
    Effect,
    Judged,
    Verdict,
    different_person,
    effect_of,
    overdue_rungs,
    settled,
)

judged = st.builds(Judged, verdict=st.sampled_from(Verdict), confirmed=st.booleans())


@pytest.mark.parametrize("kind", DoubtKind)
def test_being_unsure_does_nothing(kind: DoubtKind) -> None:
    assert effect_of(kind, Verdict.UNSURE) is Effect.NOTHING


def test_only_a_wrong_merge_splits_and_only_a_near_match_is_lifted() -> None:
    effects = {(k, v): effect_of(k, v) for k in DoubtKind for v in Verdict}
    splits = [key for key, effect in effects.items() if effect is Effect.SPLIT]
    lifts = [key for key, effect in effects.items() if effect is Effect.LIFT_NEAR_MATCH]
    assert splits == [(DoubtKind.WRONG_MERGE, Verdict.NEGATIVE)]
    assert lifts == [(DoubtKind.NEAR_MATCH, Verdict.NEGATIVE)]


@given(st.lists(judged))
def test_a_number_is_free_only_while_the_last_word_is_a_confirmed_no(history: list[Judged]) -> None:
    free = different_person(history)
    assert free == (history[-1:] == [Judged(verdict=Verdict.NEGATIVE, confirmed=True)])
    assert not free or settled(history)


@given(st.lists(judged), st.sampled_from(Verdict))
def test_one_person_alone_can_only_block(history: list[Judged], verdict: Verdict) -> None:
    assert not different_person([*history, Judged(verdict=verdict, confirmed=False)])


TABLE = """
near_match          add_number  lift_near_match
identity_conflict   merge       nothing
same_person         merge       nothing
wrong_merge         nothing     split
"""
"""What a confirmed yes and a confirmed no do to each kind of doubt, written out a second time."""


def test_the_table_of_effects_is_as_written_and_whole() -> None:
    for kind, yes, no in (line.split() for line in TABLE.strip().splitlines()):
        assert effect_of(DoubtKind(kind), Verdict.POSITIVE) is Effect(yes)
        assert effect_of(DoubtKind(kind), Verdict.NEGATIVE) is Effect(no)
    sure = (Verdict.POSITIVE, Verdict.NEGATIVE)
    assert set(EFFECTS) == set(itertools.product(DoubtKind, sure))


def test_a_doubt_waits_until_two_share_its_last_word() -> None:
    alone, shared = (Judged(verdict=Verdict.NEGATIVE, confirmed=by_two) for by_two in (False, True))
    assert not settled([])
    assert not settled([alone])
    assert settled([alone, shared])
    assert not settled([shared, alone])


def test_nobody_judged_in_fifteen_minutes_the_supervisor_is_called_then_everyone() -> None:
    asked = dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC)
    due, a_moment = asked + PROMISE, dt.timedelta(microseconds=1)
    assert due == dt.datetime(2023, 6, 1, 12, 15, tzinfo=dt.UTC)
    all_called = dt.datetime(2023, 6, 1, 12, 30, tzinfo=dt.UTC)
    assert overdue_rungs(due, due - a_moment) == ()
    assert overdue_rungs(due, due) == ("supervisor",)
    assert overdue_rungs(due, all_called - a_moment) == ("supervisor",)
    assert overdue_rungs(due, all_called) == ("supervisor", "everyone")
