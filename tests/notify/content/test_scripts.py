"""A language goes out on paper when its letter can be set, and not before."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from notify.actions.envelope import wording_of
from notify.content.fonts import OWN, families
from notify.content.letters import LetterFacts, MissingGlyph, can_be_typeset, typeset_letter, unwritable
from notify.content.phrasebook import TRANSLATIONS
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
    letter = typeset_letter(LetterFacts(facts, SPECIMEN.person_name, ("Unit B",)))
    notice = PdfReader(io.BytesIO(letter)).pages[1]
    starts: list[float] = []

    def see(text: str, at: list[float], *_: object) -> None:
        if facts.organisation_name in text.replace("\u2068", "").replace("\u2069", ""):
            starts.append(at[4])

    notice.extract_text(visitor_text=see)
    width = float(notice.mediabox.width)
    assert starts
    assert (starts[0] > width / 2) is from_the_right


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_can_be_set_goes_out_on_paper(language: str) -> None:
    assert wording_of(NoticeKind.EXPOSURE_NOTICE, language) is Wording.DRAFT


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_set(kind: NoticeKind) -> None:
    assert is_set(kind, "es")
