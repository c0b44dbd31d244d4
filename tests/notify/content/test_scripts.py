"""A language goes out on paper when its letter can be set, and not before."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from notify.actions.envelope import wording_of
from notify.content.facts import NeutralFacts
from notify.content.fonts import OWN, families
from notify.content.letters import (
    LetterFacts,
    MissingGlyph,
    NeutralLetter,
    can_be_typeset,
    neutral_letter,
    typeset_letter,
    unwritable,
)
from notify.content.phrasebook import TRANSLATIONS
from notify.content.specimens import SPECIMEN, specimens
from notify.domain.kinds import NoticeKind
from notify.domain.plan import Wording

HALF = 306.0
"""Half the width of a letter sheet, in points."""
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


def test_every_script_of_the_caseload_has_its_font() -> None:
    assert len(families("en")) == 10, "`make setup` puts the fonts into the environment"
    assert families("zh-Hans").index("Noto Sans SC") < families("zh-Hans").index("Noto Sans TC")
    assert families("zh-Hant").index("Noto Sans TC") < families("zh-Hant").index("Noto Sans SC")


def test_what_the_fonts_cannot_write_is_found_and_nothing_else_steps_in() -> None:
    assert unwritable("Información 您的代码 ਕੋਡ", (OWN,)) == "您的代码ਕੋਡ"
    assert unwritable("Información 您的代码 ਕੋਡ رمزك") == ""
    assert unwritable("ᎣᏏᏲ") == "ᎣᏏᏲ"


@pytest.mark.parametrize(
    ("language", "from_the_right"), [("ar", True), ("ur", True), ("pa", False), ("zh-Hant", False)]
)
def test_a_letter_begins_at_the_side_from_which_it_is_read(language: str, from_the_right: bool) -> None:
    """Left to itself the engine reads Punjabi from the right, as it is written in another script."""
    facts = replace(specimens(NoticeKind.EXPOSURE_NOTICE)[0], language=language)
    notice = typeset_letter(LetterFacts(facts, SPECIMEN.person_name, ("Unit B",)))
    assert (begins(notice, 1, facts.organisation_name) > HALF) is from_the_right


@pytest.mark.parametrize("language", ["ar", "es"])
def test_an_address_stands_in_the_window_of_the_envelope(language: str, neutral_facts: NeutralFacts) -> None:
    letter = NeutralLetter(replace(neutral_facts, language=language), "Ana ROE", ("5 Example Road",))
    assert begins(neutral_letter(letter), 0, "5 Example Road") < HALF


def begins(pdf: bytes, page: int, words: str) -> float:
    """How far from the left edge, in points, words begin on a page."""
    starts: list[float] = []

    def see(text: str, at: list[float], *_: object) -> None:
        if words in re.sub("[\u2066-\u2069]", "", text):
            starts.append(at[4])

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=see)
    return starts[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_can_be_set_goes_out_on_paper(language: str) -> None:
    assert wording_of(NoticeKind.EXPOSURE_NOTICE, language) is Wording.DRAFT


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_set(kind: NoticeKind) -> None:
    assert is_set(kind, "es")
