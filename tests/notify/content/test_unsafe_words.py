"""Nothing that gives a person away gets past the check, however it is written."""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify.content.calls import render_call
from notify.content.facts import NeutralFacts, NoticeFacts
from notify.content.letters import LetterFacts, NeutralLetter, inside_text, outside_text
from notify.content.messages import render_email, render_sms
from notify.content.unsafe_words import Channel, PersonWords, Unsafe, UnsafeWord, unsafe
from notify.content.word_lists import country_names
from notify.domain.kinds import NoticeKind

OPEN_CHANNELS = [channel for channel in Channel if channel is not Channel.LETTER]
NOBODY = PersonWords()
MARIA = PersonWords(
    names=("María José GARCÍA LÓPEZ",),
    a_numbers=("900000417",),
    countries=("CU",),
    facilities=("Adams County Detention Center", "ADAMSMS"),
)
SMS = "An important message for you. Call free: 1-800-555-0199. Your code: K7QM-3F9X. Reply STOP to end."


def codes(text: str, channel: Channel = Channel.SMS, person: PersonWords = MARIA) -> set[Unsafe]:
    return {item.code for item in unsafe(text, channel=channel, language="en", person=person)}


@pytest.mark.parametrize(
    "said",
    [
        *("asylum", "ICE", "I.C.E.", "deported", "deportación", "DEPORTACION", "detenida", "inmigración"),
        *("removal", "Removed", "la migra", "credible fear", "credible\nfear", "A-number", "refugiados"),
        *("Cuban", "cubanas", "Venezuela", "haitiano", "Perú", "Côte d’Ivoire", "china", "rusos"),
        *("as\u200bylum", "аsylum", "ａｓｙｌｕｍ", "de\u00adtention", "asýlum", "detencio\u0301n"),
    ],
)
@pytest.mark.parametrize("channel", OPEN_CHANNELS)
def test_confidential_words_are_found_in_any_dress(said: str, channel: Channel) -> None:
    assert Unsafe.LISTED_WORD in codes(f"A message: {said}.", channel, NOBODY)


@pytest.mark.parametrize(
    "said",
    [
        *("deportação", "a prisão", "expulsé", "les réfugiés", "depòtasyon", "tribinal la", "депортацией"),
        *(
            "под стражей",
            "您被拘留了",
            "關於遣返的信",
            "الترحيل",
            "وقاضي",
            "ਦੇਸ਼ ਨਿਕਾਲਾ",
            "ਹਿਰਾਸਤ",
            "as\u0a3cylum",
        ),
        *("sınır dışı", "SINIR DIŞI", "göçmenlik", "mahkemesine", "gözaltından", "Kübalı"),
        *("اخراج شما", "پناهنده‌ها", "دادگاهی", "ویزا", "ويزا", "شكنجه", "زندانیان", "افغان‌ها"),
        *("Deportatsiya", "sudga", "hibsdan", "fuqarolar", "oʻzbek", "o'zbek", "o‘zbeklar", "qirgʻiz"),
        *("ډیپورټ", "محکمې", "توقیف شوی", "کډوالو", "د پناه غوښتنه", "ویزې", "بندیانو", "افغانان"),
        *("русских", "ayisyen", "أنت كوبي", "来自古巴", "as\u0a41ylum"),
        *("हिरासत में", "शरणार्थियों", "नज़रबंद", "hirasat", "पाकिस्तानियों", "حراست میں", "ملک بدری", "افغانوں"),
        *("আদালতে", "বহিষ্কারের", "রোহিঙ্গাদের", "थुनामा", "न्यायाधीशलाई", "देश निकालामा", "नेपालीको"),
        *("депортацію", "з-під варти", "у в’язниці", "українець", "в Україну", "deportării", "reţinut"),
        *("judecătorul", "moldovean", "დეპორტაციის", "პატიმრობაში", "ქართველი", "თავშესაფარი"),
        *("արտաքսումը", "դատարա՞ն", "կալանքի", "հայաստանցի", "Հայաստան"),
    ],
)
def test_confidential_words_are_found_in_the_languages_of_the_catalogs(said: str) -> None:
    assert Unsafe.LISTED_WORD in codes(f"A message: {said}.", Channel.SMS, NOBODY)


