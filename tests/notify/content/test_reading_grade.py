"""The English of every notice is plain."""

from dataclasses import replace

import pytest

from holds.domain.posture import Posture
from notify.content.catalog_report import MOST, grade, lines
from notify.content.notices import write_notice
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
