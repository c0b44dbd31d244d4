"""Every element of a breach notice is there, in both languages, in plain words; nothing endangers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from holds.domain.posture import Posture
from holds.intake.custody_terms import read_posture
from notify.content.exposed_fields import UnknownField
from notify.content.facts import Element, NoticeFacts
from notify.content.isolation import without_isolation
from notify.content.notices import write_notice
from notify.content.phrasebook import Untranslated

Make = Callable[..., NoticeFacts]

# What a reader must be able to find, whatever it is called in the code.
SAID = {
    Element.WHAT_HAPPENED: ("November 28, 2022", "28 de noviembre de 2022"),
    Element.KINDS_OF_DATA: ("the date you were born", "su fecha de nacimiento"),
    Element.PROTECTED: ("not encrypted", "No estaba cifrada"),
    Element.HOLD_MEANS: ("must not be deported", "no deben deportarle"),
    Element.HOLD_DOES_NOT: ("does not decide your case", "No decide su caso"),
    Element.NO_REASON_TO_DETAIN: (
        "no reason to keep you detained",
        "No es motivo para mantenerle en detención",
    ),
    Element.WHAT_TO_DO: ("motion to reopen", "moción de reapertura"),
    Element.BY_WHEN: ("at least 30 days", "al menos 30 días"),
    Element.SIGN_NOTHING: ("Do not sign", "No firme"),
    Element.FIND_COUNSEL: ("free legal help", "ayuda legal gratuita"),
    Element.WHAT_WE_DO: ("our answer is: blocked", "nuestra respuesta es: bloqueado"),
    Element.CONTACT: (
        "Call 1-800-555-0199. The call is free.",
        "Llame al 1-800-555-0199. La llamada es gratis.",
    ),
    Element.GENUINE: ("type the code K7QM-3F9X", "escriba el código K7QM-3F9X"),
}


@pytest.mark.parametrize("element", list(SAID))
@pytest.mark.parametrize(("language", "which"), [("en", 0), ("es", 1)])
def test_every_element_is_said_where_it_is_promised(
    element: Element, language: str, which: int, notice_facts: Make
) -> None:
    notice = write_notice(notice_facts(), language)
    sections = [section for section in notice.sections if element in section.elements]
    assert len(sections) == 1
    said = without_isolation(" ".join(block.text for block in sections[0].blocks))
    assert SAID[element][which] in said


def test_advice_follows_the_posture(notice_facts: Make) -> None:
    def advice(posture: str | None) -> str:
        return write_notice(notice_facts(posture=posture), "en").plain_text()

    assert "tell every officer now" in advice(read_posture("Claims U.S. citizenship"))
    assert "before an immigration judge" in advice(read_posture("Positive fear - NTA issued"))
    assert "tell every officer now" not in advice("final_order")
    assert "no case in immigration court" in advice("no_court_case")
    assert len({advice(posture) for posture in (*Posture, None)}) == len(
        Posture
    )  # two share the court's advice


def test_a_posture_nobody_knows_is_refused_and_not_ignored(notice_facts: Make) -> None:
    with pytest.raises(ValueError, match="moonlit"):
        write_notice(notice_facts(posture="moonlit"), "en")


def test_a_field_without_words_stops_the_notice(notice_facts: Make) -> None:
    facts = notice_facts(incident=replace(notice_facts().incident, fields=("shoe_size",)))
    with pytest.raises(UnknownField, match="shoe_size"):
        write_notice(facts, "en")


def test_a_language_without_a_catalog_never_becomes_english(notice_facts: Make) -> None:
    with pytest.raises(Untranslated):
        write_notice(notice_facts(language="mam"))


def test_a_date_in_tigrinya_says_which_calendar_it_is_of(notice_facts: Make) -> None:
    assert "28 ሕዳር (ኖቬምበር) 2022" in write_notice(notice_facts(), "ti").plain_text()


def test_names_numbers_and_dates_are_isolated(notice_facts: Make) -> None:
    text = write_notice(notice_facts(), "es").plain_text()
    for value in ("María José GARCÍA LÓPEZ", "1-800-555-0199", "K7QM-3F9X", "28 de noviembre de 2022"):
        assert f"\u2068{value}\u2069" in text
        assert text.count(value) == text.count(f"\u2068{value}\u2069")


def test_a_notice_without_facility_does_not_speak_of_the_facility_staff(notice_facts: Make) -> None:
    assert "staff" in write_notice(notice_facts(), "en").plain_text()
    assert "staff" not in write_notice(notice_facts(facility_name=None), "en").plain_text()