@pytest.mark.parametrize(
    "said", ["notice", "a nice price", "service", "police", "courtesy", "visage", "once"]
)
def test_a_listed_word_inside_another_word_is_not_found(said: str) -> None:
    assert codes(said, person=NOBODY) == set()


@pytest.mark.parametrize(
    "written",
    [
        *("A900000417", "a 900 000 417", "A900-000-417", "900.000.417", "A#900000417", "9000\u200b00417"),
        *("A–900–000–417", "９０００００４１７", "٩٠٠٠٠٠٤١٧", "9-0-0-0-0-0-4-1-7"),
    ],
)
@pytest.mark.parametrize("person", [MARIA, NOBODY])
def test_an_a_number_is_found_however_it_is_written(written: str, person: PersonWords) -> None:
    assert Unsafe.A_NUMBER in codes(f"Re: {written} call 1-800-555-0199", person=person)


def test_a_number_right_after_a_phone_number_is_still_found() -> None:
    assert Unsafe.A_NUMBER in codes("Call 1-800-555-0199 900000999", person=NOBODY)


def test_phone_number_and_code_are_no_a_number() -> None:
    assert codes(SMS) == set()


@pytest.mark.parametrize("part", ["García", "garcia", "LOPEZ", "María José García López", "M\u0430ria"])
def test_any_telling_part_of_the_name_is_found(part: str) -> None:
    assert Unsafe.PERSON_NAME in codes(f"Hello {part}!")


def test_a_particle_of_the_name_alone_is_not_the_name() -> None:
    person = PersonWords(names=("Ana DE LA CRUZ",))
    assert codes("Un mensaje de la oficina", person=person) == set()
    assert codes("Para de la Cruz", person=person) == {Unsafe.PERSON_NAME}


def test_a_name_in_a_script_without_spaces_is_found_inside_the_line() -> None:
    assert Unsafe.PERSON_NAME in codes("给王小明的信", person=PersonWords(names=("王小明",)))


@pytest.mark.parametrize("said", ["Adams County Detention Center", "adams", "AdamsMS"])
def test_the_facility_is_found_by_name_short_name_and_code(said: str) -> None:
    assert Unsafe.FACILITY in codes(f"from {said}")


def test_a_cover_may_show_name_and_facility_and_nothing_more() -> None:
    cover = "María José GARCÍA LÓPEZ\nAdams County Detention Center\nUnit B"
    assert codes(cover, Channel.COVER) == set()
    assert codes(cover + "\nA900-000-417", Channel.COVER) == {Unsafe.A_NUMBER}
    assert Unsafe.LISTED_WORD in codes(cover + "\nDetention", Channel.COVER)
    assert codes(cover, Channel.NEUTRAL_LETTER) >= {Unsafe.PERSON_NAME, Unsafe.FACILITY}


@pytest.mark.parametrize("name", ["India ASYLUM", "Ice Johnson"])
def test_a_name_that_is_a_listed_word_is_a_finding_of_its_own(name: str) -> None:
    person = PersonWords(names=(name,))
    assert codes(f"{name}\nUnit B", Channel.COVER, person) == {Unsafe.NAME_IS_LISTED_WORD}


@pytest.mark.parametrize("name", ["PÉREZ, SALVADOR", "GERMAN Gómez", "Jordan Pérez"])
def test_a_letter_may_be_addressed_to_whoever_bears_a_countrys_name(name: str) -> None:
    person = PersonWords(names=(name,))
    assert codes(f"{name}\nUnit B", Channel.COVER, person) == set()
    assert codes(f"{name}\nUnit B\nEl Salvador", Channel.COVER, person) == {Unsafe.LISTED_WORD}


def test_in_a_letter_a_name_that_is_a_listed_word_is_a_finding_of_its_own() -> None:
    person = PersonWords(names=("Marvin GAY",))
    assert codes("This letter is for Marvin Gay.", Channel.LETTER, person) == {Unsafe.NAME_IS_LISTED_WORD}


@pytest.mark.parametrize("said", ["positive fear", "miedo creíble", "persecution", "HIV", "opinión política"])
def test_a_letter_may_not_state_a_result_or_a_claim(said: str) -> None:
    assert codes(f"You were found to have {said}.", Channel.LETTER) == {Unsafe.LISTED_WORD}
    assert codes("Your deportation is on hold.", Channel.LETTER) == set()


