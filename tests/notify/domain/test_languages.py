"""Which language someone is addressed in, and on whose word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.domain.languages import (
    LANGUAGES,
    LanguageChoice,
    LanguageSource,
    Proposal,
    find_language,
    language_for,
    propose_language,
)


def test_all_languages_of_the_caseload_are_there() -> None:
    written = [language for language in LANGUAGES.values() if language.written]
    assert len(written) == 26
    assert {tag for tag, language in LANGUAGES.items() if language.direction == "rtl"} == {
        "ar",
        "fa",
        "ps",
        "ur",
    }


@pytest.mark.parametrize("name", ["Mam", "K'iche'", "Q'eqchi'", "Ixil", "Q'anjob'al", "Akateko", "Chuj"])
def test_maya_languages_are_served_orally(name: str) -> None:
    assert [language.written for language in LANGUAGES.values() if language.english_name == name] == [False]


@pytest.mark.parametrize(
    ("tag", "meant"),
    [("es-MX", "es"), ("ES", "es"), ("zh_TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("zh", "zh-Hans")],
)
def test_a_regional_tag_means_the_language_we_have(tag: str, meant: str) -> None:
    found = find_language(tag)
    assert found is not None
    assert found.tag == meant


@pytest.mark.parametrize("tag", ["", "nah", "english", "-", "e"])
def test_a_tag_we_do_not_serve_is_not_taken_for_another(tag: str) -> None:
    assert find_language(tag) is None


def test_what_the_person_stated_comes_first() -> None:
    choice = language_for("pt-BR", "es", Proposal("ru", "guess"))
    assert choice == LanguageChoice("pt", LanguageSource.STATED)


def test_a_stated_language_we_cannot_serve_is_never_replaced_by_a_guess() -> None:
    choice = language_for("nah", None, propose_language("MX"))
    assert choice == LanguageChoice("nah", LanguageSource.STATED)


def test_a_note_comes_before_a_proposal() -> None:
    assert language_for(" ", "mam", propose_language("GT")) == LanguageChoice("mam", LanguageSource.NOTED)


def test_nothing_known_is_unknown_and_not_english() -> None:
    assert language_for(None, "", None) == LanguageChoice(None, LanguageSource.UNKNOWN)


def test_a_proposal_shows_what_it_rests_on_and_what_else_it_may_be() -> None:
    proposal = propose_language("gt")
    assert proposal is not None
    assert proposal.tag == "es"
    assert "Guatemala" in proposal.evidence
    assert "Mam" in proposal.evidence
    assert "ask" in proposal.evidence


def test_an_unknown_nationality_proposes_nothing() -> None:
    assert propose_language("XX") is None
    assert propose_language("") is None


@given(st.text(max_size=3))
def test_every_proposal_is_a_language_we_have_and_never_counts_as_stated(nationality: str) -> None:
    proposal = propose_language(nationality)
    choice = language_for(None, None, proposal)
    assert choice.source in (LanguageSource.PROPOSED, LanguageSource.UNKNOWN)
    assert proposal is None or (choice.tag == proposal.tag and proposal.tag in LANGUAGES)
