"""What a judgement does: table and history, as pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holds.domain.judgement import DoubtKind, Effect, Judged, Verdict, different_person, effect_of, settled

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
