"""Who signed for a translation, and when that counts."""

from pathlib import Path

import pytest

from notify.content.phrasebook import catalog_digest
from notify.content.review import ReviewFileError, Standing, read_reviews, shipped_reviews
from notify.domain.kinds import CURRENT_VERSION, NoticeKind

KIND = NoticeKind.EXPOSURE_NOTICE


def reviews_with(tmp_path: Path, **entry: object) -> Path:
    fields = {
        "language": "es",
        "kind": KIND.value,
        "version": 1,
        "state": "drafted",
        "by": "Somebody",
        **entry,
    }
    lines = [
        f"{k} = {v if isinstance(v, int) or k == 'on' else repr(v)}"
        for k, v in fields.items()
        if v is not None
    ]
    path = tmp_path / "review.toml"
    path.write_text("[[review]]\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_we_ship_is_english_as_source_and_spanish_as_draft(kind: NoticeKind) -> None:
    version = CURRENT_VERSION[kind]
    assert shipped_reviews().state("en", kind, version).standing is Standing.SOURCE
    spanish = shipped_reviews().state("es-MX", kind, version)
    assert spanish.standing is Standing.DRAFTED
    assert spanish.paper_only


def test_what_nobody_entered_is_a_draft() -> None:
    assert shipped_reviews().state("es", KIND, 99).paper_only
    assert shipped_reviews().state("ti", KIND, 1).paper_only


def test_a_review_of_todays_words_counts(tmp_path: Path) -> None:
    path = reviews_with(tmp_path, state="reviewed", on="2022-12-01", digest=catalog_digest("es"))
    state = read_reviews(path).state("es", KIND, 1)
    assert (state.standing, state.by, state.paper_only) == (Standing.REVIEWED, "Somebody", False)


def test_a_review_of_other_words_is_a_draft_again(tmp_path: Path) -> None:
    path = reviews_with(tmp_path, state="certified", on="2022-12-01", digest="0" * 64)
    assert read_reviews(path).state("es", KIND, 1).paper_only


@pytest.mark.parametrize(
    "entry",
    [
        {"state": "reviewed", "on": "2022-12-01", "by": " "},
        {"state": "reviewed"},
        {"state": "source"},
        {"language": "en", "state": "certified"},
        {"state": "checked"},
        {"kind": "love_letter"},
        {"by": None},
    ],
)
def test_an_entry_that_says_too_little_is_refused_with_a_sentence(
    tmp_path: Path, entry: dict[str, object]
) -> None:
    with pytest.raises(ReviewFileError, match=r"review\.toml"):
        read_reviews(reviews_with(tmp_path, **entry))
