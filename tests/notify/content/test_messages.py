"""A text message or e-mail gives a number and a code, and nothing away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.content.facts import NeutralFacts
from notify.content.figures import dialled_phone
from notify.content.messages import DraftNotAllowed, MessageTooLong, render_email, render_sms, sms_segments
from notify.content.phrasebook import Untranslated
from notify.content.review import Reviews, ReviewState, Standing
from notify.domain.kinds import NoticeKind

KINDS = list(NoticeKind)


def reviewed(kind: NoticeKind, language: str) -> Reviews:
    state = ReviewState(language, kind, 1, Standing.REVIEWED, "A. Reviewer", date(2022, 12, 1))
    return Reviews({(language, kind, 1): state})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_message_has_number_code_and_way_out_in_two_segments(
    kind: NoticeKind, language: str, neutral_facts: NeutralFacts
) -> None:
    text = render_sms(kind, neutral_facts, language, reviews=reviewed(kind, language))
    assert "1-800-555-0199" in text
    assert "K7QM-3F9X" in text
    assert "STOP" in text
    assert sms_segments(text) <= 2
    assert "\u2068" not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("render", [render_sms, render_email])
def test_a_draft_goes_on_paper_only(
    kind: NoticeKind, render: Callable[[NoticeKind, NeutralFacts, str], object], neutral_facts: NeutralFacts
) -> None:
    with pytest.raises(DraftNotAllowed, match="paper only"):
        render(kind, neutral_facts, "es")
    render(kind, neutral_facts, "en")


def test_english_never_stands_in_for_a_missing_language(neutral_facts: NeutralFacts) -> None:
    kind = NoticeKind.EXPOSURE_NOTICE
    with pytest.raises(Untranslated):
        render_sms(kind, neutral_facts, "mam", reviews=reviewed(kind, "mam"))


def test_a_message_that_needs_a_third_segment_is_refused(neutral_facts: NeutralFacts) -> None:
    facts = replace(neutral_facts, verification_code="X" * 300)
    with pytest.raises(MessageTooLong):
        render_sms(NoticeKind.EXPOSURE_NOTICE, facts, "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_email_is_neutral_and_loads_nothing(language: str, neutral_facts: NeutralFacts) -> None:
    kind = NoticeKind.EXPOSURE_NOTICE
    email = render_email(kind, neutral_facts, language, reviews=reviewed(kind, language))
    assert email.subject in ("A message for you", "Un mensaje para usted")
    assert f'lang="{language}" dir="ltr"' in email.html
    for part in (email.text, email.html):
        assert "\u20681-800-555-0199\u2069" in part
        assert "\u2068K7QM-3F9X\u2069" in part
    assert not any(mark in email.html for mark in ("<img", "http", "src=", "href", "<script", "url("))


def test_values_in_the_html_are_text(neutral_facts: NeutralFacts) -> None:
    facts = replace(neutral_facts, verification_code="<b>&")
    assert "&lt;b&gt;&amp;" in render_email(NoticeKind.EXPOSURE_NOTICE, facts, "en").html


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        *(("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3)),
        *(("€" * 80, 1), ("€" * 81, 2), ("é" * 160, 1)),
        *(("ó" * 70, 1), ("ó" * 71, 2), ("ó" * 134, 2), ("ó" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2)),
    ],
)
def test_segments_are_counted_as_networks_count_them(text: str, segments: int) -> None:
    assert sms_segments(text) == segments


@given(st.text(min_size=1, max_size=400))
def test_more_text_never_takes_fewer_segments(text: str) -> None:
    assert sms_segments(text + "a") >= sms_segments(text) >= 1


def test_a_phone_number_is_shown_as_it_is_dialled() -> None:
    assert dialled_phone("+18005550199") == "1-800-555-0199"
    assert dialled_phone("+525512345678").startswith("+52 ")


@pytest.mark.parametrize("phone", ["", "800", "+1", "help"])
def test_what_cannot_be_dialled_is_refused(phone: str) -> None:
    with pytest.raises(ValueError, match="contact phone"):
        dialled_phone(phone)
