"""What stands of several people's words about one location."""

import pytest

from holds.domain.place_word import PlaceVerdict, PlaceWord, standing


def words(said: str) -> list[PlaceWord]:
    """`ann:F1 bob:none cy:unsure`, oldest first; every word was about the candidate F9."""
    found = []
    for one in said.split():
        who, what = one.split(":")
        verdict = PlaceVerdict(what) if what in {"none", "unsure"} else PlaceVerdict.FACILITY
        place = what if verdict is PlaceVerdict.FACILITY else None
        found.append(PlaceWord(judged_by=who, verdict=verdict, facility_id=place, candidate_id="F9"))
    return found


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("ann:F1", "F1"),
        ("ann:none", "none"),
        ("ann:unsure", None),
        ("ann:F1 bob:F1", "F1"),
        ("ann:F1 bob:F2", None),
        ("ann:F1 bob:none", None),
        ("ann:F1 bob:unsure", None),
        ("ann:F1 ann:F2", "F2"),
        ("ann:F1 bob:F2 ann:F2", "F2"),
        ("ann:F1 bob:F2 bob:F1", "F1"),
        ("ann:F1 bob:F2 cy:F2", "F2"),
        ("ann:F1 bob:F1 cy:F2", None),
        ("ann:F1 bob:F2 bob:F2", None),
    ],
)
def test_one_word_stands_and_two_that_differ_do_not(said: str, stands: str | None) -> None:
    word = standing(words(said)).word
    assert (word and (word.facility_id or word.verdict.value)) == stands


def test_what_was_weighed_before_is_no_news() -> None:
    assert standing(words("ann:F1 bob:none")).known == {"F1", "F9"}
    assert standing([]).word is None
