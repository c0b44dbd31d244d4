"""The report behind `make catalogs`: `python -m notify.content.catalog_report`.

How hard the English of each kind is to read, and how far each language has come. It needs what is installed
for development: the CMU Pronouncing Dictionary, by which syllables are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from notify.content.facts import NoticeText
from notify.content.isolation import without_isolation
from notify.content.notices import write_notice
from notify.content.phrasebook import SOURCE_LANGUAGE, TRANSLATIONS
from notify.content.reading_grade import flesch_kincaid
from notify.content.review import shipped_reviews
from notify.content.specimens import specimens
from notify.domain.kinds import CURRENT_VERSION, NoticeKind

MOST = 6.0
"""The school grade (U.S.) that no English notice may exceed."""


def reading_text(notice: NoticeText) -> str:
    """All of a notice as sentences: headings out, and a point of a list ends like a sentence."""
    blocks = (block.text for section in notice.sections for block in section.blocks)
    ended = (text if text[-1] in ".?!" else f"{text.rstrip(':')}." for text in (*notice.opening, *blocks))
    return without_isolation(" ".join((notice.title, *ended)))


def grade(notice: NoticeText) -> float:
    """The Flesch-Kincaid grade level of a whole notice (Kincaid and others, 1975)."""
    return flesch_kincaid(reading_text(notice))


def hardest(kind: NoticeKind) -> tuple[float, int]:
    """The grade of the hardest variant of a kind, and the number of words of the longest."""
    notices = [write_notice(facts, SOURCE_LANGUAGE) for facts in specimens(kind)]
    return max(map(grade, notices)), max(len(reading_text(notice).split()) for notice in notices)


def lines() -> Iterator[str]:
    """The report, a line a line."""
    yield f"{'English':24}{'grade':>8}{'words':>8}"
    for kind in NoticeKind:
        level, words = hardest(kind)
        yield f"{kind.value:24}{level:8.1f}{words:8}"
    yield ""
    reviews = shipped_reviews()
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/notices.po")):
        language = path.parts[-3].replace("_", "-")
        states = [reviews.state(language, kind, CURRENT_VERSION[kind]) for kind in NoticeKind]
        counts = {state.standing.value: 0 for state in states}
        for state in states:
            counts[state.standing.value] += 1
        told = ", ".join(f"{count} {standing}" for standing, count in counts.items())
        yield f"{language:12}{told}"


def main() -> int:
    """Exit status 1 when a kind is too hard to read."""
    sys.stdout.writelines(f"{line}\n" for line in lines())
    hard = [kind.value for kind in NoticeKind if hardest(kind)[0] > MOST]
    if hard:
        sys.stderr.write(f"Harder to read than grade {MOST:g}: {', '.join(hard)}.\n")
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