def test_a_language_without_a_list_is_a_finding() -> None:
    assert unsafe("Hola", channel=Channel.SMS, language="mam", person=NOBODY) == (
        UnsafeWord(Unsafe.NO_WORD_LIST, "mam"),
    )


def test_what_was_found_stays_out_of_logs() -> None:
    assert "garcia" not in repr(unsafe("García", channel=Channel.SMS, language="en", person=MARIA))
    assert "900000417" not in repr(MARIA)


# Hypothesis: every person, every disguise, on the texts as they are really rendered.

letters = st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F)
words = st.text(letters, min_size=3, max_size=10).filter(
    lambda word: len(unicodedata.normalize("NFKD", word)) > 2
)
disguises: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [
        str.upper,
        str.lower,
        str,
        "\u200b".join,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("a", "\u0430").replace("o", "\u043e").replace("e", "\u0435"),
        lambda text: text.replace(" ", "\u00a0"),
    ]
)
separators = st.sampled_from(["", " ", "-", ".", "\u2013", "\u00a0", "/"])


@pytest.fixture(scope="module")
def rendered() -> dict[Channel, str]:
    from_facts = NeutralFacts("N-1", "en", date(2022, 12, 1), "+18005550199", "K7QM-3F9X", "v.example.org")
    email = render_email(NoticeKind.EXPOSURE_NOTICE, from_facts, "en")
    return {
        Channel.SMS: render_sms(NoticeKind.EXPOSURE_NOTICE, from_facts, "en"),
        Channel.EMAIL: email.subject + "\n" + email.text,
        Channel.NEUTRAL_LETTER: inside_text(NeutralLetter(from_facts, "", ())),
        Channel.VOICE: render_call(NoticeKind.EXPOSURE_NOTICE, from_facts, "en").spoken,
    }


def test_what_we_render_passes_for_somebody_it_tells_nothing_about(
    rendered: dict[Channel, str], notice_facts: Callable[..., NoticeFacts]
) -> None:
    for channel, text in rendered.items():
        assert codes(text, channel) == set()
    letter = LetterFacts(
        notice_facts(), "María José GARCÍA LÓPEZ", ("Adams County Detention Center", "Unit B")
    )
    assert codes(outside_text(letter), Channel.COVER) == set()
    assert codes(inside_text(letter), Channel.LETTER) == set()


@settings(deadline=None)  # the first call compiles the lists
@given(
    given_name=words,
    family=words,
    digits=st.integers(900_000_000, 999_999_999).map(str),
    country=st.sampled_from(sorted(country_names())),
    facility=words,
    what=st.sampled_from(["name", "family", "number", "country", "facility", "word"]),
    disguise=disguises,
    separator=separators,
    before=st.booleans(),
)
def test_no_fact_about_a_person_gets_past(
    *,
    rendered: dict[Channel, str],
    given_name: str,
    family: str,
    digits: str,
    country: str,
    facility: str,
    what: str,
    disguise: Callable[[str], str],
    separator: str,
    before: bool,
) -> None:
    person = PersonWords((f"{given_name} {family}",), (digits,), (country,), (f"{facility} Center",))
    leak = {
        "name": f"{given_name} {family}",
        "family": family,
        "number": separator.join((digits[:3], digits[3:6], digits[6:])),
        "country": country_names()[country][0],
        "facility": f"{facility} Center",
        "word": "deportation",
    }[what]
    for channel, text in rendered.items():
        leaked = f"{disguise(leak)}. {text}" if before else f"{text} {disguise(leak)}"
        assert codes(leaked, channel, person), (channel, what)


@settings(deadline=None)  # the first call compiles the lists
@given(digits=st.integers(900_000_000, 999_999_999).map(str), separator=separators, unit=words)
def test_no_number_or_listed_word_gets_onto_a_cover(digits: str, separator: str, unit: str) -> None:
    person = PersonWords((unit,), (digits,), (), ("Stewart Detention Center",))
    address = f"{unit}\nStewart Detention Center"
    number = separator.join((digits[:3], digits[3:6], digits[6:]))
    assert Unsafe.A_NUMBER in codes(f"{address}\n{number}", Channel.COVER, person)
    assert Unsafe.LISTED_WORD in codes(f"{address}\nimmigration", Channel.COVER, person)
