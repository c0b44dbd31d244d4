"""Every kind of notice is whole, in every language: each element said once, nothing that endangers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from holds.domain.posture import Posture
from notify.content.contents import BREACH_NOTICE, required
from notify.content.facts import Element, NoticeFacts, NoticeText
from notify.content.isolation import without_isolation
from notify.content.notices import write_notice
from notify.content.particulars import HoldEnd, Window, WrongParticulars
from notify.content.phrasebook import TRANSLATIONS
from notify.content.specimens import SPECIMEN, specimens
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.domain.kinds import READER, NoticeKind, Reader

Make = Callable[..., NoticeFacts]
LANGUAGES = [
    "en",
    *sorted(path.parts[-3].replace("_", "-") for path in TRANSLATIONS.glob("*/LC_MESSAGES/notices.po")),
]
ALL = [
    pytest.param(facts, id=f"{kind}-{number}")
    for kind in NoticeKind
    for number, facts in enumerate(specimens(kind))
]
# An officer's notice tells of no exposure: it has a test of its own.
BREACH = [
    pytest.param(facts, id=f"{kind}-{number}")
    for kind in NoticeKind
    if kind is not NoticeKind.HOLD_NOTICE
    for number, facts in enumerate(specimens(kind))
]
TO_PERSONS = [kind for kind in NoticeKind if READER[kind] is Reader.PERSON]

# The memorandum's elements in the words a reader would look for: to the person, and to counsel.
BREACH_WORDS = {
    "what happened, with the date of the breach and of its discovery": (
        ("On November 28, 2022,", "The mistake was found on November 28, 2022."),
        ("On November 28, 2022,", "The mistake was found on November 28, 2022."),
    ),
    "the types of information": (("the date you were born",), ("the date you were born",)),
    "whether it was encrypted or protected": (("It was not encrypted.",), ("was not encrypted.",)),
    "how those affected can protect themselves": (
        ("a lawyer", "Do not sign a paper", "Some lawyers help for free."),
        ("Send us every order and every stay.", "sign nothing", "help find a lawyer"),
    ),
    "what is done to investigate, to limit the harm and against another breach": (
        ("has promised to watch for copies of the information",),
        ("has promised to watch for copies of the information",),
    ),
    "whom to contact, by telephone and by post": (
        ("Call 1-800-555-0199", "100 Example Street, Springfield, VA 22150"),
        ("Call 1-800-555-0199", "100 Example Street, Springfield, VA 22150"),
    ),
}


def said(notice: NoticeText, *elements: Element) -> str:
    return without_isolation(
        " ".join(
            block.text
            for section in notice.sections
            if set(elements) & set(section.elements)
            for block in section.blocks
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", ALL)
def test_every_element_of_its_kind_is_there_once(facts: NoticeFacts, language: str) -> None:
    notice = write_notice(facts, language)
    elements = [element for section in notice.sections for element in section.elements]
    assert sorted(elements) == sorted(required(facts.kind))
    assert all(section.blocks for section in notice.sections)
    assert not [mark for mark in ("..", "  ", "{", "}") if mark in without_isolation(notice.plain_text())]


@pytest.mark.parametrize("promised", BREACH_NOTICE)
@pytest.mark.parametrize("facts", BREACH)
def test_a_breach_notice_says_all_that_the_memorandum_asks(facts: NoticeFacts, promised: str) -> None:
    notice = write_notice(facts, "en")
    to_person, to_counsel = BREACH_WORDS[promised]
    for words in to_person if facts.to_person else to_counsel:
        assert words in said(notice, *BREACH_NOTICE[promised])


def test_officers_are_not_told_why_somebody_is_held() -> None:
    (facts,) = specimens(NoticeKind.HOLD_NOTICE)
    text = without_isolation(write_notice(facts, "en").plain_text())
    assert "María José GARCÍA LÓPEZ" in text
    assert "You are not told why." in text
    for word in (
        facts.incident.name,
        facts.incident.agency,
        "information",
        "8 CFR",
        "asylum",
        "born",
        "leak",
    ):
        assert word not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("posture", [*Posture, None])
@pytest.mark.parametrize("kind", NoticeKind)
def test_no_notice_states_a_fear_result_or_a_claim(
    kind: NoticeKind, posture: Posture | None, language: str
) -> None:
    for facts in specimens(kind):
        text = write_notice(replace(facts, posture=posture), language).plain_text()
        assert not unsafe(
            text, channel=Channel.LETTER, language=language, person=PersonWords((facts.person_name,))
        )


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@pytest.mark.parametrize("facts", ALL)
def test_both_languages_have_the_same_blocks_so_that_they_stand_side_by_side(
    facts: NoticeFacts, language: str
) -> None:
    english, theirs = write_notice(facts, "en"), write_notice(facts, language)
    assert [[b.kind for b in s.blocks] for s in english.sections] == [
        [b.kind for b in s.blocks] for s in theirs.sections
    ]
    assert english.title != theirs.title


@pytest.mark.parametrize("kind", TO_PERSONS)
def test_whoever_has_no_hold_is_not_told_that_deportation_is_blocked(kind: NoticeKind) -> None:
    told = {without_isolation(write_notice(facts, "en").plain_text()) for facts in specimens(kind)}
    safe = {text for text in told if "must not be deported" in text}
    assert safe
    assert len(told - safe) == (1 if kind is NoticeKind.HOLD_RELEASED else 0)


def test_the_end_of_the_last_hold_is_told_without_comfort(notice_facts: Make) -> None:
    ended = notice_facts(
        kind=NoticeKind.HOLD_RELEASED, particulars=HoldEnd(date(2023, 1, 19), still_held=False)
    )
    text = write_notice(ended, "en").plain_text()
    assert "You may be deported" in text
    assert "Talk with a lawyer today" in text
    assert "blocked." not in text


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (0, "0 days are", "Quedan 0 días"),
        (1, "1 day is left", "Queda 1 día"),
        (12, "12 days", "Quedan 12 días"),
    ],
)
def test_days_are_counted_in_the_form_of_the_language(
    days: int, english: str, spanish: str, notice_facts: Make
) -> None:
    window = Window(date(2022, 12, 20), date(2023, 1, 19), days)
    facts = notice_facts(kind=NoticeKind.WINDOW_NOTICE, particulars=window)
    assert english in without_isolation(write_notice(facts, "en").plain_text())
    assert spanish in without_isolation(write_notice(facts, "es").plain_text())


@pytest.mark.parametrize("kind", TO_PERSONS)
def test_counsel_gets_a_copy_that_says_whose_notice_it_is(kind: NoticeKind) -> None:
    for facts in specimens(kind):
        copy = write_notice(replace(facts, copy_to_counsel=True), "en")
        assert "copy of our letter to your client" in copy.opening[0]
        assert copy.sections == write_notice(facts, "en").sections


def test_a_kind_without_its_own_facts_is_not_written() -> None:
    with pytest.raises(WrongParticulars, match="Window"):
        replace(SPECIMEN, kind=NoticeKind.WINDOW_NOTICE)
    with pytest.raises(WrongParticulars, match="nothing"):
        replace(SPECIMEN, particulars=specimens(NoticeKind.UPDATE)[0].particulars)
