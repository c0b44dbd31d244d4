"""The JSON that the letter templates are set from: every value isolated, nothing left to format."""

from __future__ import annotations

from typing import Any, Literal

from notify.content.facts import NeutralFacts, NoticeFacts, NoticeText
from notify.content.figures import dialled_phone, long_date
from notify.content.fonts import families
from notify.content.isolation import isolate
from notify.content.notices import write_notice
from notify.content.packet import cover_words, neutral_letter_words, receipt_slip, reply_card
from notify.content.phrasebook import SOURCE_LANGUAGE, Phrasebook, phrasebook
from notify.content.qr import qr_svg
from notify.content.review import Reviews, Standing, shipped_reviews
from notify.domain.kinds import CURRENT_VERSION, SERVED, NoticeKind
from notify.domain.languages import LANGUAGES, find_language

Data = dict[str, Any]


def letter_languages(tag: str) -> tuple[str, ...]:
    """The recipient's language and English beside it; English alone for someone who reads English."""
    known = find_language(tag)
    own = known.tag if known else tag
    return (own,) if own == SOURCE_LANGUAGE else (own, SOURCE_LANGUAGE)


def packet_data(
    facts: NoticeFacts,
    to_name: str,
    address: tuple[str, ...],
    delivery: Literal["by_hand", "by_post"],
    reviews: Reviews | None,
) -> Data:
    """What `packet.typ` sets: covers, the notice in one or two languages, where service must be proven a
    receipt page, and for a person the reply card."""
    phrases = [phrasebook(tag) for tag in letter_languages(facts.language)]
    by_hand = delivery == "by_hand"
    served = facts.kind in SERVED and facts.to_person
    texts = [write_notice(facts, book.language) for book in phrases]
    state = (reviews or shipped_reviews()).state(phrases[0].language, facts.kind, CURRENT_VERSION[facts.kind])
    draft = state.standing is Standing.DRAFTED
    return {
        **_common(facts.reference, texts[0].title, phrases[0]),
        "sender": _sender(facts),
        "to": [isolate(to_name), *(isolate(line) for line in address if line)],
        "dated": [
            long_date(facts.issued_on, phrases[0].language),
            facts.reference,
            *([facts.a_number] if facts.a_number else []),
        ],
        "phone": isolate(dialled_phone(facts.contact_phone)),
        "code": isolate(facts.verification_code),
        "qr": qr_svg(verification_link(facts.verify_address, facts.verification_code)),
        "qr_alt": f"{facts.verify_address} {facts.verification_code}",
        "at_once": [_at_once(book, i == 0) for i, book in enumerate(phrases)],
        "texts": [
            _text_data(text, book, draft, len(texts) == 1) for text, book in zip(texts, phrases, strict=True)
        ],
        "covers": [_cover_data(book, to_name, address) for book in phrases] if by_hand else [],
        "slips": [_slip_data(book, facts.kind) for book in phrases] if by_hand and served else [],
        "cards": [_card_data(book) for book in phrases] if facts.to_person else [],
    }


def neutral_data(facts: NeutralFacts, to_name: str, address: tuple[str, ...]) -> Data:
    """What `neutral.typ` sets."""
    phrases = [phrasebook(tag) for tag in letter_languages(facts.language)]
    return {
        **_common(facts.reference, phrases[0].say("A message for you"), phrases[0]),
        "sender": {"name": "", "address": []},
        "address": [isolate(to_name), *(isolate(line) for line in address if line)],
        "bodies": [
            {"lang": _typst_language(book.language), "lines": list(neutral_letter_words(facts, book))}
            for book in phrases
        ],
    }


def verification_link(address: str, code: str) -> str:
    """What the QR code opens: the neutral page, on which the code is typed. It shows it in the address.

    What stands after `#` stays in the browser: no server's or proxy's log gets the code.
    """
    return f"https://{address}/#{code}"


def _common(reference: str, title: str, phrases: Phrasebook) -> Data:
    return {
        "title": title,
        "lang": _typst_language(phrases.language),
        "fonts": list(families(phrases.language)),
        "reference": reference,
        "reference_number": isolate(reference),
    }


def _sender(facts: NoticeFacts) -> Data:
    return {
        "name": isolate(facts.organisation_name),
        "address": [isolate(line) for line in facts.organisation_address],
    }


def _at_once(p: Phrasebook, first: bool) -> Data:
    text = p.say("Call us free of charge. This is the number, and your code:")
    return {"lang": _typst_language(p.language), "first": first, "text": text}


def _text_data(text: NoticeText, p: Phrasebook, draft: bool, alone: bool) -> Data:
    warning = p.say(
        "This translation is a draft that nobody has checked yet. If anything is not clear, ask us."
    )
    return {
        "lang": _typst_language(text.language),
        "rtl": LANGUAGES[text.language].direction == "rtl",
        "label": "" if alone else LANGUAGES[text.language].own_name,
        "draft": warning if draft else "",
        "title": text.title,
        "opening": list(text.opening),
        "sections": [
            {
                "heading": section.heading,
                "blocks": [{"kind": block.kind, "text": block.text} for block in section.blocks],
            }
            for section in text.sections
        ],
    }


def _cover_data(p: Phrasebook, to_name: str, address: tuple[str, ...]) -> Data:
    cover = cover_words(to_name, address, True, p)
    return {
        "lang": _typst_language(p.language),
        "heading": cover.heading,
        "address": [isolate(line) for line in cover.address],
        "orders": list(cover.orders),
    }


def _slip_data(p: Phrasebook, kind: NoticeKind) -> Data:
    slip = receipt_slip(p, kind)
    return {
        "lang": _typst_language(p.language),
        "heading": slip.heading,
        "lead": slip.lead,
        "questions": list(slip.questions),
        "mark": slip.mark,
    }


def _card_data(p: Phrasebook) -> Data:
    card = reply_card(p)
    return {
        "lang": _typst_language(p.language),
        "heading": card.heading,
        "lead": card.lead,
        "boxes": list(card.boxes),
        "lines": list(card.lines),
        "send": card.send,
    }


def _typst_language(tag: str) -> str:
    """The engine takes the bare language code (ISO 639), script and region apart."""
    return tag.partition("-")[0]
