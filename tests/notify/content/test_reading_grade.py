"""The English of every notice is plain."""

from dataclasses import replace

import pytest

from holds.domain.posture import Posture
from notify.content.catalog_report import MOST, grade, lines
from notify.content.notices import write_notice
from notify.content.reading_grade import flesch_kincaid, syllables
from notify.content.specimens import specimens
from notify.domain.kinds import NoticeKind


@pytest.mark.parametrize("posture", [*Posture, None])
@pytest.mark.parametrize("kind", NoticeKind)
def test_english_is_grade_six_or_below(kind: NoticeKind, posture: Posture | None) -> None:
    for facts in specimens(kind):
        assert grade(write_notice(replace(facts, posture=posture), "en")) <= MOST


def test_the_report_tells_the_grade_of_every_kind_and_how_far_each_language_has_come() -> None:
    report = "\n".join(lines())
    for kind in NoticeKind:
        assert kind.value in report
    assert "es          13 drafted" in report


@pytest.mark.parametrize(
    ("word", "spoken"), [("through", 1), ("people", 2), ("deportation", 4), ("Holdfastian", 3), ("2022", 1)]
)
def test_syllables_are_those_one_says(word: str, spoken: int) -> None:
    assert syllables(word) == spoken


def test_the_grade_is_that_of_the_published_formula() -> None:
    """Eleven words, two sentences, twelve syllables."""
    assert flesch_kincaid("The cat sat on the mat. A dog ran after it.") == pytest.approx(
        0.39 * 5.5 + 11.8 * 12 / 11 - 15.59
    )
    hard = "Notwithstanding administrative determinations, adjudications necessitate representation."
    assert flesch_kincaid(hard) > 20
