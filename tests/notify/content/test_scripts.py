"""A language goes out on paper when its letter can be set, and not before."""

from dataclasses import replace

import pytest

from notify.actions.envelope import wording_of
from notify.content.letters import LetterFacts, MissingGlyph, typeset_letter
from notify.content.phrasebook import TRANSLATIONS
from notify.content.scripts import can_be_typeset
from notify.content.specimens import SPECIMEN, specimens
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Wording

LANGUAGES = sorted(path.parts[-3].replace("_", "-") for path in TRANSLATIONS.glob("*/LC_MESSAGES/notices.po"))


def is_set(kind: NoticeKind, language: str) -> bool:
    facts = replace(specimens(kind)[0], language=language)
    letter = LetterFacts(facts, SPECIMEN.person_name, ("Unit B",))
    try:
        return typeset_letter(letter).startswith(b"%PDF")
    except MissingGlyph:
        return False


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if can_be_typeset(tag)])
def test_what_goes_out_on_paper_can_be_set(language: str) -> None:
    assert is_set(NoticeKind.EXPOSURE_NOTICE, language)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "pa", "am", "ti"])
def test_what_the_fonts_cannot_write_waits_for_them(language: str) -> None:
    assert not can_be_typeset(language)
    assert not is_set(NoticeKind.EXPOSURE_NOTICE, language)
    assert wording_of(NoticeKind.EXPOSURE_NOTICE, language) is Wording.NONE


@pytest.mark.parametrize("language", ["es", "pt", "fr", "ht", "ru", "so", "vi"])
def test_a_draft_that_can_be_set_goes_out_on_paper(language: str) -> None:
    assert wording_of(NoticeKind.EXPOSURE_NOTICE, language) is Wording.DRAFT


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_set(kind: NoticeKind) -> None:
    assert is_set(kind, "es")
