"""By every way that others can read or hear, in every language: a number and a code, and nothing away."""

from dataclasses import replace
from datetime import date

import pytest

from notify.content.calls import render_call
from notify.content.facts import NeutralFacts
from notify.content.messages import DraftNotAllowed, render_email, render_sms, sms_segments
from notify.content.packet import cover_words, neutral_letter_words
from notify.content.phrasebook import TRANSLATIONS, phrasebook
from notify.content.review import Reviews, ReviewState, Standing
from notify.content.specimens import SPECIMEN
from notify.content.unsafe_words import Channel, PersonWords, unsafe
from notify.domain.kinds import CURRENT_VERSION, NoticeKind, Reader

LANGUAGES = [
    "en",
    *sorted(path.parts[-3].replace("_", "-") for path in TRANSLATIONS.glob("*/LC_MESSAGES/notices.po")),
]
PERSON = PersonWords(
    names=(SPECIMEN.person_name,),
    a_numbers=("900000417",),
    countries=("CU",),
    facilities=("Adams County Detention Center", "ADAMSMS"),
)


def reviewed(kind: NoticeKind, language: str) -> Reviews:
    version = CURRENT_VERSION[kind]
    state = ReviewState(language, kind, version, Standing.REVIEWED, "A. Reviewer", date(2022, 12, 1))
    return Reviews({(language, kind, version): state})


def hits(text: str, channel: Channel, language: str) -> list[tuple[str, str]]:
    found = unsafe(text, channel=channel, language=language, person=PERSON)
    return [(item.code.value, item.word) for item in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("reader", [None, Reader.COUNSEL])
def test_nothing_gives_the_person_away(
    kind: NoticeKind, language: str, reader: Reader | None, neutral_facts: NeutralFacts
) -> None:
    facts, reviews = replace(neutral_facts, language=language), reviewed(kind, language)
    sms = render_sms(kind, facts, language, reader=reader, reviews=reviews)
    email = render_email(kind, facts, language, reader=reader, reviews=reviews)
    call = render_call(kind, facts, language, reader=reader, reviews=reviews)
    for channel, text in (
        (Channel.SMS, sms),
        *((Channel.EMAIL, part) for part in (email.subject, email.text, email.html)),
        *((Channel.VOICE, part) for part in (call.spoken, call.machine)),
    ):
        assert hits(text, channel, language) == []
    assert sms_segments(sms) <= 2
    for told in (sms, email.text, email.html, call.spoken):
        assert "1-800-555-0199" in told
    assert "K7QM-3F9X" in sms
    assert "STOP" in sms


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_neutral_letter_nor_cover_tells_what_it_is_about(
    language: str, neutral_facts: NeutralFacts
) -> None:
    p = phrasebook(language)
    neutral = "\n".join(neutral_letter_words(replace(neutral_facts, language=language), p))
    assert hits(neutral, Channel.NEUTRAL_LETTER, language) == []
    cover = cover_words(SPECIMEN.person_name, ("Adams County Detention Center", "Unit B"), True, p)
    assert hits(cover.plain_text(), Channel.COVER, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_spells_the_code_and_tells_a_machine_the_number_alone(
    language: str, neutral_facts: NeutralFacts
) -> None:
    kind = NoticeKind.EXPOSURE_NOTICE
    call = render_call(kind, neutral_facts, language, reviews=reviewed(kind, language))
    assert "K, 7, Q, M, 3, F, 9, X" in call.spoken
    assert "1-800-555-0199" in call.machine
    assert not any(mark in call.machine for mark in ("K7QM", "K, 7"))
    assert "\u2068" not in call.spoken


def test_time_that_runs_is_all_that_a_message_tells_of_its_kind(neutral_facts: NeutralFacts) -> None:
    said = {kind: render_sms(kind, neutral_facts, "en") for kind in NoticeKind}
    assert len(set(said.values())) == 4
    assert said[NoticeKind.UPDATE] == said[NoticeKind.EXPOSURE_NOTICE]
    assert "soon" in said[NoticeKind.RELEASE_PROPOSED]
    assert "URGENT" in said[NoticeKind.REMOVAL_ATTEMPT_ALERT]


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_draft_is_not_read_to_anybody_by_telephone(kind: NoticeKind, neutral_facts: NeutralFacts) -> None:
    with pytest.raises(DraftNotAllowed):
        render_call(kind, neutral_facts, "es")
    render_call(kind, neutral_facts, "en")
