"""A language goes out on paper when its letter can be set, and not before."""

from dataclasses import replace

import pytest

from notify.content.letters import LetterFacts, MissingGlyph, typeset_letter
from notify.content.phrasebook import TRANSLATIONS
from notify.content.scripts import can_be_typeset
from notify.content.specimens import SPECIMEN, specimens
from notify.domain.kinds import NoticeKind

LANGUAGES = sorted(path.parts[-3].replace("_", "-") for path in TRANSLATIONS.glob("*/LC_MESSAGES/notices.po"))


def is_set(kind: NoticeKind, language: str) -> bool:
    facts = replace(specimens(kind)[0], language=language)
    letter = LetterFacts(facts, SPECIMEN.person_name, ("Unit B",))
    try:
        return typeset_letter(letter).startswith(b"%PDF")
    except MissingGlyph:
        return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_can_be_set_exactly_when_we_say_so(language: str) -> None:
    assert can_be_typeset(language) is is_set(NoticeKind.EXPOSURE_NOTICE, language)


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_set(kind: NoticeKind) -> None:
    assert is_set(kind, "es")
