"""What is on the paper: read back from the PDF as a reader, a screen reader or a copier would."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from notify.content.facts import NeutralFacts, NoticeFacts
from notify.content.letters import (
    LetterFacts,
    MissingGlyph,
    NeutralLetter,
    neutral_letter,
    page_images,
    typeset_letter,
    typeset_many,
)
from notify.content.review import Reviews, ReviewState, Standing
from notify.domain.kinds import NoticeKind

Make = Callable[..., NoticeFacts]
NAME = "María José GARCÍA LÓPEZ"
PLACE = ("Adams County Detention Center", "Unit B, Pod 4")


def pages(pdf: bytes) -> list[str]:
    """The text of each page, its spaces and line breaks as single spaces, the isolates out."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return [" ".join(re.sub("[\u2068\u2069]", "", text).split()) for text in texts]


@pytest.fixture
def by_hand(notice_facts: Make) -> LetterFacts:
    return LetterFacts(notice_facts(), NAME, PLACE)


def test_the_cover_shows_only_to_whom_where_and_how(by_hand: LetterFacts) -> None:
    cover = pages(typeset_letter(by_hand))[0]
    for shown in (NAME, *PLACE, "Deliver by hand, unopened, in private.", "Entregar en mano, sin abrir"):
        assert shown in cover
    assert "K7QM-3F9X" not in cover
    assert "1-800" not in cover
    assert "417" not in cover.replace("N-7Q4M-0417", "")
    assert not re.search(r"(?i)removal|deport|asylum|private information|Notification Office", cover)


def test_the_notice_stands_in_spanish_and_in_english_with_code_and_number(by_hand: LetterFacts) -> None:
    read = pages(typeset_letter(by_hand))
    notice = " ".join(read[1:-2])
    assert "Su deportación está bloqueada" in notice
    assert "Your deportation is on hold" in notice
    assert "1-800-555-0199" in read[1]
    assert "K7QM-3F9X" in read[1]
    assert all(
        "N-7Q4M-0417" in page and re.search(rf"\b{i} / {len(read)}\b", page) for i, page in enumerate(read, 1)
    )


def test_a_draft_says_so_to_reader_and_approver_and_a_review_takes_that_away(by_hand: LetterFacts) -> None:
    draft = " ".join(pages(typeset_letter(by_hand)))
    assert "This translation is a draft" in draft
    assert "Esta traducción es un borrador" in draft
    signed = ReviewState(
        "es", NoticeKind.EXPOSURE_NOTICE, 1, Standing.REVIEWED, "A. Reviewer", date(2022, 12, 1)
    )
    reviews = Reviews({("es", NoticeKind.EXPOSURE_NOTICE, 1): signed})
    assert "draft" not in " ".join(pages(typeset_letter(by_hand, reviews=reviews)))


def test_the_receipt_page_asks_all_that_proves_service(by_hand: LetterFacts) -> None:
    slip = pages(typeset_letter(by_hand))[-2]
    for asked in (
        *("Identity was checked", "In private", "Date", "Time and zone", "Place (room)", "Handed over by"),
        *("In the person’s own language", "qualified interpreter", "Interpreter ID", "Language and variety"),
        *("¿qué pasó con su información?", "what happened to your information?", "what can you do now?"),
        *("Su firma o marca · Your signature or mark", "Witness (name, signature)", "Office of the witness"),
        *("Refused", "wrong language (this is not service)", NAME, "N-7Q4M-0417"),
    ):
        assert asked in slip


def test_the_reply_card_names_nobody_and_lets_one_object(by_hand: LetterFacts) -> None:
    card = pages(typeset_letter(by_hand))[-1]
    for offered in (
        "No entendí esta carta",
        "I did not understand",
        "I object",
        "Safe times to call",
        "My language",
    ):
        assert offered in card
    assert "GARCÍA" not in card
    assert "N-7Q4M-0417" in card


def test_a_letter_in_english_has_one_language(notice_facts: Make) -> None:
    text = " ".join(pages(typeset_letter(LetterFacts(notice_facts(language="en"), NAME, PLACE))))
    assert "Your deportation is on hold" in text
    assert "borrador" not in text
    assert "draft" not in text


def test_counsel_gets_the_notice_by_post_without_cover_slip_or_card(notice_facts: Make) -> None:
    facts = notice_facts(kind=NoticeKind.COUNSEL_NOTICE, language="en")
    read = pages(typeset_letter(LetterFacts(facts, "Ruth Example", ("1 Court Square",), "by_post")))
    assert "Ruth Example 1 Court Square" in read[0]
    assert "You are counsel of record for María José GARCÍA LÓPEZ" in read[0]
    assert not any("Sealed" in page or "Receipt" in page or "Reply card" in page for page in read)


def test_the_neutral_letter_is_one_page_with_a_number_and_a_code(neutral_facts: NeutralFacts) -> None:
    letter = NeutralLetter(neutral_facts, "María García", ("55 Elm Street", "Houston, TX 77002"))
    (page,) = pages(neutral_letter(letter))
    for shown in ("María García", "55 Elm Street", "K7QM-3F9X", "1-800-555-0199", "Un mensaje para usted"):
        assert shown in page
    assert "Holdfast" not in page


def test_the_pdf_is_tagged_titled_and_says_its_language(by_hand: LetterFacts) -> None:
    reader = PdfReader(io.BytesIO(typeset_letter(by_hand)))
    root: Any = reader.root_object
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "Su deportación está bloqueada" in (reader.metadata.title or "")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.parametrize("name", ["ᎣᏏᏲ GARCÍA", "ꓡꓲꓢꓴ", "GARCÍA 👍"])
def test_a_character_without_a_glyph_stops_the_letter_and_is_named(name: str, notice_facts: Make) -> None:
    with pytest.raises(MissingGlyph) as raised:
        typeset_letter(LetterFacts(notice_facts(person_name=name), name, PLACE))
    assert set(raised.value.characters) == set(re.sub(r"[ A-ZÍ]", "", name))
    assert f"U+{ord(raised.value.characters[0]):04X}" in str(raised.value)


@pytest.mark.parametrize(
    "name",
    [
        *("Nguyễn Thị Ánh", "Şükrü ÖZTÜRK", "Łukasz Żółć", "K'ICHE’ Ixtab", "O‘ktam"),
        *("王小明 GARCÍA", "አበበ", "ਗੁਰਪ੍ਰੀਤ", "نور محمد", "Արմեն", "ნინო", "राम", "রহিম"),
    ],
)
def test_the_names_of_the_list_can_be_written(name: str, notice_facts: Make) -> None:
    assert "Holdfast" in pages(typeset_letter(LetterFacts(notice_facts(person_name=name), name, PLACE)))[1]


@pytest.mark.parametrize("value", ['"))#panic("', "\\", "#eval", "$x$ *b* _i_ @a <b>", "a\nb", "\u202eabc"])
def test_no_value_is_ever_read_as_code(value: str, notice_facts: Make) -> None:
    text = pages(typeset_letter(LetterFacts(notice_facts(person_name=value), value, PLACE)))[0]
    assert value.strip("\u202e").split("\n")[0].strip() in text


def test_many_letters_come_in_order_each_its_own(notice_facts: Make) -> None:
    names = [f"Ana Prueba {number:02d}" for number in range(45)]
    letters = [LetterFacts(notice_facts(person_name=name), name, PLACE) for name in names]
    pdfs = list(typeset_many(letters))
    assert len(pdfs) == 45
    for name, pdf in [(names[0], pdfs[0]), (names[39], pdfs[39]), (names[44], pdfs[44])]:
        assert name in pages(pdf)[0]


def test_pages_can_be_looked_at(by_hand: LetterFacts) -> None:
    images = page_images(by_hand, ppi=20)
    assert len(images) == len(pages(typeset_letter(by_hand)))
    assert all(image.startswith(b"\x89PNG") for image in images)
